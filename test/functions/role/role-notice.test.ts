import { NO_RIGHTS } from "@vestibule/domain/people";
import { describe, expect, test } from "vitest";
import { roleUseCases } from "../../../functions/role/use-cases.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { memberOf, NOW, ORG, organizationOf, stored } from "../table/items.ts";
import { mockedTable } from "../table/mocked-table.ts";

const ada = personWith("ada@example.com");
const bob = personWith("bob@example.com");
const MEMBER = "/v1/organizations/{org}/members/{user}";

function setup({ me = {}, target = {} }: { me?: Partial<Member>; target?: Partial<Member> } = {}) {
  atNow();
  const mocked = mockedTable([
    stored.organization(organizationOf({ legalRepresentatives: 2 })),
    stored.member(
      memberOf(ada.userId, { orgRole: "legal_representative", firstName: "Ada", lastName: "Byron", ...me }),
    ),
    stored.member(memberOf(bob.userId, { email: "bob@example.com", ...target })),
  ]);
  const call = caller(roleUseCases(mocked.table));
  const change = async (user: string, what: string, body: unknown) =>
    await call(`PUT ${MEMBER}/${what}`, { as: ada, params: { org: ORG, user }, body });
  /** The notices of the last transaction that was sent. */
  const notices = () =>
    [...(mocked.transactions().at(-1)?.values() ?? [])].flatMap(({ Put }) =>
      Put?.Item?.["pk"] === keys.notices(ORG) ? [Put.Item] : [],
    );
  return { ...mocked, change, notices };
}

const rights = { ...NO_RIGHTS, mail: true };

describe.each([
  ["org-role", { role: "administrator" }, { kind: "org-role", from: "user", to: "administrator" }],
  ["chat-role", { role: "admin" }, { kind: "chat-role", from: "user", to: "admin" }],
  ["rights", rights, { kind: "rights", from: NO_RIGHTS, to: rights }],
] as const)("a change of %s", (what, body, facts) => {
  test("ORG-11 queues one mail to the person it concerns, in its own transaction", async () => {
    const { change, notices, transactions } = setup();
    expect((await change(bob.userId, what, body)).status).toBe(200);
    expect(transactions()).toHaveLength(1);
    expect(notices()).toEqual([
      expect.objectContaining({
        organizationId: ORG,
        userId: bob.userId,
        actor: { userId: ada.userId, name: "Ada Byron" },
        facts,
        mail: { state: "queued" },
        expiresAt: NOW / 1_000 + 7 * 86_400,
      }),
    ]);
  });

  test("ORG-11 keeps no address in what it queues", async () => {
    const { change, notices } = setup();
    await change(bob.userId, what, body);
    expect(JSON.stringify(notices())).not.toContain("@");
  });

  test("ORG-11, INV-13 mails nothing to an address that nobody has verified, as a founder's may be", async () => {
    const { change, notices } = setup({ target: { addressKeys: [] } });
    expect((await change(bob.userId, what, body)).status).toBe(200);
    expect(notices()).toEqual([]);
  });

  test("ORG-11 that is refused, or changes nothing, queues none", async () => {
    const refused = setup({ me: { orgRole: "user" } });
    expect((await refused.change(bob.userId, what, body)).status).toBe(403);
    expect(refused.transactions()).toEqual([]);
    const same = setup({ target: { chatRole: "admin", rights } });
    const again = what === "org-role" ? { role: "user" } : body;
    expect((await same.change(bob.userId, what, again)).status).toBe(200);
    expect(same.notices()).toEqual([]);
  });

  test("ORG-11 that was decided anew queues one, of what was written", async () => {
    const { change, notices, refuse, transactions } = setup();
    refuse(keys.member(ORG, bob.userId), 1);
    expect((await change(bob.userId, what, body)).status).toBe(200);
    expect(transactions()).toHaveLength(2);
    expect(notices()).toHaveLength(1);
  });
});

test("ORG-11, RGT-3 what somebody changes of themselves they are mailed too", async () => {
  const { change, notices } = setup();
  expect((await change(ada.userId, "chat-role", { role: "admin" })).status).toBe(200);
  expect(notices()).toMatchObject([{ userId: ada.userId, actor: { userId: ada.userId } }]);
});
