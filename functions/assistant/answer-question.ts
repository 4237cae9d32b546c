import type { ChannelKey } from "../table/channel-heads.ts";
import { listMessages, type Message } from "../table/messages.ts";
import type { Table } from "../table/table.ts";
import { askerOf } from "./asker.ts";
import type { Brain, Turn } from "./brain.ts";
import { say } from "./say.ts";
import { isWelcome } from "./welcome-newcomer.ts";

/** A message that somebody wrote to the assistant. */
export type Asked = { readonly channel: ChannelKey; readonly message: Message };

/** Messages around a question that are read: what was said before, and whether it is answered already. */
const BEFORE = 10;
const AFTER = 20;

const nonceOf = ({ messageId }: Message): string => `answer-${messageId}`;

/** The welcome is left out: it names the one who came, whom no brain is told of. */
function turnsBefore(messages: readonly Message[], seq: number): Turn[] {
  return messages
    .filter((message) => message.seq < seq && message.isDeleted !== true && message.text !== "")
    .filter(({ authorKind, nonce }) => authorKind !== "system" && !(authorKind === "bot" && isWelcome(nonce)))
    .map(({ authorKind, text }) => ({ by: authorKind === "bot" ? "assistant" : "person", text }));
}

/**
 * BOT-3: answers what somebody wrote to the assistant, once for the message, however often it is told of. Who asks is
 * looked up as they are now; a question that was deleted meanwhile, and one of somebody who has left, has no answer.
 */
export async function answerQuestion(
  { table, brain }: { readonly table: Table; readonly brain: Brain },
  { channel, message }: Asked,
  budgetMs: number,
): Promise<void> {
  const { seq, authorId } = message;
  const span = { from: Math.max(1, seq - BEFORE), to: seq + AFTER, limit: BEFORE + AFTER + 1 };
  const [present, { messages }] = await Promise.all([
    askerOf(table, { org: channel.organizationId, userId: authorId, now: Date.now() }),
    listMessages(table, channel, { ...span, isNewestFirst: false, isConsistent: true }),
  ]);
  const nonce = nonceOf(message);
  const current = messages.find((one) => one.seq === seq);
  const isAnswered = messages.some((one) => one.authorKind === "bot" && one.nonce === nonce);
  if (present === undefined || current === undefined || current.isDeleted === true || isAnswered) return;
  const history = turnsBefore(messages, seq);
  const text = await brain.answer({ text: current.text, asker: present.asker, history, budgetMs });
  await say(table, channel, { text, nonce });
}
