import {
  BatchGetCommand,
  DeleteCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import {
  addConnection,
  livePages,
  livePeopleAmong,
  removeConnections,
} from "../../../functions/table/live.ts";
import { putMessage, tombstone } from "../../../functions/table/messages.ts";
import { moveReadMark } from "../../../functions/table/read-marks.ts";
import { putTicket, takeTicket } from "../../../functions/table/tickets.ts";
import { CHANNEL, NOW, ORG, userId } from "../message/people.ts";
import { conditionFailed, setup, throttled } from "./setup.ts";

const ANN = { organizationId: ORG, userId: userId("ann"), connectionId: "c1", isGuest: false, now: NOW };
const LATER = NOW / 1000 + 60;

test("MSG-2 a place that is taken is occupied; a throttled table is neither", async () => {
  const { client, table } = setup();
  client.on(PutCommand).resolvesOnce({}).rejectsOnce(conditionFailed()).rejectsOnce(throttled());
  const put = () => putMessage(table, CHANNEL, tombstone(3, "msg_1", NOW));
  expect(await put()).toBe("stored");
  expect(await put()).toBe("occupied");
  await expect(put()).rejects.toThrow("slow down");
  expect(client.commandCalls(PutCommand)[0]?.args[0].input).toMatchObject({
    Item: { sk: "000000000003", isDeleted: true },
    ConditionExpression: "attribute_not_exists(pk)",
  });
});

test("CH-11 a mark moves forward, or answers where it is", async () => {
  const { client, table } = setup();
  client
    .on(UpdateCommand)
    .resolvesOnce({})
    .rejectsOnce(conditionFailed({ lastReadSeq: 9 }));
  const move = () => moveReadMark(table, CHANNEL, { userId: userId("ann"), seq: 5, isInWithoutRow: true });
  expect(await move()).toBe(5);
  expect(await move()).toBe(9);
  const condition = client.commandCalls(UpdateCommand)[0]?.args[0].input.ConditionExpression;
  expect(condition).toBe("(attribute_not_exists(lastReadSeq) OR lastReadSeq < :seq)");
});

test("CH-11 nobody has a mark in a channel that they are not in", async () => {
  const { client, table } = setup();
  client
    .on(UpdateCommand)
    .rejectsOnce(conditionFailed())
    .rejectsOnce(conditionFailed({ lastReadSeq: 3 }))
    .rejectsOnce(conditionFailed({ role: "member", lastReadSeq: 9 }));
  const move = () => moveReadMark(table, CHANNEL, { userId: userId("ann"), seq: 5, isInWithoutRow: false });
  expect([await move(), await move(), await move()]).toEqual(["not-there", "not-there", 9]);
  expect(client.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    ConditionExpression: expect.stringContaining("attribute_exists(#role)"),
    ExpressionAttributeNames: { "#role": "role" },
  });
});

test("a ticket is kept with its end, and taken by whoever deletes it", async () => {
  const { client, table } = setup();
  client.on(PutCommand).resolves({});
  await putTicket(table, { organizationId: ORG, hash: "h", userId: userId("ann"), endsAt: NOW + 60_000 });
  expect(client.commandCalls(PutCommand)[0]?.args[0].input.Item).toEqual({
    pk: `O#${ORG}#TICKETS`,
    sk: "h",
    userId: userId("ann"),
    endsAt: NOW + 60_000,
    expiresAt: LATER,
  });
  client
    .on(DeleteCommand)
    .resolvesOnce({ Attributes: { userId: userId("ann") } })
    .rejectsOnce(conditionFailed());
  const take = () => takeTicket(table, { organizationId: ORG, hash: "h", now: NOW });
  expect(await take()).toEqual({ userId: userId("ann") });
  expect(await take()).toBeUndefined();
});

test("the 51st connection is refused, unless the others ended long ago", async () => {
  const { client, table } = setup();
  const full = (expiresAt: number) =>
    conditionFailed({ pk: "p", sk: `USER#${userId("ann")}`, connections: new Set(["a", "b"]), expiresAt });
  client
    .on(UpdateCommand)
    .rejectsOnce(full(LATER))
    .rejectsOnce(full(LATER - 120))
    .resolves({});
  expect(await addConnection(table, ANN)).toBe("too-many");
  expect(client.commandCalls(UpdateCommand)).toHaveLength(1);
  expect(await addConnection(table, ANN)).toBe("added");
  expect(client.commandCalls(UpdateCommand)[2]?.args[0].input.UpdateExpression).toBe(
    "SET expiresAt = :expiresAt, isGuest = :isGuest, connections = :connection REMOVE #endsAt, #general",
  );
});

test("taking a connection off a list that is gone is fine", async () => {
  const { client, table } = setup();
  client.on(UpdateCommand).rejectsOnce(conditionFailed()).rejectsOnce(throttled());
  const remove = () => removeConnections(table, { ...ANN, connectionIds: ["c1"] });
  await remove();
  await expect(remove()).rejects.toThrow("slow down");
});

const live = (name: string, expiresAt: number, ...ids: string[]) => ({
  sk: `USER#${userId(name)}`,
  ...(ids.length === 0 ? {} : { connections: new Set(ids) }),
  expiresAt,
});

test("MSG-4 PRS-4 the connected are handed out page by page as they are read, without those who are not", async () => {
  const { client, table } = setup();
  const general = { level: "none", isMuted: true };
  client
    .on(QueryCommand)
    .resolvesOnce({ Items: [live("ann", LATER, "a1")], LastEvaluatedKey: { pk: "p", sk: "s" } })
    .resolvesOnce({
      Items: [
        live("bob", LATER - 120, "b1"),
        live("cyd", LATER),
        { ...live("dan", LATER, "d1", "d2"), isGuest: true, endsAt: NOW },
        { ...live("eve", LATER, "e1"), dndUntil: NOW + 1, general },
      ],
    });
  const pages = livePages(table, ORG, NOW);
  expect((await pages.next()).value).toEqual([
    { userId: userId("ann"), connectionIds: ["a1"], isGuest: false },
  ]);
  expect(client.commandCalls(QueryCommand)).toHaveLength(1);
  expect((await pages.next()).value).toEqual([
    { userId: userId("dan"), connectionIds: ["d1", "d2"], isGuest: true, endsAt: NOW },
    { userId: userId("eve"), connectionIds: ["e1"], isGuest: false, dndUntil: NOW + 1, general },
  ]);
  expect((await pages.next()).done).toBe(true);
  const queries = client.commandCalls(QueryCommand).map(({ args }) => args[0].input.ConsistentRead);
  expect(queries).toEqual([true, true]);
});

test("those of some people who are connected are looked up one by one", async () => {
  const { client, table } = setup();
  client.on(BatchGetCommand).resolves({ Responses: { table: [live("ann", LATER, "a1")] } });
  expect(await livePeopleAmong(table, ORG, [userId("ann"), userId("bob")], NOW)).toEqual([
    { userId: userId("ann"), connectionIds: ["a1"], isGuest: false },
  ]);
  expect(client.commandCalls(QueryCommand)).toHaveLength(0);
});

test("GINV-10 a guest's connection is noted with the end of their access", async () => {
  const { client, table } = setup();
  client.on(UpdateCommand).resolves({});
  await addConnection(table, { ...ANN, isGuest: true, endsAt: NOW + 1 });
  expect(client.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    UpdateExpression:
      "SET expiresAt = :expiresAt, isGuest = :isGuest, #endsAt = :endsAt REMOVE #general ADD connections :connection",
    ExpressionAttributeValues: { ":isGuest": true, ":endsAt": NOW + 1 },
  });
});
