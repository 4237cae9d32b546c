import { request } from "../request.ts";

/** A mail as the local mailbox keeps it. */
export type Mail = {
  id: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  at: string;
};

/** What the local stack has measured since its start, or since the last reset. */
export type Reading = {
  units: { functionName: string; operation: string; readUnits: number; writeUnits: number; calls: number }[];
  totals: { readUnits: number; writeUnits: number };
  socketMessages: number;
  invocations: { functionName: string; count: number; cold: number; ms: number }[];
  mails: number;
};

export type SignedIn = { token: string; sub: string; userId: string };

/** The local stack's own surface: sign-in without a page, the mailbox, the meter. */
export function localStack(baseUrl: string) {
  const connection = { baseUrl };
  return {
    signIn: (email: string, name: string, mfa = false) =>
      request<SignedIn>(connection, "POST", "/local/tokens", { body: { email, name, mfa } }),
    /** The stack's own time, which only moves on. */
    moveClock: (advanceSeconds: number) =>
      request<{ now: string }>(connection, "POST", "/local/clock", { body: { advanceSeconds } }),
    mailsTo: (to: string) =>
      request<{ items: Mail[] }>(connection, "GET", "/local/mailbox", { query: { to } }).then(
        ({ items }) => items,
      ),
    readMeter: () => request<Reading>(connection, "GET", "/local/meter"),
  };
}

export type LocalStack = ReturnType<typeof localStack>;
