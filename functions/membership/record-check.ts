import type { IntentFacts } from "../table/intents.ts";
import { keys } from "../table/keys.ts";
import type { Write } from "../table/transaction.ts";
import type { TimeLeft } from "./time-left.ts";

/** Whose channels and groups are made to follow their record. */
export type Aligned = {
  readonly org: string;
  readonly facts: Extract<IntentFacts, { kind: "align" }>;
  readonly isTimeLeft: TimeLeft;
};

/** What a person's record is: a member's, a guest's, or not there. */
export type RecordKind = "member" | "guest" | undefined;

/** The condition that a person's record is still what rows are being made to follow (label `record`). */
export function recordCheck(org: string, userId: string, kind: RecordKind): Write {
  const check = { label: "record", check: keys.member(org, userId) };
  if (kind === undefined) return { ...check, condition: "attribute_not_exists(pk)" };
  return { ...check, condition: "kind = :kind", values: { ":kind": kind } };
}
