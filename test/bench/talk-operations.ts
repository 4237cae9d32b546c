import { connectionsThrough } from "../../functions/realtime/connections.ts";
import { frameDeps } from "../../functions/socket/deps.ts";
import { look } from "../../functions/socket/look.ts";
import { resume } from "../../functions/socket/resume.ts";
import { tellTyping } from "../../functions/socket/tell-typing.ts";
import { generalChannelId } from "../../functions/table/keys.ts";
import { addConnection } from "../../functions/table/live.ts";
import type { Table } from "../../functions/table/table.ts";
import { type BenchApi, benchApi } from "./bench-api.ts";
import { personNumber } from "./large-organization.ts";

/** What is measured by name, one after the other. */
export type Operation = readonly [name: string, act: () => Promise<unknown>];

/** Connections that somebody else has open, and that take whatever is sent. */
const connections = connectionsThrough({ send: async () => undefined });

const REPLIES = 60;
const THREADS = 20;

/** Who looks at the channel while somebody types in it. */
const LOOKERS = 10;

type Talk = {
  readonly api: BenchApi;
  readonly table: Table;
  /** The same table without the meter, for what is not measured. */
  readonly unmetered: Table;
  readonly org: string;
  /** Ten of the founder's channels. */
  readonly channelIds: readonly string[];
  /** The one of them that is talked in; the people with these numbers are in it. */
  readonly channelId: string;
  readonly others: readonly number[];
};

const founder = personNumber(0);
const seqIn = (answer: unknown): string => String(Reflect.get(Object(answer), "seq"));

/** The founder's acts in the channel, with or without the meter. */
function actsOf({ org, channelId }: Talk, api: BenchApi, prefix: string) {
  const channel = { org, chn: channelId };
  let nonces = 0;
  const post = async (text: string, replyTo?: string): Promise<string> => {
    nonces += 1;
    const body = {
      text,
      nonce: `${prefix} ${nonces}`,
      ...(replyTo === undefined ? {} : { replyTo: Number(replyTo) }),
    };
    return seqIn(await api(founder, "postMessage", { params: channel, body }));
  };
  const at = (
    operationId: string,
    seq: string,
    parts: { emoji?: string; body?: unknown; query?: object } = {},
  ) => {
    const { emoji, body, query } = parts;
    const params = { ...channel, seq, ...(emoji === undefined ? {} : { emoji }) };
    return api(founder, operationId, { params, body, query: { ...query } });
  };
  return { post, at };
}

/** What is there before: a long thread, and threads that the founder follows. */
async function prepare(talk: Talk): Promise<{ root: string; fresh: string }> {
  const { post } = actsOf(talk, benchApi(talk.unmetered), "before");
  const root = await post("A thread");
  for (let count = 0; count < REPLIES; count += 1) await post(`Reply ${count}`, root);
  for (let count = 1; count < THREADS; count += 1) await post("First reply", await post("Another thread"));
  return { root, fresh: await post("One that nobody has answered") };
}

/** Posting and all that becomes of a message. */
function messageOperations(talk: Talk, { root, fresh }: { root: string; fresh: string }): Operation[] {
  const { post, at } = actsOf(talk, talk.api, "talk");
  const [other = 0] = talk.others;
  const emoji = "👍";
  let mine = "";
  return [
    ["post with @person", () => post(`Could you look at it, @person.${other}?`)],
    ["post with @channel", () => post("Dinner is served, @channel")],
    ["first reply of a thread", () => post("The first one", fresh)],
    ["reply in a thread of 60", async () => (mine = await post("One more", root))],
    ["edit", () => at("editMessage", mine, { body: { text: "One more, put better" } })],
    ["former texts", () => at("listEdits", mine)],
    ["react", () => at("react", mine, { emoji })],
    ["who reacted", () => at("listReactions", mine)],
    ["take a reaction back", () => at("unreact", mine, { emoji })],
    ["delete a reply", () => at("deleteMessage", mine)],
    ["page of 50 of a thread", () => at("readThread", root)],
    ["follow a thread", () => at("followThread", root)],
  ];
}

/** What people ask for when they come back, and what they do beside writing. */
function presenceOperations(talk: Talk): Operation[] {
  const { api, table, org, channelId, channelIds } = talk;
  const channel = { org, chn: channelId };
  const connection = { organizationId: org, userId: founder.userId, connectionId: "founder-connection=" };
  const deps = frameDeps(table, connections);
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const missed = (after: number) => ({
    channels: Object.fromEntries(channelIds.map((id) => [id, id === channelId ? after : 0])),
    requestId: "bench",
    now: Date.now(),
  });
  return [
    ["my 20 threads", () => api(founder, "listThreads", { params: { org } })],
    ["resume of 10 channels", () => resume(deps, connection, missed(100))],
    ["resume of 10, changes included", () => resume(deps, connection, { ...missed(100), since })],
    [
      "changed since, 20 messages",
      () => api(founder, "listMessages", { params: channel, query: { changedSince: since } }),
    ],
    [
      "set a status",
      () => api(founder, "setStatus", { params: { org }, body: { custom: { emoji: "🏖️", text: "Away" } } }),
    ],
    [
      "statuses of 3",
      () => {
        const userIds = talk.others.map((index) => personNumber(index).userId).join(",");
        return api(founder, "listStatuses", { params: { org }, query: { userIds } });
      },
    ],
    [
      "command /help",
      () => api(founder, "runCommand", { params: channel, body: { text: "/help", nonce: "help" } }),
    ],
    [
      "command /away",
      () => api(founder, "runCommand", { params: channel, body: { text: "/away", nonce: "away" } }),
    ],
    ["look at a channel", () => look(deps, connection, channelId)],
    ["typing, while nobody looks", () => tellTyping(deps, connection, generalChannelId(org))],
    ["typing, while 10 look", () => tellTyping(deps, connection, channelId)],
  ];
}

/** Somebody in the channel has so many windows open, and looks at it with each. */
async function lookOn({ unmetered, org, channelId, others }: Talk): Promise<void> {
  const deps = frameDeps(unmetered, connections);
  const { userId } = personNumber(others[0] ?? 0);
  for (let count = 0; count < LOOKERS; count += 1) {
    const connection = { organizationId: org, userId, connectionId: `looker-${count}=` };
    await addConnection(unmetered, { ...connection, isGuest: false, now: Date.now() });
    await deps.lookAt(connection, channelId, Date.now());
  }
}

/** What people do all day beside plain posting and reading (MSG, PRS). */
export async function talkOperations(talk: Talk): Promise<Operation[]> {
  const prepared = await prepare(talk);
  await lookOn(talk);
  return [...messageOperations(talk, prepared), ...presenceOperations(talk)];
}
