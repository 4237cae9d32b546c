import { expect, test } from "vitest";
import { guest, member, NOW, ORG, userId } from "../message/people.ts";
import { setup } from "./setup.ts";

const connection = { organizationId: ORG, userId: userId("ann"), connectionId: "c1" };
const gone = { organizationId: ORG, userId: userId("ann"), connectionIds: ["c1"] };

test("a member's connection is noted as live, and taken off at its end", async () => {
  const { connect, disconnect, addConnection, removeConnections } = setup();
  expect(await connect()).toEqual({ statusCode: 200 });
  expect(addConnection).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ ...connection, isGuest: false, now: NOW }),
  );
  expect(removeConnections).not.toHaveBeenCalled();
  expect(await disconnect()).toEqual({ statusCode: 200 });
  expect(removeConnections).toHaveBeenCalledExactlyOnceWith(gone);
});

test.each([
  ["removed", undefined],
  ["deactivated", member("ann", { state: "deactivated" })],
  ["made a guest", guest("ann")],
])(
  "ORG-10 GINV-11 somebody %s while they connect is refused, and stays off the list",
  async (_what, record) => {
    const { connect, people, addConnection, removeConnections } = setup();
    // The removal takes place between noting the connection and reading the member.
    addConnection.mockImplementation(async () => {
      people.delete(userId("ann"));
      if (record !== undefined) people.set(userId("ann"), record);
      return "added";
    });
    expect(await connect()).toEqual({ statusCode: 403 });
    expect(removeConnections).toHaveBeenCalledExactlyOnceWith(gone);
  },
);

test.each([
  ["GINV-11 somebody who was made a guest", member("ann"), guest("ann"), { isGuest: true }],
  [
    "GINV-10 a guest whose end was moved",
    guest("ann"),
    guest("ann", { endsAt: NOW + 1 }),
    { endsAt: NOW + 1 },
  ],
])(
  "%s while they connect stays on the list as what they are now, with what else they opened",
  async (...given) => {
    const [, before, after, as] = given;
    const { connect, people, addConnection, removeConnections } = setup();
    people.set(userId("ann"), before);
    addConnection.mockImplementation(async () => {
      people.set(userId("ann"), after);
      return "added";
    });
    expect(await connect()).toEqual({ statusCode: 403 });
    expect(addConnection).toHaveBeenLastCalledWith(expect.objectContaining({ ...connection, ...as }));
    expect(removeConnections).toHaveBeenCalledExactlyOnceWith(gone);
  },
);

test("GINV-10 a guest is noted as one, with the end of their access", async () => {
  const { connect, people, addConnection } = setup();
  people.set(userId("ann"), guest("ann", { endsAt: NOW + 1 }));
  expect(await connect()).toEqual({ statusCode: 200 });
  expect(addConnection).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ ...connection, isGuest: true, endsAt: NOW + 1 }),
  );
});

test("GINV-10 a guest whose access is over is refused, and never on the list", async () => {
  const { connect, people, addConnection } = setup();
  people.set(userId("ann"), guest("ann", { endsAt: NOW }));
  expect(await connect()).toEqual({ statusCode: 403 });
  expect(addConnection).not.toHaveBeenCalled();
});

test("more connections than a person may have are refused", async () => {
  const { connect, addConnection, removeConnections } = setup();
  addConnection.mockResolvedValue("too-many");
  expect(await connect()).toEqual({ statusCode: 429 });
  expect(removeConnections).not.toHaveBeenCalled();
});
