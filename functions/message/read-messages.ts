import { visibleSince } from "@vestibule/domain/plans";
import { presentMessage } from "../contract/message.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import type { Message } from "../table/messages.ts";
import { isoTime } from "../table/table.ts";
import { changedMessages, changesFrom } from "./changed-messages.ts";
import { admit } from "./channel-relation.ts";
import { closeHoles } from "./close-holes.ts";
import type { getMessageRoute, listMessagesRoute } from "./contract.ts";
import { isHidden } from "./history-limit.ts";
import { type Ends, shownPage } from "./history-page.ts";
import { mayReadIn } from "./message-in-sight.ts";
import type { ReadDeps } from "./read-deps.ts";
import type { MessagePage } from "./read-page.ts";

type ListRequest = Request<typeof listMessagesRoute>;

/** Where the next page starts: with `after` further up, else further back. */
function nextOf({ ascending, isMore }: MessagePage, isUpwards: boolean): string | undefined {
  const edge = isUpwards ? ascending.at(-1) : ascending[0];
  return isMore && edge !== undefined ? String(edge.seq) : undefined;
}

/**
 * MSG-5: a page of messages, newest first, without holes (MSG-2), or of those that were changed since a time. What follows a
 * message or a time is read strongly, and so is then the reader's place: who was just taken out reads nothing that was
 * posted after it (docs/adr/0013).
 */
export async function readMessages(deps: ReadDeps, request: ListRequest): Promise<Answer> {
  const { params, person, query } = request;
  const { after, around, before, changedSince } = query;
  const channel = { organizationId: params.org, channelId: params.chn };
  const isSure = after !== undefined || around !== undefined || changedSince !== undefined;
  await admit(deps, { channel, userId: person.userId }, mayReadIn, { isSure });
  const scope = ["messages", params.org, params.chn, JSON.stringify({ after, around, before, changedSince })];
  const cursor = readCursor(scope, query.cursor);
  const present = (message: Message) => presentMessage(params.chn, message, person.userId);
  if (changedSince !== undefined) {
    const { limit } = query;
    const { now } = request;
    const from = cursor ?? changesFrom(changedSince);
    const { messages, next } = await changedMessages(deps, channel, { after: from, limit, now });
    const body = { items: messages.map(present), nextCursor: cursorOf(scope, next), asOf: isoTime(now) };
    return { status: 200, body };
  }
  const { ascending, isMore, historyDays } = await shownPage(deps, channel, endsOf(request, cursor));
  const nextCursor = cursorOf(scope, nextOf({ ascending, isMore }, after !== undefined));
  const items = ascending.toReversed().map(present);
  return { status: 200, body: { items, nextCursor, ...(historyDays === undefined ? {} : { historyDays }) } };
}

/** Where the page is that a request asks for; further pages go on from their cursor in the same direction. */
function endsOf({ query, now }: ListRequest, cursor: string | undefined): Ends {
  const { after, around, before, limit } = query;
  if (cursor === undefined) return { after, around, before, limit, now };
  const from = Number(cursor);
  return after === undefined ? { before: from, limit, now } : { after: from, limit, now };
}

/** One message that the plan shows, to the channel's readers; a hole is closed if it is one. */
export async function readMessage(
  deps: ReadDeps,
  { params, person, now }: Request<typeof getMessageRoute>,
): Promise<Answer> {
  const channel = { organizationId: params.org, channelId: params.chn };
  await admit(deps, { channel, userId: person.userId }, mayReadIn, { isSure: true });
  const seq = Number(params.seq);
  const following = await deps.log.list(channel, {
    from: seq,
    limit: 1,
    isNewestFirst: false,
    isConsistent: true,
  });
  const [message] = await closeHoles(deps.log, channel, following.messages, { from: seq, now });
  const since = visibleSince(await deps.historyDays(params.org, now), now);
  if (message?.seq !== seq || isHidden(message, since)) throw notFound("message");
  return { status: 200, body: presentMessage(params.chn, message, person.userId) };
}
