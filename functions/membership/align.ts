import { getPerson } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { joinChannels, joinGroups } from "./align-joins.ts";
import { recountGuest } from "./align-recount.ts";
import {
  alignRows,
  becomeGuestWrites,
  becomeMemberWrites,
  enterGeneral,
  leaveAllWrites,
} from "./align-rows.ts";
import { endMemberShares } from "./end-member-shares.ts";
import { forgetOwnRows } from "./forget-own-rows.ts";
import { leaveGroups } from "./leave-groups.ts";
import type { Aligned } from "./record-check.ts";

/**
 * Makes a person's channels and groups follow their record as it is now: whoever has none is in none (ORG-10); a guest
 * has a guest's rows alone (GINV-11); a member has a member's, and joins what they were given (MINV-5, CH-2). Each
 * transaction checks the record it goes by. Begun again, it passes over what follows the record already.
 */
export async function align(table: Table, aligned: Aligned): Promise<void> {
  const { org, facts } = aligned;
  const person = await getPerson(table, org, facts.userId);
  switch (person?.kind) {
    case undefined:
      return await leaveEverything(table, aligned);
    case "guest":
      return await becomeGuest(table, aligned);
    case "member":
      await alignRows(table, aligned, { kind: "member", isAmiss: isGuestRow, writesOf: becomeMemberWrites });
      if (person.state === "deactivated") return;
      await joinChannels(table, aligned, person);
      return await joinGroups(table, aligned, person);
  }
}

type Kinded = { readonly kind: "member" | "guest"; readonly channelId: string };

const isGuestRow = ({ kind }: Kinded): boolean => kind === "guest";
const isMemberRow = ({ kind }: Kinded): boolean => kind === "member";

async function leaveEverything(table: Table, aligned: Aligned): Promise<void> {
  await leaveGroups(table, aligned, undefined);
  await alignRows(table, aligned, { kind: undefined, isAmiss: () => true, writesOf: leaveAllWrites });
  await forgetOwnRows(table, aligned);
  await endMemberShares(table, aligned);
}

/** GINV-11: what is kept is moved first, so that leaving the groups does not end it. */
async function becomeGuest(table: Table, aligned: Aligned): Promise<void> {
  const { keep = [] } = aligned.facts;
  const isKept = (row: Kinded): boolean => isMemberRow(row) && keep.includes(row.channelId);
  await alignRows(table, aligned, { kind: "guest", isAmiss: isKept, writesOf: becomeGuestWrites });
  await enterGeneral(table, aligned);
  await leaveGroups(table, aligned, "guest");
  await alignRows(table, aligned, { kind: "guest", isAmiss: isMemberRow, writesOf: leaveAllWrites });
  if (aligned.facts.keep !== undefined && (await recountGuest(table, aligned)) === "ended")
    return await leaveEverything(table, aligned);
  await endMemberShares(table, aligned);
}
