import { CHAT_ROLES, MAIL_STATES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { newId } from "../shell/ids.ts";
import { keys } from "./keys.ts";
import { GIVEN_UP_MS, LEFT_MS, updateMail } from "./mail-claims.ts";
import { rightsSchema } from "./members.ts";
import { getItem, getItems, queryIndex } from "./read.ts";
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
 * table's stream takes it to the mailer, as it does an invitation's (INV-12); until it is sent it is in the index by the
 * time at which it was queued, so that one the stream has given up is found.
 */
const noticeItem = z.object({
  organizationId: z.string(),
  noticeId: z.string(),
  /** To whom: their address and language are read when it is sent. */
  userId: z.string(),
  actor: z.object({ userId: z.string(), name: z.string() }),
  facts: noticeFacts,
  mail: z.object({ state: z.enum(MAIL_STATES), leaseUntil: z.number().optional() }),
  gsi1sk: z.string().optional(),
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
      ...keys.noticeIndex(notice.organizationId, noticeId, now),
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
    expression: "SET mail.#state = :state REMOVE mail.leaseUntil, gsi1pk, gsi1sk",
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

/** One that another version of this code has left, and this one cannot read, holds up none of the others. */
const anyNotice = z.union([noticeItem, z.unknown().transform(() => undefined)]);

/** Notices that are looked at by one sweep; the next goes on, since those that are queued again go behind the others. */
const AT_ONCE = 100;

/**
 * The notices that the stream has given up: nobody has sent them for over an hour, and nobody is at it. A read unit each.
 */
export async function noticesGivenUp(table: Table, now: number): Promise<Notice[]> {
  const found = await queryIndex(table, {
    partition: keys.waitingNotices(),
    upTo: `${isoTime(now - GIVEN_UP_MS)}~`,
    limit: AT_ONCE,
  });
  const notices = (await getItems(table, found.keys, anyNotice)).filter((notice) => notice !== undefined);
  return notices.filter(
    ({ mail, expiresAt }) => (mail.leaseUntil ?? 0) <= now - LEFT_MS && expiresAt * 1_000 > now,
  );
}

/** Queues a notice again that was given up, if it is still as it was read: the write is a record of the stream. */
export async function queueNoticeAgain(table: Table, notice: Notice, now: number): Promise<boolean> {
  const { organizationId: org, noticeId, mail, gsi1sk = "" } = notice;
  return await updateMail(table, keys.notice(org, noticeId), {
    expression: "SET mail.#state = :queued, gsi1sk = :behind REMOVE mail.leaseUntil",
    condition: `gsi1sk = :before AND mail.#state = :was AND ${
      mail.leaseUntil === undefined ? "attribute_not_exists(mail.leaseUntil)" : "mail.leaseUntil = :lease"
    }`,
    values: {
      ":queued": "queued",
      ":behind": keys.noticeIndex(org, noticeId, now).gsi1sk,
      ":before": gsi1sk,
      ":was": mail.state,
      ...(mail.leaseUntil === undefined ? {} : { ":lease": mail.leaseUntil }),
    },
  });
}
