import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { LocalStack } from "../../infra/local/contracts.ts";
import type { Person } from "./person.ts";
import { type Answer, send } from "./send.ts";

/** The addresses of one bulk request, and its `Idempotency-Key`. */
export type Batch = { readonly key: string; readonly emails: readonly string[] };

/** Addresses for so many bulk requests, no two alike. */
export function batchesOf(name: string, requests: number, perRequest: number): Batch[] {
  return Array.from({ length: requests }, (_, request) => ({
    key: `${name}-${request}`,
    emails: Array.from({ length: perRequest }, (_, index) => `${name}.${request}.${index}@example.com`),
  }));
}

const answerSchema = z.object({
  results: z.array(z.object({ index: z.number(), email: z.string(), status: z.string() })),
});

export type InviteResult = z.infer<typeof answerSchema>["results"][number];

/** What became of one request: its results, or the refusal of all of it. */
export type MassAnswer = { readonly status: number; readonly results: readonly InviteResult[] };

/**
 * Sends all bulk requests at once, each repeated under its `Idempotency-Key` while the service is busy, as clients do;
 * addresses that are answered `busy` are asked for again.
 */
export async function inviteAllAtOnce(
  sender: Person,
  org: string,
  batches: readonly Batch[],
  terms: object = {},
): Promise<MassAnswer[]> {
  return await Promise.all(batches.map((batch) => inviteBatch(sender, org, batch, terms)));
}

/** A request that is still running, or could not finish, is to be asked again under its key (`api.md`). */
function isUnfinished({ status, body }: Answer): boolean {
  if (status === 503) return true;
  if (status === 409) return (body as { code?: string }).code === "idempotency-in-progress";
  return status === 200 && answerSchema.parse(body).results.some((result) => result.status === "busy");
}

const MOST_ATTEMPTS = 60;
const RETRY_MS = 1_000;

async function inviteBatch(
  sender: Person,
  org: string,
  { key, emails }: Batch,
  terms: object,
): Promise<MassAnswer> {
  const body = { kind: "member", invitees: emails.map((email) => ({ email })), ...terms };
  const headers = { "idempotency-key": key };
  for (let count = 1; ; count += 1) {
    const answer = await sender.send("POST", `/v1/organizations/${org}/invitations`, { headers, body });
    if (isUnfinished(answer) && count < MOST_ATTEMPTS) await sleep(RETRY_MS);
    else {
      const results = answer.status === 200 ? answerSchema.parse(answer.body).results : [];
      return { status: answer.status, results };
    }
  }
}

const mailbox = z.object({ items: z.array(z.object({ to: z.string() })) });

/** How many mails each of these addresses has got. */
export async function mailsPerAddress(
  stack: LocalStack,
  batches: readonly Batch[],
): Promise<Map<string, number>> {
  const asked = new Set(batches.flatMap(({ emails }) => emails));
  const { items } = mailbox.parse((await send(stack, "GET", "/local/mailbox")).body);
  const counts = new Map<string, number>();
  for (const { to } of items) if (asked.has(to)) counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
}
