import { isHolding } from "@vestibule/domain/shares";
import { SHARE_RIGHTS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { leaveAddressWrite, type Slot } from "./addresses.ts";
import { keys } from "./keys.ts";
import type { MailAddressKey } from "./mail-addresses.ts";
import { standingOf } from "./members.ts";
import type { PersonRecord } from "./person-records.ts";
import { getItem, getItems, queryIndex } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

export const shareRightsSchema = z.array(z.enum(SHARE_RIGHTS));

/** How somebody came to a share: as a member, at once, or by accepting an invitation (SHR-4). */
const HOLDER_WAYS = ["member", "invitation"] as const;

/** What a share is attached to that is in nobody's organization (SHR-7). */
export const PERSONAL = "personal";

/**
 * A person's own access to a mail address: `O#<org>#MAIL-ADDRESS#<adr>#HOLDERS` / `USER#<usr>`. The index lists it by the
 * person, who may be no member of the organization.
 */
export const holderItem = z.object({
  kind: z.literal("holder"),
  organizationId: z.string(),
  addressId: z.string(),
  userId: z.string(),
  /** As they were when they came to it: outsiders have no record here. */
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  rights: shareRightsSchema,
  via: z.enum(HOLDER_WAYS),
  /** `joinedAt` of the membership that a member's share goes with: it ends with that, and no later one revives it. */
  memberSince: z.string().optional(),
  /** The organization that the person attached it to, or `personal` (SHR-7). */
  attachedTo: z.string(),
  invitationId: z.string().optional(),
  /** The slots of addresses that are theirs by the acceptance (`addresses.ts`); freed when the access ends. */
  addressKeys: z.array(z.string()),
  grantedBy: z.string(),
  /** What the request's repetition with its `Idempotency-Key` finds it by. */
  plannedSuffix: z.string().optional(),
  createdAt: z.string(),
  version: z.number().int(),
});

export type Holder = z.infer<typeof holderItem>;

/** The slot of an invitation to a mail address: of the invited address, or of the invitation if it is for no address. */
export function shareSlot({ organizationId, addressId }: MailAddressKey, key: string): Slot {
  return { org: organizationId, kind: "share", addressKey: `${addressId}#${key}` };
}

/**
 * Whether a share is in force: one by invitation always, a member's while they are that active member. What a membership
 * has left behind counts for nothing, even before it is cleared away.
 * @param record of the holder in the organization of the mail address
 */
export function isInForce(holder: Holder, record: PersonRecord | undefined): boolean {
  const member = record?.kind === "member" ? record : undefined;
  if (!isHolding({ via: holder.via, standing: standingOf(member) })) return false;
  return holder.via === "invitation" || member?.joinedAt === holder.memberSince;
}

/** Somebody's own access to a mail address as it is stored, read strongly; `isInForce` says whether it counts. */
export async function getHolder(
  table: Table,
  { organizationId: org, addressId }: MailAddressKey,
  userId: string,
): Promise<Holder | undefined> {
  return await getItem(table, keys.holder(org, addressId, userId), holderItem);
}

/** The shares that somebody has of their own, in all organizations. */
export async function sharesOf(table: Table, userId: string): Promise<Holder[]> {
  const found = await queryIndex(table, { partition: keys.sharesOf(userId) });
  return await getItems(table, found.keys, holderItem);
}

/**
 * Gives somebody access to a mail address (label `holder`), which they must not have (SHR-8). `leftBehind` is what is
 * stored of an earlier membership's, which is not in force and is written over.
 */
export function holderWrite(holder: Holder, leftBehind?: Holder): Write {
  const { organizationId: org, addressId, userId } = holder;
  const put = {
    ...keys.holder(org, addressId, userId),
    ...keys.holderIndex(org, addressId, userId),
    ...holder,
  };
  if (leftBehind === undefined) return { label: "holder", put, condition: "attribute_not_exists(pk)" };
  return {
    label: "holder",
    put: { ...put, version: leftBehind.version + 1 },
    condition: "via = :member AND version = :version",
    values: { ":member": "member", ":version": leftBehind.version },
  };
}

/** Narrows or widens what somebody may do with the mail address, on what was read (label `holder`, SHR-5). */
export function changeHolderWrite(holder: Holder, rights: Holder["rights"]): Write {
  const { organizationId: org, addressId, userId, version } = holder;
  return {
    label: "holder",
    update: keys.holder(org, addressId, userId),
    expression: "SET rights = :rights, version = :next",
    condition: "version = :version",
    values: { ":rights": rights, ":version": version, ":next": version + 1 },
  };
}

/** Ends somebody's own access, as it was read, and frees the addresses that were theirs by it (label `holder`). */
export function removeHolderWrites(holder: Holder): Write[] {
  const { organizationId: org, addressId, userId, version, addressKeys } = holder;
  return [
    {
      label: "holder",
      remove: keys.holder(org, addressId, userId),
      condition: "version = :version",
      values: { ":version": version },
    },
    ...addressKeys.map((addressKey, index) => ({
      ...leaveAddressWrite({ org, kind: "share", addressKey }, userId),
      label: `address ${index + 1}`,
    })),
  ];
}
