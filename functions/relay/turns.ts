import { type FanOutDeps, fanOut } from "../realtime/fan-out.ts";
import type { Notice } from "../realtime/notice.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { LargeChannels } from "./large-channels.ts";
import { ofMessage } from "./message-notices.ts";
import type { Heard } from "./stream-event.ts";

export type TurnDeps = FanOutDeps & { readonly large: LargeChannels };

/** A large channel whose new messages this batch tells until none waits; `seqs` are those that waited when it began. */
export type Turn = {
  readonly channel: ChannelKey;
  readonly holder: string;
  readonly seqs: readonly number[];
};

/** So many messages are told at once: some frames for each connection, and a bounded part of memory. */
const AT_ONCE = 200;

/** The relay ends after 150 s, and telling takes up to 60 s: what waits beyond is told when its batch is delivered again. */
const TURN_ENDS_MS = 80_000;

/** So often the turn may change hands while a batch asks for it. */
const ATTEMPTS = 3;

/** The new messages of a batch, by channel. */
function newMessages(heard: readonly Heard[]): Map<string, Heard[]> {
  const added = heard.filter(
    ({ change }) => change.kind === "message" && change.before === undefined && change.after !== undefined,
  );
  return Map.groupBy(added, ({ change }) => ("channelId" in change ? change.channelId : ""));
}

const seqsOf = (news: readonly Heard[]): number[] =>
  news.flatMap(({ change }) => (change.kind === "message" ? (change.after?.seq ?? []) : []));

/** Whether the batch is to tell these messages: in its turn, as nobody else would, or not, as somebody else does. */
async function agreeOn(
  { large }: TurnDeps,
  { channel, holder }: Pick<Turn, "channel" | "holder">,
  news: readonly Heard[],
): Promise<Turn | "alone" | "left"> {
  for (let count = 0; count < ATTEMPTS; count += 1) {
    const waiting = await large.takeTurn(channel, holder);
    if (waiting !== undefined) return { channel, holder, seqs: waiting.slice(0, AT_ONCE) };
    if (await large.leave(channel, seqsOf(news))) return "left";
  }
  return "alone";
}

/**
 * Of a large channel's messages that come at the same time in several batches, one batch tells all: the others leave
 * theirs to it, so that a burst takes few frames and not one after the other. Nothing is lost: a batch that has the turn
 * is not over before everything left to it is told, and if it breaks off, it is delivered again and is the same holder.
 * @returns what the batch is to tell itself, and the turns it has taken
 */
export async function takeTurns(
  deps: TurnDeps,
  organizationId: string,
  heard: readonly Heard[],
): Promise<{ own: readonly Heard[]; turns: readonly Turn[] }> {
  const left = new Set<Heard>();
  const turns: Turn[] = [];
  for (const [channelId, news] of newMessages(heard)) {
    const channel = { organizationId, channelId };
    const [first] = news;
    if (first === undefined || !(await deps.large.isLarge(channel))) continue;
    const agreed = await agreeOn(deps, { channel, holder: first.record.dynamodb.SequenceNumber }, news);
    if (agreed === "left") for (const each of news) left.add(each);
    else if (agreed !== "alone") turns.push(agreed);
  }
  return { own: heard.filter((each) => !left.has(each)), turns };
}

/** What is told of messages that others have left, as they are by now; to whom, is decided when it is sent (MSG-4). */
async function ofLeft(
  { large }: Pick<TurnDeps, "large">,
  { channel, seqs }: Pick<Turn, "channel" | "seqs">,
): Promise<Notice[]> {
  if (seqs.length === 0) return [];
  const messages = await large.messages(channel, seqs);
  return messages.flatMap((after) => ofMessage({ kind: "message", ...channel, before: undefined, after }));
}

/** Tells what was left to this batch meanwhile, as long as there is something. @throws when it takes too long */
async function finishTurn(deps: TurnDeps, { channel, holder }: Turn, startedAt: number): Promise<void> {
  const { large, now } = deps;
  for (;;) {
    const waiting = await large.endTurn(channel, holder);
    if (waiting === undefined) return;
    if (now() - startedAt > TURN_ENDS_MS) throw new Error("a large channel's messages still wait");
    const seqs = waiting.slice(0, AT_ONCE);
    await fanOut(deps, channel.organizationId, await ofLeft(deps, { channel, seqs }));
    await large.told(channel, seqs);
  }
}

/**
 * Tells what waited when the batch began along with its own, by `tellOwn`, so that each attempt gets on; then what came
 * meanwhile. Neither waits for the other to succeed: others have left what they had, and are not held up by what
 * this batch cannot tell.
 * @throws what any of it does
 */
export async function tellInTurn(
  deps: TurnDeps,
  turns: readonly Turn[],
  { startedAt, tellOwn }: { startedAt: number; tellOwn: (left: readonly Notice[]) => Promise<void> },
): Promise<void> {
  async function tellFirst(): Promise<void> {
    const left = await Promise.all(turns.map((turn) => ofLeft(deps, turn)));
    await tellOwn(left.flat());
    for (const { channel, seqs } of turns) if (seqs.length > 0) await deps.large.told(channel, seqs);
  }
  const [first] = await Promise.allSettled([tellFirst()]);
  const finished = await Promise.allSettled(turns.map((turn) => finishTurn(deps, turn, startedAt)));
  for (const outcome of [first, ...finished]) if (outcome.status === "rejected") throw outcome.reason;
}
