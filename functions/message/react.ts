import { allowsReaction, emojiOf, mayReact, notAnEmoji } from "@vestibule/domain/reactions";
import { presentMessage } from "../contract/message.ts";
import { problemOf } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { hasReacted, reactWrites, unreactWrites } from "../table/reactors.ts";
import type { Table } from "../table/table.ts";
import { changeMessage } from "./change-message.ts";
import type { reactRoute, unreactRoute } from "./changes-contract.ts";

/** The emoji that a request names. @throws Problem 400 `emoji-invalid` */
export function demandEmoji(text: string): string {
  const emoji = emojiOf(decoded(text));
  if (emoji === undefined) throw problemOf(notAnEmoji());
  return emoji;
}

/** A path segment as a gateway may leave it: no emoji has a percent sign, so that what is decoded already stays. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** MSG-9: any reader reacts, once per emoji, however often and concurrently they ask. */
export async function react(table: Table, request: Request<typeof reactRoute>): Promise<Answer> {
  const { params, person, now } = request;
  const { userId } = person;
  const emoji = demandEmoji(params.emoji);
  const { after } = await changeMessage(table, request, {
    decide: mayReact,
    change: async (channel, read) => {
      const { isDeleted = false, reactions = {}, seq } = read;
      if (!isDeleted && (await hasReacted(table, channel, seq, { emoji, userId }))) return undefined;
      demand(allowsReaction({ isDeleted, emojis: new Set(Object.keys(reactions)), emoji }));
      return reactWrites(channel, read, { emoji, userId, now });
    },
  });
  return { status: 200, body: presentMessage(params.chn, after, userId) };
}

/** MSG-9: takes one's reaction back. */
export async function unreact(table: Table, request: Request<typeof unreactRoute>): Promise<Answer> {
  const { params, person, now } = request;
  const { userId } = person;
  const emoji = demandEmoji(params.emoji);
  await changeMessage(table, request, {
    decide: mayReact,
    change: async (channel, read) => {
      const isThere = await hasReacted(table, channel, read.seq, { emoji, userId });
      return isThere && read.isDeleted !== true
        ? unreactWrites(channel, read, { emoji, userId, now })
        : undefined;
    },
  });
  return { status: 204 };
}
