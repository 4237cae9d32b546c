import { historySince, isHidden } from "../message/history-limit.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { getMessage, listMessages, type Message } from "../table/messages.ts";
import type { Table } from "../table/table.ts";
import { askerOf } from "./asker.ts";
import type { Brain, Turn } from "./brain.ts";
import { say } from "./say.ts";
import { isWelcome } from "./welcome-newcomer.ts";

/** A message that somebody wrote to the assistant. */
export type Asked = { readonly channel: ChannelKey; readonly message: Message };

/** Messages around a question that are read: what was asked lately, and whether it is answered already. */
const BEFORE = 20;
const AFTER = 20;

/** Of those before it, so many are what a brain is told. */
const REMEMBERED = 10;

/** Whoever has asked so many questions within a minute is answered at once, and by the built-in brain. */
const MOST_ASKED = 8;
const ASKED_MS = 60_000;

const nonceOf = ({ messageId }: Message): string => `answer-${messageId}`;

/** Whether somebody asks faster than people do: others' questions are not to wait for theirs, nor an endpoint to be run up. */
function isHurried(messages: readonly Message[], { seq, createdAt }: Message): boolean {
  const since = Date.parse(createdAt) - ASKED_MS;
  const asked = messages.filter(
    (one) => one.seq < seq && one.isForBot === true && Date.parse(one.createdAt) > since,
  );
  return asked.length >= MOST_ASKED;
}

/**
 * What was said in the same place: in the question's thread, its first message included, or outside of all threads. The
 * welcome is left out: it names the one who came, whom no brain is told of. So is what the plan hides (SEAT-7).
 */
function turnsBefore(
  messages: readonly Message[],
  { seq, replyTo }: Message,
  hiddenBefore: number | null,
): Turn[] {
  return messages
    .filter((message) => message.seq >= seq - REMEMBERED || message.seq === replyTo)
    .filter((message) => !isHidden(message, hiddenBefore))
    .filter((message) => message.replyTo === replyTo || message.seq === replyTo)
    .filter((message) => message.seq < seq && message.isDeleted !== true && message.text !== "")
    .filter(({ authorKind, nonce }) => authorKind !== "system" && !(authorKind === "bot" && isWelcome(nonce)))
    .map(({ authorKind, text }) => ({ by: authorKind === "bot" ? "assistant" : "person", text }));
}

/**
 * BOT-3: answers what somebody wrote to the assistant, once for the message, however often it is told of. Who asks is
 * looked up as they are now; a question that was deleted meanwhile, and one of somebody who has left, has no answer. What was
 * asked in a thread is answered there (MSG-8).
 */
export async function answerQuestion(
  { table, brain }: { readonly table: Table; readonly brain: Brain },
  { channel, message }: Asked,
  budgetMs: number,
): Promise<void> {
  const { seq, authorId, replyTo } = message;
  const span = { from: Math.max(1, seq - BEFORE), to: seq + AFTER, limit: BEFORE + AFTER + 1 };
  const { organizationId: org } = channel;
  const now = Date.now();
  const [present, { messages }, root, hiddenBefore] = await Promise.all([
    askerOf(table, { org, userId: authorId, now }),
    listMessages(table, channel, { ...span, isNewestFirst: false, isConsistent: true }),
    replyTo === undefined ? undefined : getMessage(table, channel, replyTo),
    historySince(table, org, now),
  ]);
  const nonce = nonceOf(message);
  const current = messages.find((one) => one.seq === seq);
  const isAnswered = messages.some((one) => one.authorKind === "bot" && one.nonce === nonce);
  const isThreadGone = replyTo !== undefined && (root === undefined || root.isDeleted === true);
  if (
    isThreadGone ||
    present === undefined ||
    current === undefined ||
    current.isDeleted === true ||
    isAnswered
  )
    return;
  const isRootApart = root !== undefined && !messages.some((one) => one.seq === root.seq);
  const history = turnsBefore(isRootApart ? [root, ...messages] : messages, message, hiddenBefore);
  const text = await brain.answer({
    text: current.text,
    asker: present.asker,
    history,
    budgetMs,
    isHurried: isHurried(messages, message),
  });
  await say(table, channel, { text, nonce, root });
}
