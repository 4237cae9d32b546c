import { expect } from "vitest";
import type { Answered } from "../../../functions/shell/caller.ts";
import { type KillableWorld, MINUTE_MS, SECOND_MS } from "./killable-world.ts";
import { type Blow, type Life, lifeStruckAt, wholeLife } from "./life.ts";

/** How many mails an address may have got in the end: exactly so many, or between two numbers. */
type Mails = number | readonly [least: number, most: number];

/** Something that is asked for, by a function that is struck at one of its writes, and then again. */
export type Attempt = {
  /** What the function does. */
  readonly run: (life: Life) => Promise<Answered | undefined>;
  /** What else may be answered to the repetition of what was done already. */
  readonly alreadyDone?: number;
  /** What happens after the blow, before the repetition, beside the mailer's work. */
  readonly meanwhile?: () => Promise<void>;
  readonly mails?: Readonly<Record<string, Mails>>;
  /** How it stands in the end; `answer` is the last one. */
  readonly check: (answer: Answered) => Promise<void>;
};

/** An act, with new people for each of its attempts. */
export type Act = (w: KillableWorld) => Promise<() => Promise<Attempt>>;

let keysUsed = 0;

/** A key for a request and its repetitions. */
export function idempotencyKey(): Record<string, string> {
  keysUsed += 1;
  return { "idempotency-key": `kill-point-${keysUsed}` };
}

/** The work of a function that answers nobody. */
export async function quietly(work: Promise<unknown>): Promise<undefined> {
  await work;
}

const NOTHING: Answered = { status: 200, headers: {}, body: undefined };
const MOST_REPETITIONS = 4;

/** Repeats what was struck, as clients and streams do: not before a dead function's claims are over, and while busy. */
async function repeat(w: KillableWorld, { run, alreadyDone }: Attempt): Promise<Answered> {
  for (let count = 1; ; count += 1) {
    w.advance(31 * SECOND_MS);
    const answer = (await run(wholeLife(w.table))) ?? NOTHING;
    const isBusy = answer.status === 503 || (answer.body?.summary?.busy ?? 0) > 0;
    if (!isBusy || count === MOST_REPETITIONS) {
      const isRight = answer.status < 300 || answer.status === alreadyDone;
      expect(isRight, `${answer.status} ${JSON.stringify(answer.body)}`).toBe(true);
      return answer;
    }
    await w.finish();
  }
}

function expectMails(w: KillableWorld, mails: Attempt["mails"] = {}): void {
  for (const [email, allowed] of Object.entries(mails)) {
    const [least, most] = typeof allowed === "number" ? [allowed, allowed] : allowed;
    const secrets = w.mailsTo(email).length;
    expect(secrets >= least && secrets <= most, `${secrets} mails to ${email}`).toBe(true);
  }
}

/** Whether an act mails or invites anybody. */
type Rest = { readonly isMailing: boolean };

/** Strikes an act at its write number `at`; repeats it, lets the sweep run, and looks at what there is. */
async function strike(
  w: KillableWorld,
  attempt: Attempt,
  { at, blow, isMailing }: { readonly at: number; readonly blow: Blow } & Rest,
): Promise<boolean> {
  const deliver = async () => (isMailing ? await w.deliver() : undefined);
  const { wasStruck } = await lifeStruckAt(w.table, at, blow).live(async (life) => {
    // A function that is struck and lives on may fail; a mailer's record comes again.
    await attempt.run(life).catch(() => undefined);
  });
  await attempt.meanwhile?.();
  await deliver();
  await repeat(w, attempt);
  await deliver();
  w.advance(2 * MINUTE_MS);
  await w.finish();
  // Once more, when all is done: that changes nothing.
  const answer = await repeat(w, attempt);
  await deliver();
  if (isMailing) expect(await w.waiting()).toEqual([]);
  expectMails(w, attempt.mails);
  await attempt.check(answer);
  if (isMailing) await w.expectSound();
  return wasStruck;
}

/**
 * Strikes an act, in a world of its own, at each of its writes in turn, until there is none left; answers how many there
 * are. What mails nobody and invites nobody is not asked for mails and invitations each time.
 */
export const strikesIn =
  (world: () => Promise<KillableWorld>, rest: Rest = { isMailing: true }) =>
  async (act: Act, blow: Blow): Promise<number> => {
    const w = await world();
    const prepare = await act(w);
    for (let at = 0; ; at += 1) {
      const attempt = await prepare();
      try {
        if (!(await strike(w, attempt, { at, blow, ...rest }))) {
          await w.expectSound();
          await w.expectNoFlaws();
          return at;
        }
      } catch (error) {
        throw new Error(`${blow} at write ${at}`, { cause: error });
      }
    }
  };
