import { DeleteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import type { Context } from "aws-lambda";
import { expect, test, vi } from "vitest";
import { logger } from "../../../functions/shell/logger.ts";
import { sweepHandler } from "../../../functions/sweep/sweep.ts";
import { newIntent } from "../../../functions/table/intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import { isoTime } from "../../../functions/table/table.ts";
import { atNow } from "../table/at-now.ts";
import { DAY_MS, invitationOf, NOW, ORG, stored } from "../table/items.ts";
import { mockedTable } from "../table/mocked-table.ts";

logger.setLogLevel("SILENT");

const id = (digit: string) => `inv_${"0".repeat(25)}${digit}`;

function pending(digit: string, endsAt: number) {
  const addressKey = `${digit}@example.com`;
  const invitationId = id(digit);
  return [
    stored.invitation(invitationOf({ invitationId, addressKey, endsAt })),
    { ...stored.address(addressKey, { invitationId }), ...keys.expiryIndex(ORG, invitationId, endsAt) },
  ];
}

function setup(items: Parameters<typeof mockedTable>[0], remainingMs: () => number = () => 60_000) {
  atNow();
  const mocked = mockedTable(items);
  const context = { getRemainingTimeInMillis: remainingMs } as Context;
  return { ...mocked, sweep: async () => await sweepHandler(mocked.table)({}, context) };
}

test("SEAT-4, INV-1 whatever is past its date is closed, the oldest day first", async () => {
  const { sweep, transactions } = setup([
    ...pending("1", NOW - 1),
    ...pending("2", NOW - 3 * DAY_MS),
    ...pending("3", NOW + 1),
    ...pending("4", NOW + 3 * DAY_MS),
  ]);
  expect(await sweep()).toMatchObject({ closed: 2, finished: 0 });
  expect(transactions().map((writes) => [...writes.keys()][0])).toEqual([
    `O#${ORG}#INVITATIONS / INV#${id("2")}`,
    `O#${ORG}#INVITATIONS / INV#${id("1")}`,
  ]);
  expect([...(transactions()[0]?.values() ?? [])].at(-1)?.Put?.Item).toMatchObject({
    action: "invitation.expired",
    actorId: "system",
  });
});

test("an address that became a member's since the index was read is left alone", async () => {
  const { sweep, transactions } = setup([
    {
      ...stored.address("1@example.com", { userId: "usr_1" }),
      ...keys.expiryIndex(ORG, id("1"), NOW - 1),
    },
  ]);
  expect(await sweep()).toMatchObject({ closed: 0, finished: 0 });
  expect(transactions()).toEqual([]);
});

test("one that somebody else closed meanwhile is not counted", async () => {
  const { sweep, refuse } = setup(pending("1", NOW - 1));
  refuse(keys.invitation(ORG, id("1")));
  expect(await sweep()).toMatchObject({ closed: 0, finished: 0 });
});

test("a sweep stops before its time is over, and the next one goes on", async () => {
  const times = [60_000, 60_000];
  const { sweep, client, transactions } = setup(
    [...pending("1", NOW - 40 * DAY_MS), ...pending("2", NOW - 40 * DAY_MS)],
    () => times.shift() ?? 9_000,
  );
  expect(await sweep()).toMatchObject({ closed: 1, finished: 0 });
  expect(transactions()).toHaveLength(1);
  expect(client).toHaveReceivedCommandTimes(QueryCommand, 1);
});

test("a day's index is read on to its end", async () => {
  const [first, second] = [pending("1", NOW - 2), pending("2", NOW - 1)];
  const { sweep, client } = setup([...first, ...second]);
  const today = {
    ExpressionAttributeValues: { ":pk": "EXPIRES#2026-03-01", ":upTo": "2026-03-01T10:00:00.000Z~" },
  };
  client
    .on(QueryCommand)
    .resolves({ Items: [] })
    .on(QueryCommand, today)
    .resolvesOnce({ Items: first.slice(1), LastEvaluatedKey: { pk: "x" } })
    .resolvesOnce({ Items: second.slice(1) });
  expect(await sweep()).toMatchObject({ closed: 2, finished: 0 });
});

test("CH-9 what a request was cut short in is carried out a minute later", async () => {
  const intentOf = (startedAt: number) =>
    newIntent(ORG, { kind: "delete-group", groupId: `grp_${startedAt}`, channelIds: [] }, startedAt);
  const [old, young] = [intentOf(NOW - 61_000), intentOf(NOW - 59_000)];
  const items = [old, young].map((intent) => ({
    ...keys.intent(ORG, intent.intentId),
    ...keys.intentIndex(ORG, intent.intentId, Date.parse(intent.startedAt)),
    ...intent,
  }));
  const { sweep, client } = setup(items);
  client.on(DeleteCommand).resolves({});
  client
    .on(QueryCommand, {
      ExpressionAttributeValues: { ":pk": keys.intents(), ":upTo": `${isoTime(NOW - 60_000)}~` },
    })
    .resolves({ Items: items.slice(0, 1) });
  expect(await sweep()).toMatchObject({ closed: 0, finished: 1 });
  const struck = client.commandCalls(DeleteCommand).map((call) => call.args[0].input.Key);
  expect(struck).toEqual([keys.intent(ORG, old.intentId)]);
});

test("SEAT-4 an invitation that cannot be read holds up none after it; the log says what went wrong, and the alarm rings", async () => {
  const [slot, broken] = [pending("1", NOW - 3 * DAY_MS)[1], pending("1", NOW - 3 * DAY_MS)[0]];
  if (slot === undefined || broken === undefined) throw new Error("an invitation and its slot");
  const { sweep, transactions } = setup([
    { ...broken, state: "of-tomorrow" },
    slot,
    ...pending("2", NOW - 3 * DAY_MS + 1),
    ...pending("3", NOW - 1),
  ]);
  const told = vi.spyOn(logger, "error");
  await expect(sweep()).rejects.toThrow(AggregateError);
  expect(transactions().map((writes) => [...writes.keys()][0])).toEqual([
    `O#${ORG}#INVITATIONS / INV#${id("2")}`,
    `O#${ORG}#INVITATIONS / INV#${id("3")}`,
  ]);
  expect(told.mock.calls).toEqual([
    ["part of the sweep failed", { error: expect.objectContaining({ name: "ZodError" }) }],
  ]);
  told.mockRestore();
});
