import { deny } from "@vestibule/domain/decision";
import type { PermissionFacts } from "@vestibule/domain/permissions";
import { checkText, mayPost } from "@vestibule/domain/posting";
import type { NotInChannel } from "../contract/message.ts";
import { notFound, Problem } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import type { Memory } from "../table/message-nonces.ts";
import type { Message } from "../table/messages.ts";
import { standingAt } from "../table/person-records.ts";
import { isoTime } from "../table/table.ts";
import { TableBusy } from "../table/transaction.ts";
import { type Admitted, admit, type PlaceDeps } from "./channel-relation.ts";
import type { postMessageRoute } from "./contract.ts";
import { findStored } from "./find-stored.ts";
import type { MentionDeps } from "./mentioned.ts";
import { type Placed, placeMessage } from "./place-message.ts";
import { type Prepared, preparePost } from "./prepare-post.ts";
import { presentPosted } from "./present-posted.ts";
import type { ReadDeps } from "./read-deps.ts";

export type PostDeps = PlaceDeps & Pick<ReadDeps, "log" | "historyDays"> & { readonly mentions: MentionDeps };

export type NewMessage = {
  readonly organizationId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly text: string;
  readonly nonce: string;
  /** Any message of the thread that it is a reply in (MSG-8). */
  readonly replyTo?: number | undefined;
  readonly mailCard?: Message["mailCard"];
};

/** How far an eventually consistent read of a row may lie behind, with all that clocks may differ. */
const LAG_MS = 10_000;

/** How often somebody may be taken out of the channel between a decision and its write. */
const ATTEMPTS = 4;

/** MSG-4, GST-9; whether the channel is archived is a condition of the write, not a read before it. */
const mayPostIn = (facts: PermissionFacts) =>
  mayPost({ relation: "none", ...facts, channel: { isArchived: false } });

/** A message in its place; `notInChannel` are those whom its text mentions in vain (MSG-10). */
export type Posted = {
  readonly message: Message;
  readonly isNew: boolean;
  readonly notInChannel: readonly NotInChannel[];
};

const keyOf = ({ organizationId, channelId }: NewMessage) => ({ organizationId, channelId });

type Refused = Exclude<Placed["kind"], "placed" | "fenced">;

/** The message in its place, or why it has none. */
async function place(
  deps: PostDeps,
  input: NewMessage,
  given: { memory: Memory; admitted: Admitted; prepared: Prepared },
): Promise<Extract<Placed, { kind: "placed" }> | Refused> {
  const { memory, admitted, prepared } = given;
  const { draft, along, wide } = prepared;
  const channel = keyOf(input);
  const log = { log: deps.log, now: () => isoTime(deps.now()) };
  let fence = admitted.isByRow ? deps.now() - LAG_MS : Number.MAX_SAFE_INTEGER;
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const placed = await placeMessage(log, channel, draft, { memory, along, wide, grounds: { fence } });
    if (placed.kind === "placed") return placed;
    if (placed.kind !== "fenced") return placed.kind;
    // Somebody was taken out of the channel lately, be it the author: decided anew on what stands there now.
    await admit(deps, { channel, userId: input.userId }, mayPostIn, { isSure: true });
    fence = placed.fencedAt;
  }
  throw new TableBusy();
}

function refuse(refused: Refused, { person, relation }: Admitted, now: number): never {
  if (refused === "no-root") demand(deny("message-deleted", "MSG-8"));
  const standing = standingAt(person, now);
  if (refused === "archived") demand(mayPost({ standing, relation, channel: { isArchived: true } }));
  throw notFound("channel");
}

/** MSG-3: what is refused for something that has changed since is still answered if it had been stored before. */
async function prepare(deps: PostDeps, input: NewMessage, admitted: Admitted): Promise<Prepared | Message> {
  try {
    return await preparePost(deps, input, admitted);
  } catch (refusal) {
    if (!(refusal instanceof Problem)) throw refusal;
    const stored = await findStored(deps.log, keyOf(input), { authorId: input.userId, nonce: input.nonce });
    if (stored === undefined) throw refusal;
    return stored;
  }
}

/**
 * MSG-1…MSG-4, by HTTP and by WebSocket: 2 write units and at most 2 read units, whatever the organization's size. More
 * takes what refers to more: a reply (MSG-8), a mention (MSG-10), a card of a mail (MSG-14).
 */
export async function postMessage(deps: PostDeps, input: NewMessage): Promise<Posted> {
  const channel = keyOf(input);
  const [admitted, memory] = await Promise.all([
    admit(deps, { channel, userId: input.userId }, mayPostIn),
    deps.log.memory(channel, { isConsistent: false }),
  ]);
  demand(checkText(input.text));
  const prepared = await prepare(deps, input, admitted);
  if ("seq" in prepared) return { message: prepared, isNew: false, notInChannel: [] };
  const placed = await place(deps, input, { memory, admitted, prepared });
  if (typeof placed === "string") return refuse(placed, admitted, deps.now());
  const { message, isNew } = placed;
  return { message, isNew, notInChannel: prepared.notInChannel };
}

/** `POST …/channels/{chn}/messages`: 201, or 200 with the stored message when the nonce was known. */
export async function servePost(
  deps: PostDeps,
  { params, person, body }: Request<typeof postMessageRoute>,
): Promise<Answer> {
  const { userId } = person;
  const input = { organizationId: params.org, channelId: params.chn, userId, ...body };
  const posted = await postMessage(deps, input);
  return { status: posted.isNew ? 201 : 200, body: presentPosted(params.chn, posted, userId) };
}
