import type { PermissionFacts } from "@vestibule/domain/permissions";
import { mayRead } from "@vestibule/domain/posting";
import { presentMessage } from "../contract/message.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { admit, type PlaceDeps } from "./channel-relation.ts";
import { closeHoles } from "./close-holes.ts";
import type { getMessageRoute, listMessagesRoute } from "./contract.ts";
import type { MessageLog } from "./message-log.ts";
import { type MessagePage, pageAfter, pageAround, pageBefore } from "./read-page.ts";

export type ReadDeps = PlaceDeps & { readonly log: MessageLog };

/** MSG-4, GST-9. */
export const mayReadIn = (facts: PermissionFacts) => mayRead({ relation: "none", ...facts });

type ListRequest = Request<typeof listMessagesRoute>;

function readPage(log: MessageLog, { params, query, now }: ListRequest, from: number | undefined) {
  const channel = { organizationId: params.org, channelId: params.chn };
  const { after, around, before, limit } = query;
  if (after !== undefined) return pageAfter(log, channel, { after: from ?? after, limit, now });
  if (around !== undefined && from === undefined) return pageAround(log, channel, { around, limit, now });
  return pageBefore(log, channel, { before: from ?? before, limit, now });
}

/** Where the next page starts: with `after` further up, else further back. */
function nextOf({ ascending, isMore }: MessagePage, isUpwards: boolean): string | undefined {
  const edge = isUpwards ? ascending.at(-1) : ascending[0];
  return isMore && edge !== undefined ? String(edge.seq) : undefined;
}

/**
 * MSG-5: a page of messages, newest first, without holes (MSG-2). What follows a message is read strongly, and so is then
 * the reader's place: who was just taken out reads nothing that was posted after it (docs/adr/0013).
 */
export async function readMessages(deps: ReadDeps, request: ListRequest): Promise<Answer> {
  const { params, person, query } = request;
  const { after, around, before } = query;
  const channel = { organizationId: params.org, channelId: params.chn };
  const isSure = after !== undefined || around !== undefined;
  await admit(deps, { channel, userId: person.userId }, mayReadIn, { isSure });
  const scope = ["messages", params.org, params.chn, JSON.stringify({ after, around, before })];
  const cursor = readCursor(scope, query.cursor);
  const page = await readPage(deps.log, request, cursor === undefined ? undefined : Number(cursor));
  return {
    status: 200,
    body: {
      items: page.ascending.toReversed().map((message) => presentMessage(params.chn, message, person.userId)),
      nextCursor: cursorOf(scope, nextOf(page, after !== undefined)),
    },
  };
}

/** One message, to the channel's readers; a hole is closed if it is one. */
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
  if (message?.seq !== seq) throw notFound("message");
  return { status: 200, body: presentMessage(params.chn, message, person.userId) };
}
