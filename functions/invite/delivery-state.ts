import { MAIL_STATE_SHOWN, SHOWN_MAIL_STATES, type ShownMailState } from "@vestibule/domain/vocabulary";
import type { Invitation } from "../table/invitations.ts";

/** Mail states by which invitations are listed; `undelivered` is every one of a mail that did not arrive (INV-11). */
export const DELIVERY_STATES = [...SHOWN_MAIL_STATES, "none", "undelivered"] as const;

const UNDELIVERED: Record<ShownMailState, boolean> = {
  queued: false,
  sent: false,
  failed: true,
  bounced: true,
  complained: true,
  suppressed: true,
};

/** INV-11: whether the mail of an invitation, or that it has none, is in a state. */
export function isInDeliveryState(
  { mail }: Pick<Invitation, "mail">,
  state: (typeof DELIVERY_STATES)[number],
): boolean {
  if (mail === undefined) return state === "none";
  const shown = MAIL_STATE_SHOWN[mail.state];
  return state === "undelivered" ? UNDELIVERED[shown] : shown === state;
}
