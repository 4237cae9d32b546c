import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { expect, test } from "vitest";
import {
  claimMail,
  markMailFailed,
  markMailSent,
  recordMailReport,
  releaseMail,
} from "../../../functions/table/invitation-mail.ts";
import { OF, ORG, START } from "./mail-world.ts";

const CLAIM = { ...OF, leaseUntil: START + 15_000, hash: "hash" };
const FAILED = new ConditionalCheckFailedException({ message: "no", $metadata: {} });
const CONFLICT = new TransactionConflictException({ message: "busy", $metadata: {} });
const REPORT = {
  ...OF,
  messageId: "m-1",
  attempt: "hash",
  state: "bounced",
  follows: ["sending", "sent"],
  sentAt: new Date(START).toISOString(),
} as const;

function setup() {
  const document = DynamoDBDocumentClient.from(new DynamoDBClient({ region: "eu-central-1" }));
  const client = mockClient(document);
  const table = { client: document, name: "vestibule" };
  const sentInput = () => client.commandCalls(UpdateCommand)[0]?.args[0].input;
  return { client, table, sentInput };
}

test("INV-12 the claim and its secret are one conditional write on the invitation", async () => {
  const { client, table, sentInput } = setup();
  client.on(UpdateCommand).resolves({});
  expect(await claimMail(table, CLAIM, START)).toBe(true);
  expect(client.commandCalls(UpdateCommand)).toHaveLength(1);
  expect(sentInput()).toMatchObject({
    TableName: "vestibule",
    Key: { pk: `O#${ORG}#INVITATIONS`, sk: `INV#${OF.invitationId}` },
    ExpressionAttributeValues: { ":hash": new Set(["hash"]), ":lease": START + 15_000, ":now": START },
  });
});

test.each([
  ["claim", (table: never) => claimMail(table, CLAIM, START)],
  ["sent", (table: never) => markMailSent(table, CLAIM, "m-1", START)],
  ["failed", (table: never) => markMailFailed(table, CLAIM)],
  ["release", (table: never) => releaseMail(table, CLAIM, { until: START, mayBeMailed: false })],
  ["report", (table: never) => recordMailReport(table, REPORT)],
])("INV-12 %s: a condition that does not hold is an answer, another error is not", async (_, write) => {
  const { client, table } = setup();
  client.on(UpdateCommand).rejectsOnce(FAILED).rejectsOnce(new Error("unreachable"));
  expect(await write(table as never)).toBe(false);
  await expect(write(table as never)).rejects.toThrow("unreachable");
});

test("INV-12 a transaction on the same invitation is waited for, three times", async () => {
  const { client, table } = setup();
  client.on(UpdateCommand).rejectsOnce(CONFLICT).rejectsOnce(CONFLICT).rejectsOnce(CONFLICT).resolves({});
  expect(await markMailSent(table, CLAIM, "m-1", START)).toBe(true);
  client.reset();
  client.on(UpdateCommand).rejects(CONFLICT);
  await expect(markMailSent(table, CLAIM, "m-1", START)).rejects.toBe(CONFLICT);
});

test("INV-3 a secret that may have been mailed is kept, one that was not is dropped", async () => {
  for (const mayBeMailed of [true, false]) {
    const { client, table, sentInput } = setup();
    client.on(UpdateCommand).resolves({});
    await releaseMail(table, CLAIM, { until: START, mayBeMailed });
    expect(sentInput()?.UpdateExpression?.includes("DELETE secretHashes")).toBe(!mayBeMailed);
    expect(":hash" in (sentInput()?.ExpressionAttributeValues ?? {})).toBe(!mayBeMailed);
  }
});

test("INV-11 a report names every state it follows, and no value that its condition lacks", async () => {
  const { client, table, sentInput } = setup();
  client.on(UpdateCommand).resolves({});
  await recordMailReport(table, { ...REPORT, attempt: undefined });
  const {
    ConditionExpression = "",
    UpdateExpression = "",
    ExpressionAttributeValues = {},
  } = sentInput() ?? {};
  expect(ConditionExpression).toBe("mail.#state IN (:follows0, :follows1) AND (mail.messageId = :id)");
  for (const name of Object.keys(ExpressionAttributeValues)) {
    expect(`${ConditionExpression} ${UpdateExpression}`).toContain(name);
  }
});
