import { sumRights } from "@vestibule/domain/shares";
import type * as z from "zod";
import type { holderShape, Source } from "../contract/share.ts";
import { groupsAmong } from "../table/group-people.ts";
import { type GroupShare, listGroupShares } from "../table/group-shares.ts";
import { getGroups } from "../table/groups.ts";
import type { MailAddress } from "../table/mail-addresses.ts";
import { fullName } from "../table/members.ts";
import { getPeople, type PersonRecord } from "../table/person-records.ts";
import { type Holder, isInForce } from "../table/shares.ts";
import type { Table } from "../table/table.ts";

/** The groups that have access and are still there. */
async function groupsInForce(table: Table, address: MailAddress): Promise<GroupShare[]> {
  const shares = await listGroupShares(table, address);
  const ids = shares.map(({ groupId }) => groupId);
  const groups = await getGroups(table, address.organizationId, ids);
  return shares.filter(({ groupId }) => groups.has(groupId));
}

/** What somebody has through groups; only active members are in any (SHR-8). */
async function groupSources(
  table: Table,
  shares: readonly GroupShare[],
  record: PersonRecord | undefined,
): Promise<Source[]> {
  if (shares.length === 0 || record?.kind !== "member" || record.state !== "active") return [];
  const ids = shares.map(({ groupId }) => groupId);
  const theirs = await groupsAmong(table, record.organizationId, record.userId, ids);
  return shares
    .filter(({ groupId }) => theirs.has(groupId))
    .map(({ groupId, rights }) => ({ kind: "group", groupId, rights }));
}

/**
 * SHR-6, SHR-8: people with access of their own that is in force, with the rights of all sources. A member is called as
 * the organization knows them, an outsider as they were when they came to it.
 */
export async function presentHolders(
  table: Table,
  address: MailAddress,
  holders: readonly Holder[],
): Promise<Map<string, z.infer<typeof holderShape>>> {
  if (holders.length === 0) return new Map();
  const ids = holders.map(({ userId }) => userId);
  const [records, shares] = await Promise.all([
    getPeople(table, address.organizationId, ids),
    groupsInForce(table, address),
  ]);
  const shown = await Promise.all(
    holders.map(async (holder) => {
      const { userId, rights, createdAt } = holder;
      const record = records.get(userId);
      if (!isInForce(holder, record)) return [];
      const own: Source = { kind: "own", rights };
      const sources = [own, ...(await groupSources(table, shares, record))];
      const { email } = record ?? holder;
      const name = fullName(record ?? holder) || email;
      const kind = "holder" as const;
      return [{ kind, userId, name, email, rights: sumRights(sources), sources, since: createdAt }];
    }),
  );
  return new Map(shown.flat().map((holder) => [holder.userId, holder]));
}
