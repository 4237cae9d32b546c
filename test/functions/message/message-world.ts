import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "vitest";
import { messageUseCases } from "../../../functions/message/use-cases.ts";
import { newId } from "../../../functions/shell/ids.ts";
import { keys } from "../../../functions/table/keys.ts";
import { getMessage, type Message, newMessageWrite } from "../../../functions/table/messages.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { putReply } from "../../../functions/table/put-reply.ts";
import { isoTime } from "../../../functions/table/table.ts";
import { transact } from "../../../functions/table/transaction.ts";
import { engineWorld } from "../channel/world.ts";
import { type Answered, caller, type TestPerson } from "../shell/caller.ts";

type Given = Parameters<ReturnType<typeof caller>>[1];

/** The message function's routes on the engine, with messages that lie in the table as posting leaves them. */
export function messageWorld() {
  const world = engineWorld();
  return async (change?: Partial<Organization>) => {
    const w = await world(change);
    const { table, org } = w;
    const call = caller(messageUseCases(table, "wss://live.example"));

    /** A request as `"PUT /pin"`, of the message `seq` in a channel. */
    async function act(as: TestPerson, what: string, chn: string, seq: number, given: Given = {}) {
      const [method, path = ""] = what.split(" ");
      const { params, ...rest } = given;
      const route = `${method} /v1/organizations/{org}/channels/{chn}/messages/{seq}${path}`;
      return await call(route, { as, params: { org, chn, seq: String(seq), ...params }, ...rest });
    }

    /** A request of the channel's messages as a whole, as `"GET /messages"`. */
    async function list(
      as: TestPerson,
      chn: string,
      query: Record<string, string> = {},
      what = "GET /messages",
    ) {
      const [method, path] = what.split(" ");
      return await call(`${method} /v1/organizations/{org}/channels/{chn}${path}`, {
        as,
        params: { org, chn },
        query,
      });
    }

    const threads = async (as: TestPerson): Promise<Answered> =>
      await call("GET /v1/organizations/{org}/threads", { as, params: { org } });

    async function draft(chn: string, author: TestPerson, differing: Partial<Message>): Promise<Message> {
      const { Attributes } = await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.channelHead(org, chn),
          UpdateExpression: "SET seq = seq + :one",
          ExpressionAttributeValues: { ":one": 1 },
          ReturnValues: "ALL_NEW",
        }),
      );
      return {
        seq: Number(Attributes?.["seq"]),
        messageId: newId("message"),
        authorKind: "member",
        authorId: author.userId,
        authorName: "Somebody",
        text: "said",
        nonce: newId("message"),
        createdAt: isoTime(Date.now()),
        ...differing,
      };
    }

    /** Somebody says something. @returns its `seq` */
    async function says(author: TestPerson, chn: string, text: string, differing: Partial<Message> = {}) {
      const message = await draft(chn, author, { text, ...differing });
      await transact(table, [newMessageWrite({ organizationId: org, channelId: chn }, message)]);
      return message.seq;
    }

    /** Somebody replies in a thread. @returns its `seq` */
    async function replies(
      author: TestPerson,
      chn: string,
      root: number,
      { text = "a reply", mentionedIds = [] }: { text?: string; mentionedIds?: string[] } = {},
    ) {
      const channel = { organizationId: org, channelId: chn };
      const first = await getMessage(table, channel, root);
      if (first === undefined) throw new Error("no root");
      const message = await draft(chn, author, { text, replyTo: root });
      expect(await putReply(table, channel, message, { root: first, mentionedIds })).toBe("stored");
      return message.seq;
    }

    return { ...w, act, list, threads, says, replies };
  };
}

/** That a request was refused so. */
export function expectRefusal(answer: Answered, status: number, code: string, rule?: string): void {
  expect(answer).toMatchObject({ status, body: { code, ...(rule === undefined ? {} : { rule }) } });
}
