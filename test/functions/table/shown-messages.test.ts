import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { getShownMessages } from "../../../functions/table/messages.ts";
import { mockedTable } from "./mocked-table.ts";

const [ORG, CHANNEL] = ["org_1", "chn_1"];

const message = (seq: number) => ({
  ...keys.message(ORG, CHANNEL, seq),
  messageId: `msg_${seq}`,
  authorKind: "member",
  authorId: "usr_1",
  authorName: "Ann Lee",
  text: "hello",
  createdAt: "2026-11-22T10:00:00.000Z",
});

const read = async (table: ReturnType<typeof mockedTable>, seqs: number[]) =>
  (await getShownMessages(table.table, { organizationId: ORG, channelId: CHANNEL }, seqs)).map(
    ({ seq }) => seq,
  );

const readings = ({ client }: ReturnType<typeof mockedTable>) =>
  client
    .commandCalls(BatchGetCommand)
    .map(({ args }) => Object.values(args[0].input.RequestItems ?? {})[0]?.ConsistentRead);

test("MSG-8 a thread's messages are read as they were a moment ago at worst", async () => {
  const table = mockedTable([message(1), message(2)]);
  expect(await read(table, [2, 1])).toEqual([2, 1]);
  expect(readings(table)).toEqual([false]);
});

test("MSG-8 what was only just written is not left out: then all is read strongly", async () => {
  const table = mockedTable([message(1), message(2)]);
  table.client
    .on(BatchGetCommand)
    .resolvesOnce({ Responses: { [table.table.name]: [message(1)] } })
    .resolves({ Responses: { [table.table.name]: [message(2), message(1)] } });
  expect(await read(table, [1, 2])).toEqual([1, 2]);
  expect(readings(table)).toEqual([false, true]);
});
