import * as z from "zod";

/** A one-time ticket that opens the WebSocket; `url` is ready to connect to. */
export const ticketShape = z.object({ ticket: z.string(), url: z.string(), expiresAt: z.string() });

const TICKET = /^(?<suffix>[0-9a-hjkmnp-tv-z]{26})\.[A-Za-z0-9_-]{43}$/u;

/** The organization that a ticket names, if the text has the form of a ticket. */
export function organizationOfTicket(ticket: string): string | undefined {
  const suffix = TICKET.exec(ticket)?.groups?.["suffix"];
  return suffix === undefined ? undefined : `org_${suffix}`;
}
