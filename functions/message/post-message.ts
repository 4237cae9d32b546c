import { checkText, mayPost } from "@vestibule/domain/posting";
import { presentMessage } from "../contract/message.ts";
import { newId } from "../shell/ids.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { fullName, standingOf } from "../table/members.ts";
import type { Message } from "../table/messages.ts";
import { isoTime } from "../table/table.ts";
import { type LoadMember, relationTo } from "./channel-relation.ts";
import type { postMessageRoute } from "./contract.ts";
import type { MessageLog } from "./message-log.ts";
import { placeMessage } from "./place-message.ts";

export type PostDeps = {
  readonly log: MessageLog;
  readonly member: LoadMember;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export type NewMessage = {
  readonly organizationId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly text: string;
  readonly nonce: string;
};

/** MSG-1…MSG-4, by HTTP and by WebSocket: 2 write units and at most 2 read units, whatever the organization's size. */
export async function postMessage(
  deps: PostDeps,
  input: NewMessage,
): Promise<{ message: Message; isNew: boolean }> {
  const { organizationId, channelId, userId, text, nonce } = input;
  const channel = { organizationId, channelId };
  const [member, memory] = await Promise.all([
    deps.member(organizationId, userId),
    deps.log.memory(channel, { isConsistent: false }),
  ]);
  const standing = standingOf(member);
  if (member === undefined) throw notFound("organization");
  const relation = relationTo(channel, member);
  const decide = (isArchived: boolean) => mayPost({ standing, relation, channel: { isArchived } });
  demand(decide(false));
  demand(checkText(text));
  const placed = await placeMessage(
    { log: deps.log, now: () => isoTime(deps.now()) },
    channel,
    {
      messageId: newId("message", deps.now()),
      authorKind: "member",
      authorId: userId,
      authorName: fullName(member) || member.handle,
      text,
      nonce,
    },
    { memory, grounds: { fence: deps.now() } },
  );
  if (placed.kind === "placed") return placed;
  // Whether the channel is archived is a condition of the write, not a read before it.
  if (placed.kind === "archived") demand(decide(true));
  throw notFound("channel");
}

/** `POST …/channels/{chn}/messages`: 201, or 200 with the stored message when the nonce was known. */
export async function servePost(
  deps: PostDeps,
  { params, person, body }: Request<typeof postMessageRoute>,
): Promise<Answer> {
  const { userId } = person;
  const input = { organizationId: params.org, channelId: params.chn, userId, ...body };
  const { message, isNew } = await postMessage(deps, input);
  return { status: isNew ? 201 : 200, body: presentMessage(params.chn, message, userId) };
}
