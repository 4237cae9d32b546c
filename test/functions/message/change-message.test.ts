import { BatchGetCommand, GetCommand, QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { deleteMessage } from "../../../functions/message/delete-message.ts";
import { listPins, pinMessage, unpinMessage } from "../../../functions/message/pin-message.ts";
import type { Channel } from "../../../functions/table/channels.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Message } from "../../../functions/table/messages.ts";
import type { PersonRecord } from "../../../functions/table/person-records.ts";
import { setup as tableSetup } from "../table-realtime/setup.ts";
import { channel, guest, member, NOW, ORG, row, SIDE, userId } from "./people.ts";

const ANN = userId("ann");
const GIL = userId("gil");
const PINNED_AT = "2026-11-20T00:00:00.000Z";

const said = (differing: Partial<Message> = {}) => ({
  messageId: "msg_4",
  authorKind: "member",
  authorId: ANN,
  authorName: "Ann Lee",
  text: "a secret",
  nonce: "n",
  createdAt: "2026-11-01T00:00:00.000Z",
  ...differing,
});

type World = { people?: PersonRecord[]; rows?: Record<string, object>; here?: Channel; message?: object };

function setup({
  people = [member("ann"), guest("gil")],
  rows = { [ANN]: row(), [GIL]: row({ kind: "guest" }) },
  here = channel("private"),
  message = said(),
}: World = {}) {
  const { client, table } = tableSetup();
  client.on(GetCommand).resolves({});
  client.on(QueryCommand).resolves({ Items: [] });
  const store = (key: { pk: string; sk: string }, item: object) =>
    client.on(GetCommand, { Key: key }).resolves({ Item: { ...key, ...item } });
  for (const person of people) store(keys.member(ORG, person.userId), person);
  for (const [user, item] of Object.entries(rows)) store(keys.personChannel(ORG, user, SIDE), item);
  store(keys.channel(ORG, SIDE), here);
  store(keys.message(ORG, SIDE, 4), message);
  client.on(TransactWriteCommand).resolves({});
  const request = (user: string, seq = 4) => ({
    params: { org: ORG, chn: SIDE, seq: String(seq) },
    person: {
      userId: user,
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
    now: NOW,
  });
  const written = () =>
    client.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.TransactItems ?? []);
  return {
    client,
    table,
    request,
    written,
    pin: (user: string, seq?: number) => pinMessage(table, request(user, seq)),
    unpin: (user: string) => unpinMessage(table, request(user)),
    remove: (user: string, seq?: number) => deleteMessage(table, request(user, seq)),
  };
}

/** That the actor's record, and their place in the channel, are still what was decided on. */
const STILL_MAY = (user: string) => [
  { ConditionCheck: { Key: keys.member(ORG, user), ConditionExpression: "version = :version" } },
  { ConditionCheck: { Key: keys.personChannel(ORG, user, SIDE), ConditionExpression: "#role = :role" } },
];

test("MSG-7 GST-1 a guest pins a message: on itself and in the channel's list, while the channel is open", async () => {
  const { pin, written } = setup();
  expect(await pin(GIL)).toMatchObject({ status: 200, body: { seq: 4, pinned: true, text: "a secret" } });
  expect(written()).toMatchObject([
    [
      {
        Update: {
          Key: keys.message(ORG, SIDE, 4),
          ExpressionAttributeValues: { ":by": GIL },
          ConditionExpression: expect.stringContaining("attribute_not_exists(isDeleted)"),
        },
      },
      { Put: { Item: keys.pin(ORG, SIDE, new Date(NOW).toISOString(), 4) } },
      {
        ConditionCheck: {
          Key: keys.channel(ORG, SIDE),
          ConditionExpression: expect.stringContaining("archived"),
        },
      },
      ...STILL_MAY(GIL),
    ],
  ]);
});

test("MSG-7 what is pinned already stays as it is, and what is not pinned needs no unpinning", async () => {
  const pinned = setup({ message: said({ pinnedAt: PINNED_AT, pinnedBy: ANN }) });
  expect(await pinned.pin(GIL)).toMatchObject({ status: 200, body: { pinned: true } });
  expect(pinned.written()).toEqual([]);
  const plain = setup();
  expect(await plain.unpin(GIL)).toEqual({ status: 204 });
  expect(plain.written()).toEqual([]);
});

test("MSG-7 unpinning takes the pin as it was read off message and list", async () => {
  const { unpin, written } = setup({ message: said({ pinnedAt: PINNED_AT, pinnedBy: GIL }) });
  expect(await unpin(ANN)).toEqual({ status: 204 });
  expect(written()[0]).toMatchObject([
    { Update: { UpdateExpression: expect.stringMatching(/^SET changedAt.* REMOVE pinnedBy, pinnedAt$/u) } },
    { Delete: { Key: keys.pin(ORG, SIDE, PINNED_AT, 4) } },
    { ConditionCheck: { Key: keys.channel(ORG, SIDE) } },
    ...STILL_MAY(ANN),
  ]);
});

test("MSG-6 deleting leaves a marker without text or pin; deleting again changes nothing", async () => {
  const { remove, written } = setup({ message: said({ pinnedAt: PINNED_AT, pinnedBy: GIL }) });
  expect(await remove(ANN)).toEqual({ status: 204 });
  expect(written()[0]).toMatchObject([
    { Update: { ExpressionAttributeValues: { ":empty": "", ":yes": true, ":pinnedAt": PINNED_AT } } },
    { Delete: { Key: keys.pin(ORG, SIDE, PINNED_AT, 4) } },
    { ConditionCheck: { Key: keys.channel(ORG, SIDE) } },
    ...STILL_MAY(ANN),
  ]);
  const again = setup({ message: said({ text: "", isDeleted: true }) });
  expect(await again.remove(ANN)).toEqual({ status: 204 });
  expect(again.written()).toEqual([]);
});

const others = said({ authorId: userId("bob") });
const chatAdmin = member("ann", { chatRole: "admin" });

test.each<[string, World]>([
  ["a channel admin", { rows: { [ANN]: row({ role: "admin" }) } }],
  ["a chat admin who is in the private channel", { people: [chatAdmin] }],
  ["a chat admin who sees the public channel", { people: [chatAdmin], rows: {}, here: channel("public") }],
])("MSG-6 CH-6 %s deletes somebody else's message", async (_what, world) => {
  const { remove, written } = setup({ ...world, message: others });
  expect(await remove(ANN)).toEqual({ status: 204 });
  expect(written()).toHaveLength(1);
});

test.each<[string, World, string, { status: number; rule: string }]>([
  [
    "a guest's own",
    { message: said({ authorId: GIL, authorKind: "guest" }) },
    GIL,
    { status: 403, rule: "GST-15" },
  ],
  ["somebody else's, by a guest", {}, GIL, { status: 403, rule: "GST-15" }],
  ["somebody else's, by a member", { message: others }, ANN, { status: 403, rule: "MSG-6" }],
  [
    "what the system records of a member, by them",
    { message: said({ authorKind: "system" }) },
    ANN,
    { status: 403, rule: "MSG-6" },
  ],
  [
    "somebody else's in a conversation",
    { message: others, here: channel("direct") },
    ANN,
    { status: 409, rule: "CH-3" },
  ],
  ["one in a channel that they may not know of", { rows: {} }, ANN, { status: 404, rule: "CH-5" }],
  [
    "one in a public channel, by a guest who is not in it",
    { rows: {}, here: channel("public") },
    GIL,
    { status: 404, rule: "GST-9" },
  ],
  [
    "one in an archived channel",
    { here: channel("private", { archivedAt: "2026-11-01T00:00:00.000Z" }) },
    ANN,
    { status: 409, rule: "CH-7" },
  ],
])("not deleted: %s", async (_what, world, user, refusal) => {
  const { remove, written } = setup(world);
  await expect(remove(user)).rejects.toMatchObject(refusal);
  expect(written()).toEqual([]);
});

test("CH-7 in an archived channel nothing is pinned; MSG-7 nor is a marker, which has no pin to lose, or what is not there", async () => {
  const archived = setup({ here: channel("private", { archivedAt: "2026-11-01T00:00:00.000Z" }) });
  await expect(archived.pin(GIL)).rejects.toMatchObject({ status: 409, code: "channel-archived" });
  const deleted = setup({ message: said({ isDeleted: true, text: "" }) });
  for (const act of [deleted.pin, deleted.unpin])
    await expect(act(GIL)).rejects.toMatchObject({ status: 409, code: "message-deleted", rule: "MSG-7" });
  await expect(deleted.pin(GIL, 5)).rejects.toMatchObject({ status: 404 });
  expect([...archived.written(), ...deleted.written()]).toEqual([]);
});

test("MSG-7 the pinned list is newest pin first, without what was unpinned meanwhile", async () => {
  const { client, table, request } = setup();
  const pins = [9, 4, 7].map((seq) => keys.pin(ORG, SIDE, PINNED_AT, seq));
  client.on(QueryCommand).resolves({ Items: pins });
  const stored = (seq: number, differing: Partial<Message>) => ({
    ...keys.message(ORG, SIDE, seq),
    ...said(differing),
  });
  client.on(BatchGetCommand).resolves({
    Responses: {
      table: [stored(4, { pinnedAt: PINNED_AT }), stored(7, {}), stored(9, { pinnedAt: PINNED_AT })],
    },
  });
  const { body } = await listPins(table, { ...request(GIL), query: { limit: 50 } });
  expect(body).toMatchObject({ items: [{ seq: 9, pinned: true }, { seq: 4 }], nextCursor: null });
  expect(client.commandCalls(QueryCommand)[0]?.args[0].input.ScanIndexForward).toBe(false);
});
