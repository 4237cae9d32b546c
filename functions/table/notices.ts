import { CHAT_ROLES, MAIL_STATES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { newId } from "../shell/ids.ts";
import { keys } from "./keys.ts";
import { updateMail } from "./mail-claims.ts";
import { rightsSchema } from "./members.ts";
import { getItem } from "./read.ts";
import { isoTime, type Table, ttlSeconds } from "./table.ts";
import type { Write } from "./transaction.ts";

const placeSchema = z.enum(["member", "guest"]);

/** What is told: a change of somebody's role (ORG-11). */
const noticeFacts = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("org-role"), from: z.enum(ORG_ROLES), to: z.enum(ORG_ROLES) }),
  z.object({ kind: z.literal("chat-role"), from: z.enum(CHAT_ROLES), to: z.enum(CHAT_ROLES) }),
  z.object({ kind: z.literal("rights"), from: rightsSchema, to: rightsSchema }),
  z.object({ kind: z.literal("place"), from: placeSchema, to: placeSchema }),
]);

export type NoticeFacts = z.infer<typeof noticeFacts>;

/**
 * A mail to somebody of the organization, queued by the transaction of what it tells of: `O#<org>#NOTICES` / its id. The
 * table's stream takes it to the mailer, as it does an invitation's (INV-12).
 */
const noticeItem = z.object({
  organizationId: z.string(),
  noticeId: z.string(),
  /** To whom: their address and language are read when it is sent. */
  userId: z.string(),
  actor: z.object({ userId: z.string(), name: z.string() }),
  facts: noticeFacts,
  mail: z.object({ state: z.enum(MAIL_STATES), leaseUntil: z.number().optional() }),
  /** The table's TTL, epoch seconds. */
  expiresAt: z.number(),
});

export type Notice = z.infer<typeof noticeItem>;

/** What is not sent by then is no news any more. */
const KEPT_MS = 7 * 86_400_000;

/** Queues a notice in the transaction of the change that it tells of. */
export function noticeWrite(
  notice: Pick<Notice, "organizationId" | "userId" | "actor" | "facts">,
  now: number,
): Write {
  const noticeId = newId("notice", now);
  return {
    label: "notice",
    put: {
      ...keys.notice(notice.organizationId, noticeId),
      ...notice,
      noticeId,
      mail: { state: "queued" },
      createdAt: isoTime(now),
      expiresAt: ttlSeconds(now + KEPT_MS),
    },
  };
}

/** A notice by its id, read strongly. */
export async function getNotice(table: Table, org: string, id: string): Promise<Notice | undefined> {
  return await getItem(table, keys.notice(org, id), noticeItem);
}

/** A mailer's hold on a notice: nobody else sends it before `leaseUntil` (epoch ms). */
export type NoticeClaim = {
  readonly organizationId: string;
  readonly noticeId: string;
  readonly leaseUntil: number;
};

const keyOf = ({ organizationId, noticeId }: NoticeClaim) => keys.notice(organizationId, noticeId);

/** Claims a notice that is queued, or whose mailer did not come back within its lease; false if it is somebody else's. */
export async function claimNotice(table: Table, claim: NoticeClaim, now: number): Promise<boolean> {
  return await updateMail(table, keyOf(claim), {
    expression: "SET mail.#state = :sending, mail.leaseUntil = :lease",
    condition: "mail.#state = :queued OR (mail.#state = :sending AND mail.leaseUntil <= :now)",
    values: { ":sending": "sending", ":queued": "queued", ":now": now, ":lease": claim.leaseUntil },
  });
}

/** Records what became of a claimed notice; false if the claim is not held any more. */
export async function markNotice(
  table: Table,
  claim: NoticeClaim,
  state: "sent" | "failed",
): Promise<boolean> {
  return await updateMail(table, keyOf(claim), {
    expression: "SET mail.#state = :state REMOVE mail.leaseUntil",
    condition: "mail.#state = :sending AND mail.leaseUntil = :lease",
    values: { ":sending": "sending", ":lease": claim.leaseUntil, ":state": state },
  });
}

/** Gives a claim back from `until` on; `queued` again would be a second record in the stream. */
export async function releaseNotice(table: Table, claim: NoticeClaim, until: number): Promise<boolean> {
  return await updateMail(table, keyOf(claim), {
    expression: "SET mail.leaseUntil = :until",
    condition: "mail.#state = :sending AND mail.leaseUntil = :lease",
    values: { ":sending": "sending", ":lease": claim.leaseUntil, ":until": until },
  });
}
