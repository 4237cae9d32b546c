import type { Standing } from "@vestibule/domain/people";
import { CHAT_ROLES, MEMBER_STATES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { keys } from "./keys.ts";
import { isManaging } from "./managers.ts";
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
  version: z.number().int(),
});

export type Member = z.infer<typeof memberItem>;

/** A person's record in an organization, read strongly (1 read unit). */
export async function getMember(table: Table, org: string, user: string): Promise<Member | undefined> {
  return await getItem(table, keys.member(org, user), memberItem);
}

/** What the domain needs to know of a person in an organization; without a record they are an outsider. */
export function standingOf(member: Member | undefined): Standing {
  if (member === undefined) return { kind: "outsider" };
  const { state, orgRole, chatRole, rights } = member;
  return { kind: "member", state, orgRole, chatRole, rights };
}

/** One page of an organization's members, in the order of their ids. */
export async function listMembers(
  table: Table,
  org: string,
  page: { limit: number; after: string | undefined },
): Promise<Page<Member>> {
  return await queryPage(table, { partition: keys.members(org), ...page }, memberItem);
}

/** The member records of a person in all their organizations (ORG-8). */
export async function membershipsOf(table: Table, user: string): Promise<Member[]> {
  const found = await queryIndex(table, { partition: keys.organizationsOf(user) });
  return await getItems(table, found.keys, memberItem);
}

/** The full name of a member, or of an invitation's sender. */
export function fullName(person: { firstName: string; lastName: string }): string {
  return `${person.firstName} ${person.lastName}`.trim();
}

/** Creates the record of a new member, who must not have one yet; with their entry among the managers if they are one. */
export function newMemberWrites(member: Omit<Member, "version" | "joinedAt">, now: number): Write[] {
  const { organizationId: org, userId: user } = member;
  const writes: Write[] = [
    {
      label: "member",
      put: {
        ...keys.member(org, user),
        ...keys.memberIndex(org, user),
        ...member,
        joinedAt: isoTime(now),
        version: 1,
      },
      condition: "attribute_not_exists(pk)",
    },
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
export function unchangedCheck(label: string, member: Member): Write {
  return {
    label,
    check: keys.member(member.organizationId, member.userId),
    condition: "version = :version",
    values: { ":version": member.version },
  };
}
