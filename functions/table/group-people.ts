import * as z from "zod";
import { idIn, keys, PREFIXES } from "./keys.ts";
import { getItem, getItems, type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Puts a person into a group (label `in group`): the group's row of them, and theirs of the group. */
export function enterGroupWrites(org: string, groupId: string, userId: string, now: number): Write[] {
  return [
    {
      label: "in group",
      put: { ...keys.groupPerson(org, groupId, userId), userId, joinedAt: isoTime(now) },
      condition: "attribute_not_exists(pk)",
    },
    { label: "group of person", put: { ...keys.personGroup(org, userId, groupId), groupId } },
  ];
}

/** Takes a person out of a group (label `in group`). */
export function quitGroupWrites(org: string, groupId: string, userId: string): Write[] {
  return [
    {
      label: "in group",
      remove: keys.groupPerson(org, groupId, userId),
      condition: "attribute_exists(pk)",
    },
    { label: "group of person", remove: keys.personGroup(org, userId, groupId) },
  ];
}

/** The condition that somebody is still in a group (label `in group <usr>`). */
export function inGroupCheck(org: string, groupId: string, userId: string): Write {
  return {
    label: `in group ${userId}`,
    check: keys.groupPerson(org, groupId, userId),
    condition: "attribute_exists(pk)",
  };
}

/** The rows of several people of a group, to be taken away once its channels are left. */
export function forgetGroupPeopleWrites(org: string, groupId: string, userIds: readonly string[]): Write[] {
  return userIds.flatMap((userId) => [
    { label: "in group", remove: keys.groupPerson(org, groupId, userId) },
    { label: "group of person", remove: keys.personGroup(org, userId, groupId) },
  ]);
}

const groupPersonItem = z.object({ userId: z.string(), joinedAt: z.string() });

export type GroupPerson = z.infer<typeof groupPersonItem>;

/** One page of a group's people, in the order of their ids. */
export async function listGroupPeople(
  table: Table,
  org: string,
  groupId: string,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<Page<GroupPerson>> {
  return await queryPage(table, { partition: keys.groupPeople(org, groupId), limit, after }, groupPersonItem);
}

/** Somebody's row of a group, if they are in it; read strongly. */
export async function getGroupPerson(
  table: Table,
  org: string,
  groupId: string,
  userId: string,
): Promise<GroupPerson | undefined> {
  return await getItem(table, keys.groupPerson(org, groupId, userId), groupPersonItem);
}

const personGroupItem = z.object({ sk: z.string() });

/** The groups that somebody is in. */
export async function groupsOf(table: Table, org: string, userId: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await queryPage(
      table,
      { partition: keys.person(org, userId), prefix: PREFIXES.group, limit: 1_000, after },
      personGroupItem,
    );
    ids.push(...page.items.map(({ sk }) => idIn(sk)));
    after = page.after;
  } while (after !== undefined);
  return ids;
}

/** Which of several groups somebody is in, read strongly. */
export async function groupsAmong(
  table: Table,
  org: string,
  userId: string,
  groupIds: readonly string[],
): Promise<Set<string>> {
  const rows = await getItems(
    table,
    [...new Set(groupIds)].map((id) => keys.personGroup(org, userId, id)),
    personGroupItem,
  );
  return new Set(rows.map(({ sk }) => idIn(sk)));
}
