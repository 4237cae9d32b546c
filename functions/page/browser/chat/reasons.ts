import type { DenialCode, RuleId } from "@vestibule/domain/codes";

/** Some of them: what is none does not compile. */
type Some<All, Chosen extends All> = Chosen;

/** The codes that talking can meet beyond those of the people page. */
type Code = Some<
  DenialCode,
  | "message-empty"
  | "message-too-long"
  | "message-not-text"
  | "message-deleted"
  | "too-many-edits"
  | "not-own-message"
  | "emoji-invalid"
  | "too-many-reactions"
  | "mail-card-not-direct"
  | "unknown-command"
  | "command-arguments"
  | "call-running"
  | "call-over"
  | "not-call-manager"
  | "bot-one-to-one"
  | "status-invalid"
  | "general-channel"
  | "already-in-channel"
  | "through-group"
  | "too-many-people"
  | "shares-no-channel"
>;

type GuestRule = Some<RuleId, "GST-2" | "GST-9" | "GST-10" | "GST-11" | "GST-14" | "GST-15">;

/** Why something is refused in chat, in another language than the service's own (GST-17). */
export type ChatReasons = Readonly<Record<Code | GuestRule, string>>;
