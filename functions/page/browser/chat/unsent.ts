import { VestibuleProblem } from "@vestibule/client/problem";
import type { OutboxStore, PendingPost } from "@vestibule/client/session/outbox";
import type { NotInChannel } from "@vestibule/client/types";
import { type Fields, objectsIn, textIn } from "../json.ts";
import { type Child, element } from "../render.ts";
import { press } from "./controls.ts";
import { keep, recall } from "./kept.ts";
import { say } from "./language.ts";
import { refusalWords } from "./refusal-words.ts";
import { service } from "./service.ts";
import { attempt, hush, note } from "./told.ts";
import { go } from "./ways.ts";
import { place } from "./workplace.ts";

/** A post that the service refused, and why. */
export type Failed = { post: PendingPost; why: Child[] };

const failed = new Map<string, Failed>();

function postIn(fields: Fields): PendingPost {
  const { replyTo } = fields;
  return {
    channelId: textIn(fields, "channelId"),
    text: textIn(fields, "text"),
    nonce: textIn(fields, "nonce"),
    ...(typeof replyTo === "number" && { replyTo }),
  };
}

/** MSG-3: what is not acknowledged outlives a reload of this tab, with its nonce. */
export const outboxStore: OutboxStore = {
  load: async () => objectsIn(recall("outbox"), "posts").map(postIn),
  save: (posts) => keep("outbox", { posts: posts.map((post) => ({ ...post })) }),
};

export function failedIn(channelId: string, replyTo: number | undefined): Failed[] {
  return [...failed.values()].filter(
    ({ post }) => post.channelId === channelId && (replyTo === undefined || post.replyTo === replyTo),
  );
}

async function add(channelId: string, people: readonly NotInChannel[]): Promise<void> {
  const userIds = people.map(({ userId }) => userId);
  if (await attempt(() => service.addToChannel(place().org, channelId, { userIds }))) hush();
}

/** MSG-10: who was mentioned in vain, with the offer to add them. */
function tellInVain(channelId: string, people: readonly NotInChannel[]): void {
  const addable = people.filter(({ mayAdd }) => mayAdd);
  const names = people.map(({ name }) => name);
  note(
    element("p", {}, say().notInChannel(names.length, names.join(", "))),
    ...(addable.length === 0 ? [] : [press(say().addThem, "small", () => add(channelId, addable))]),
  );
}

/** Posts, and keeps what is refused beside what was posted, to be tried again or discarded. */
export async function post(entry: PendingPost): Promise<void> {
  const { channelId, ...message } = entry;
  failed.delete(entry.nonce);
  try {
    const posting = place().session.channel(channelId).post(message);
    go().toEnd();
    const { notInChannel = [] } = await posting;
    if (notInChannel.length > 0) tellInVain(channelId, notInChannel);
  } catch (error) {
    // What was given up with the session is kept for the next one.
    if (place().session.state().kind === "ended") return;
    if (!(error instanceof VestibuleProblem)) throw error;
    failed.set(entry.nonce, { post: entry, why: refusalWords(error) });
    go().redraw();
  }
}

export function discard({ post: { nonce } }: Failed): void {
  failed.delete(nonce);
  go().redraw();
}
