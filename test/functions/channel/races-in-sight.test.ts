import { expect, test } from "vitest";
import { deleteMessage } from "../../../functions/message/delete-message.ts";
import { pinMessage } from "../../../functions/message/pin-message.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { TestPerson } from "../shell/caller.ts";
import { engineWorld, type World } from "./world.ts";

const world = engineWorld();

/** Ada's public channel with Bob and a group; Zoe is a chat admin who is not in it. */
async function setup() {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const zoe = await w.member("zoe", { chatRole: "admin" });
  const id = await w.channel(ada, { name: "Plan" });
  await w.puts(bob, id);
  const attached = (await w.ask(zoe, "POST /groups", undefined, { body: { name: "In" } })).body.id;
  const other = (await w.ask(zoe, "POST /groups", undefined, { body: { name: "Out" } })).body.id;
  const people = "POST /channels/{chn}/members";
  await w.ask(ada, people, id, { body: { groupIds: [attached] } });
  const row = async ({ userId }: TestPerson) => await w.item(keys.personChannel(w.org, userId, id));
  const madePrivate = async () =>
    await w.ask(ada, "PATCH /channels/{chn}", id, { body: { type: "private" } });
  return { w, ada, bob, zoe, id, attached, other, people, row, madePrivate };
}

type Set = Awaited<ReturnType<typeof setup>>;

const ACTS: [string, (set: Set) => Promise<{ status: number }>][] = [
  [
    "adds themselves",
    ({ w, zoe, id, people }) => w.ask(zoe, people, id, { body: { userIds: [zoe.userId] } }),
  ],
  [
    "attaches a group",
    ({ w, zoe, id, people, other }) => w.ask(zoe, people, id, { body: { groupIds: [other] } }),
  ],
  [
    "detaches a group",
    ({ w, zoe, id, attached }) =>
      w.ask(zoe, "DELETE /channels/{chn}/groups/{grp}", id, {
        params: { org: w.org, chn: id, grp: attached },
      }),
  ],
  [
    "removes somebody",
    ({ w, zoe, bob, id }) =>
      w.ask(zoe, "DELETE /channels/{chn}/members/{user}", id, {
        params: { org: w.org, chn: id, user: bob.userId },
      }),
  ],
  [
    "names a channel admin",
    ({ w, zoe, bob, id }) =>
      w.ask(zoe, "PUT /channels/{chn}/members/{user}/role", id, {
        params: { org: w.org, chn: id, user: bob.userId },
        body: { role: "admin" },
      }),
  ],
];

test.each(ACTS)(
  "CH-5, CH-6 no chat admin %s in a channel that is made private at the same time",
  async (_, act) => {
    const set = await setup();
    const { w, bob, zoe, attached, row } = set;
    const before = [await row(bob), (await w.item(keys.group(w.org, attached)))?.["channelIds"]];
    w.meanwhile(set.madePrivate);
    expect(await act(set)).toMatchObject({ status: 404, body: { code: "not-found", rule: "CH-5" } });
    expect(await row(zoe)).toBeUndefined();
    expect([await row(bob), (await w.item(keys.group(w.org, attached)))?.["channelIds"]]).toEqual(before);
  },
);

const MESSAGE = {
  messageId: "msg_1",
  authorKind: "member",
  authorName: "Ada",
  text: "a secret",
  nonce: "n",
  createdAt: "2026-01-01T00:00:00.000Z",
};

async function withMessage({ w, ada, id }: Set) {
  const item = { ...keys.message(w.org, id, 1), ...MESSAGE, authorId: ada.userId };
  await w.write({ label: "message", put: item });
  const request = ({ userId }: TestPerson) => ({
    params: { org: w.org, chn: id, seq: "1" },
    person: {
      userId,
      email: "",
      isEmailVerified: true,
      firstName: undefined,
      lastName: undefined,
      signedInAt: undefined,
      hasSecondFactor: false,
    },
    body: undefined,
    query: undefined,
    ifMatch: undefined,
    requestId: "request-1",
    sourceIp: "192.0.2.1",
    plannedSuffix: undefined,
    now: Date.now(),
  });
  return { request, message: () => w.item(keys.message(w.org, id, 1)) };
}

test("MSG-6, CH-5 no chat admin deletes a message in a channel that is made private at the same time", async () => {
  const set = await setup();
  const { request, message } = await withMessage(set);
  set.w.meanwhile(set.madePrivate);
  await expect(deleteMessage(set.w.table, request(set.zoe))).rejects.toMatchObject({
    status: 404,
    rule: "CH-5",
  });
  expect(await message()).toMatchObject({ text: "a secret" });
});

/** Takes Gil out of the channel at this moment. */
const removed = async ({ ask, org }: World, by: TestPerson, who: TestPerson, chn: string) =>
  await ask(by, "DELETE /channels/{chn}/members/{user}", chn, { params: { org, chn, user: who.userId } });

test("MSG-7, GST-9 a guest who is removed while they pin pins nothing", async () => {
  const set = await setup();
  const { w, ada, id } = set;
  const gil = await w.guest("gil", [id, w.general]);
  const { request, message } = await withMessage(set);
  w.meanwhile(async () => await removed(w, ada, gil, id));
  await expect(pinMessage(w.table, request(gil))).rejects.toMatchObject({ status: 404, rule: "GST-9" });
  expect(await message()).not.toHaveProperty("pinnedBy");
});
