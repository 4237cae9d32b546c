import { PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { SYSTEM_MESSAGES } from "@vestibule/domain/vocabulary";
import { expect, test } from "vitest";
import { presentMessage } from "../../../functions/contract/message.ts";
import { postSystemMessage } from "../../../functions/message/post-system-message.ts";
import { systemSentence } from "../../../functions/message/system-sentence.ts";
import { conditionFailed, setup } from "../table-realtime/setup.ts";
import { SIDE, SIDE_CHANNEL, userId } from "./people.ts";

const system = { kind: "added", actorId: userId("ann"), userIds: [userId("bob")] } as const;
const announcement = {
  intentId: "itt_1",
  actorName: "Ann Lee",
  system: { ...system, userIds: [userId("bob")] },
};

test("MSG-12 a system message tells who did what to whom, with the intent as its nonce", async () => {
  const { client, table } = setup();
  client.on(QueryCommand).resolves({ Items: [] });
  client.on(UpdateCommand).resolves({ Attributes: { seq: 3, nonces: {} } });
  client.on(PutCommand).resolves({});
  await postSystemMessage(table, SIDE_CHANNEL, announcement);
  expect(client.commandCalls(PutCommand)[0]?.args[0].input.Item).toMatchObject({
    sk: "000000000003",
    authorKind: "system",
    authorId: userId("ann"),
    authorName: "Ann Lee",
    text: "Ann Lee added one person to the channel.",
    nonce: "itt_1",
    system,
  });
  const condition = client.commandCalls(UpdateCommand)[0]?.args[0].input.ConditionExpression;
  expect(condition).not.toMatch(/archivedAt|fencedAt/u);
});

test("MSG-12 a channel that is gone has nobody to tell", async () => {
  const { client, table } = setup();
  client.on(QueryCommand).resolves({ Items: [] });
  client.on(UpdateCommand).rejects(conditionFailed());
  await postSystemMessage(table, SIDE_CHANNEL, announcement);
  expect(client.commandCalls(PutCommand)).toHaveLength(0);
});

test("MSG-12 readers see what was done, and nobody the nonce", () => {
  const message = {
    seq: 3,
    messageId: "msg_1",
    authorKind: "system" as const,
    authorId: userId("ann"),
    authorName: "Ann Lee",
    text: "x",
    nonce: "itt_1",
    createdAt: "2026-11-22T10:00:00.000Z",
    system: announcement.system,
  };
  const shown = presentMessage(SIDE, message, userId("ann"));
  expect(shown).toMatchObject({ system, author: { kind: "system", userId: userId("ann") } });
  expect(shown).not.toHaveProperty("nonce");
});

test.each(SYSTEM_MESSAGES)("MSG-12 %s is a sentence that names who did it", (kind) => {
  const sentence = systemSentence("Ann", {
    kind,
    actorId: "usr_a",
    userIds: ["usr_b", "usr_c"],
    text: "New",
  });
  // A call ends by itself, too.
  expect(sentence).toMatch(kind === "call-ended" ? /^The call .+\.$/u : /^Ann .+\.$/u);
});

test.each(["added", "removed"] as const)(
  "MSG-12, GST-13 a group that was %s is not named to guests",
  (kind) => {
    expect(systemSentence("Ann", { kind, actorId: "usr_a" })).toMatch(/^Ann (added|removed) a group/u);
  },
);
