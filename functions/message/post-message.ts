import type { PermissionFacts } from "@vestibule/domain/permissions";
import { checkText, mayPost } from "@vestibule/domain/posting";
import { presentMessage } from "../contract/message.ts";
import { newId } from "../shell/ids.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { fullName } from "../table/members.ts";
import type { Memory } from "../table/message-nonces.ts";
import type { Message } from "../table/messages.ts";
import { standingAt } from "../table/person-records.ts";
import { isoTime } from "../table/table.ts";
import { TableBusy } from "../table/transaction.ts";
import { type Admitted, admit, type PlaceDeps } from "./channel-relation.ts";
import type { postMessageRoute } from "./contract.ts";
import type { MessageLog } from "./message-log.ts";
import { type Draft, placeMessage } from "./place-message.ts";

export type PostDeps = PlaceDeps & { readonly log: MessageLog };

export type NewMessage = {
  readonly organizationId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly text: string;
  readonly nonce: string;
};

/** How far an eventually consistent read of a row may lie behind, with all that clocks may differ. */
const LAG_MS = 10_000;

/** How often somebody may be taken out of the channel between a decision and its write. */
const ATTEMPTS = 4;

/** MSG-4, GST-9; whether the channel is archived is a condition of the write, not a read before it. */
const mayPostIn = (facts: PermissionFacts) =>
  mayPost({ relation: "none", ...facts, channel: { isArchived: false } });

type Posted = { readonly message: Message; readonly isNew: boolean };

/** The message in its place, or why it has none. */
async function place(
  deps: PostDeps,
  { input, memory, admitted }: { input: NewMessage; memory: Memory; admitted: Admitted },
): Promise<Posted | "archived" | "no-channel"> {
  const { organizationId, channelId, userId, text, nonce } = input;
  const channel = { organizationId, channelId };
  const { person, isByRow } = admitted;
  const now = deps.now();
  const draft: Draft = {
    messageId: newId("message", now),
    authorKind: person.kind,
    authorId: userId,
    authorName: fullName(person) || person.handle,
    text,
    nonce,
  };
  let fence = isByRow ? now - LAG_MS : Number.MAX_SAFE_INTEGER;
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const log = { log: deps.log, now: () => isoTime(deps.now()) };
    const placed = await placeMessage(log, channel, draft, { memory, grounds: { fence } });
    if (placed.kind === "placed") return placed;
    if (placed.kind !== "fenced") return placed.kind;
    // Somebody was taken out of the channel lately, be it the author: decided anew on what stands there now.
    await admit(deps, { channel, userId }, mayPostIn, { isSure: true });
    fence = placed.fencedAt;
  }
  throw new TableBusy();
}

/** MSG-1…MSG-4, by HTTP and by WebSocket: 2 write units and at most 2 read units, whatever the organization's size. */
export async function postMessage(deps: PostDeps, input: NewMessage): Promise<Posted> {
  const { organizationId, channelId, userId } = input;
  const channel = { organizationId, channelId };
  const [admitted, memory] = await Promise.all([
    admit(deps, { channel, userId }, mayPostIn),
    deps.log.memory(channel, { isConsistent: false }),
  ]);
  demand(checkText(input.text));
  const placed = await place(deps, { input, memory, admitted });
  if (placed === "no-channel") throw notFound("channel");
  if (placed !== "archived") return placed;
  const { person, relation } = admitted;
  demand(mayPost({ standing: standingAt(person, deps.now()), relation, channel: { isArchived: true } }));
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
