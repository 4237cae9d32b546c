import type { MessageLog } from "../../../functions/message/message-log.ts";
import type { Head } from "../../../functions/table/channel-heads.ts";
import { forgettable, memoryOf, WINDOW } from "../../../functions/table/message-nonces.ts";
import type { Message } from "../../../functions/table/messages.ts";

type Options = {
  /** Before every access, so that a test decides who goes first. */
  readonly turn?: (what: string) => Promise<void>;
  /** How many of the newest blocks an eventually consistent read may miss. */
  readonly staleBlocks?: () => number;
};

/** One channel in memory with the conditions that the table has; the rest of the engine is the code under test. */
export function memoryLog(options: Options = {}) {
  const { turn = async () => undefined, staleBlocks = () => 0 } = options;
  const head: {
    seq: number;
    nonces: Map<string, number>;
    archivedAt?: string;
    fencedAt?: number;
    deletedTo?: number;
    wide: Record<string, number>;
  } = {
    seq: 0,
    nonces: new Map(),
    wide: {},
  };
  const blocks = new Map<number, Uint8Array>();
  const messages = new Map<number, Message>();
  let largestHead = 0;
  let refusals = 0;

  const headNow = (): Head => ({ seq: head.seq, nonces: Object.fromEntries(head.nonces) });

  const log: MessageLog = {
    async memory(_channel, { isConsistent }) {
      await turn("memory");
      const missing = isConsistent ? 0 : staleBlocks();
      const seen = [...blocks].sort(([a], [b]) => a - b).slice(0, Math.max(0, blocks.size - missing));
      return memoryOf(new Map(seen), 0);
    },
    async remember(_channel, added) {
      await turn("remember");
      for (const [block, bytes] of added) blocks.set(block, bytes);
    },
    async takeSeq(_channel, hash, memory, { grounds, wide }) {
      await turn("takeSeq");
      const known = head.nonces.get(hash);
      if (known !== undefined) return { kind: "known", seq: known };
      const { fencedAt = 0 } = head;
      if ("fence" in grounds && fencedAt > grounds.fence) return { kind: "fenced", fencedAt };
      if ("fence" in grounds && head.archivedAt !== undefined) return { kind: "archived" };
      if (head.seq > memory.knownTo + WINDOW) {
        refusals += 1;
        return { kind: "behind", head: headNow() };
      }
      head.seq += 1;
      head.nonces.set(hash, head.seq);
      for (const token of wide?.outdated ?? []) delete head.wide[token];
      for (const token of wide?.tokens(hash) ?? []) head.wide[token] = head.seq;
      for (const forgotten of forgettable(memory)) head.nonces.delete(forgotten);
      largestHead = Math.max(largestHead, head.nonces.size);
      return { kind: "taken", head: headNow() };
    },
    async nonces() {
      return Object.fromEntries(head.nonces);
    },
    async wide() {
      return head.wide;
    },
    async put(_channel, message, along) {
      await turn("put");
      if (messages.has(message.seq)) return "occupied";
      if (along?.root !== undefined && messages.get(along.root.seq)?.isDeleted === true) return "no-root";
      messages.set(message.seq, message);
      return "stored";
    },
    async dropMentions(_channel, { seq }) {
      for (const [token, at] of Object.entries(head.wide)) if (at === seq) delete head.wide[token];
    },
    async get(_channel, seq) {
      await turn("get");
      return messages.get(seq);
    },
    async list(_channel, { from = 1, to = Number.MAX_SAFE_INTEGER, limit, isNewestFirst }) {
      await turn("list");
      const within = [...messages.values()]
        .filter(({ seq }) => seq >= from && seq <= to)
        .sort((a, b) => (isNewestFirst ? b.seq - a.seq : a.seq - b.seq));
      return { messages: within.slice(0, limit), isLast: within.length <= limit };
    },
    async deletedTo() {
      return head.deletedTo ?? 0;
    },
  };
  return {
    log,
    head,
    blocks,
    messages,
    figures: () => ({ largestHead, refusals }),
  };
}
