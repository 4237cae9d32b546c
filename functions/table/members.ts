import type { Standing } from "@vestibule/domain/people";
import { CHAT_ROLES, MEMBER_STATES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { directoryWrite } from "./directory.ts";
import { keys } from "./keys.ts";
import { isManaging } from "./managers.ts";
import { handleWrites } from "./person-handles.ts";
import { getItem, getItems, type Page, queryIndex, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

export const rightsSchema = z.object({
  suite: z.boolean(),
  chat: z.boolean(),
  mail: z.boolean(),
  accounting: z.boolean(),
});

/** A member's record: `O#<org>#MEMBERS` / `USER#<usr>`. */
export const memberItem = z.object({
  kind: z.literal("member"),
  organizationId: z.string(),
  userId: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  handle: z.string(),
  orgRole: z.enum(ORG_ROLES),
  chatRole: z.enum(CHAT_ROLES),
  rights: rightsSchema,
  state: z.enum(MEMBER_STATES),
  joinedAt: z.string(),
  /** The slots of the addresses that are this member's: the one invited and, if it is another, the one signed in with. */
  addressKeys: z.array(z.string()),
  /** They came by an invitation, so that the assistant welcomes them when their record begins (INV-17). */
  isNewcomer: z.boolean().optional(),
  version: z.number().int(),
});

export type Member = z.infer<typeof memberItem>;

/** Under the same key a guest's record may lie (`guests.ts`), which is nobody's membership. */
const memberOrGuest = z.union([memberItem, z.object({ kind: z.literal("guest") })]);

function ifMember(record: z.infer<typeof memberOrGuest> | undefined): Member | undefined {
  return record?.kind === "member" ? record : undefined;
}

/** A member's record in an organization, read strongly (1 read unit); a guest has none. */
export async function getMember(table: Table, org: string, user: string): Promise<Member | undefined> {
  return ifMember(await getItem(table, keys.member(org, user), memberOrGuest));
}

/** What the domain needs to know of a person in an organization; without a record they are an outsider. */
export function standingOf(member: Member | undefined): Standing {
  if (member === undefined) return { kind: "outsider" };
  const { state, orgRole, chatRole, rights } = member;
  return { kind: "member", state, orgRole, chatRole, rights };
}

/** Guests' records lie among the members'; a list looks past this many pages of them at most. */
const MOST_PAGES = 8;

/** One page of an organization's members, in the order of their ids; shorter where it is all guests. */
export async function listMembers(
  table: Table,
  org: string,
  page: { limit: number; after: string | undefined },
): Promise<Page<Member>> {
  const items: Member[] = [];
  let { after } = page;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const limit = page.limit - items.length;
    const read = await queryPage(table, { partition: keys.members(org), limit, after }, memberOrGuest);
    items.push(...read.items.flatMap((record) => ifMember(record) ?? []));
    after = read.after;
    if (after === undefined || items.length >= page.limit) break;
  }
  return { items, after };
}

/** The member records of a person in all their organizations (ORG-8). */
export async function membershipsOf(table: Table, user: string): Promise<Member[]> {
  const found = await queryIndex(table, { partition: keys.organizationsOf(user) });
  const records = await getItems(table, found.keys, memberOrGuest);
  return records.flatMap((record) => ifMember(record) ?? []);
}

/** The full name of a member, or of an invitation's sender. */
export function fullName(person: { firstName: string; lastName: string }): string {
  return `${person.firstName} ${person.lastName}`.trim();
}

/** A member before they have a record. */
export type NewMember = Omit<Member, "kind" | "version" | "joinedAt">;

/**
 * Creates the record of a new member, who must not have one yet, or takes the place of the guest's record they had
 * (MINV-6); with their entries in the directory (DIR-1) and, if they are one, among the managers.
 */
export function newMemberWrites(
  member: NewMember,
  now: number,
  takesThePlaceOf?: { version: number },
): Write[] {
  const { organizationId: org, userId: user } = member;
  const record = {
    ...keys.member(org, user),
    ...keys.memberIndex(org, user),
    kind: "member",
    ...member,
    joinedAt: isoTime(now),
    version: (takesThePlaceOf?.version ?? 0) + 1,
  };
  const writes: Write[] = [
    takesThePlaceOf === undefined
      ? { label: "member", put: record, condition: "attribute_not_exists(pk)" }
      : {
          label: "member",
          put: record,
          condition: "version = :version AND kind = :guest",
          values: { ":version": takesThePlaceOf.version, ":guest": "guest" },
        },
    directoryWrite("member", member),
    ...handleWrites(member),
  ];
  return isManaging(member) ? [...writes, { label: "manager", put: { ...keys.manager(org, user) } }] : writes;
}

/** The handle proposed for a new member: from the address's local part, made distinct by the person's id. */
export function handleFor(email: string, userId: string): string {
  const local = email.slice(0, email.lastIndexOf("@")).toLowerCase();
  const base = local
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9._-]+/gu, "")
    .slice(0, 40);
  return `${base || "member"}-${userId.slice(-4)}`;
}

/**
 * The condition that somebody's record is still the one that was decided on (label `actor`): a right withdrawn at the
 * same time as it is used makes the write fail, and the decision is taken anew.
 */
export function unchangedCheck(
  label: string,
  member: { organizationId: string; userId: string; version: number },
): Write {
  return {
    label,
    check: keys.member(member.organizationId, member.userId),
    condition: "version = :version",
    values: { ":version": member.version },
  };
}
