import { deny, explain } from "@vestibule/domain/decision";
import { mayGrant } from "@vestibule/domain/grants";
import { isEnded } from "@vestibule/domain/guests";
import { permit } from "@vestibule/domain/permissions";
import { demandMailOfGroups } from "../membership/mail-of-groups.ts";
import { notFound, problemOf } from "../shell/problem.ts";
import { type Actor, demand } from "../shell/standing.ts";
import type { InvitationChanges } from "../table/edit-invitation.ts";
import { getGroups } from "../table/groups.ts";
import type { Invitation } from "../table/invitations.ts";
import type { Table } from "../table/table.ts";
import { type GivenChannel, loadGivenChannels, mayGiveChannels, mayGiveToGuests } from "./given-channels.ts";
import type { Managed } from "./load-managed.ts";

type Changed = Readonly<InvitationChanges>;

/** CH-5: a channel that stays is one that the editor may know of; they learn nothing of the others by naming them. */
function demandKnown({ standing }: Actor, kept: readonly GivenChannel[]): void {
  for (const { channelId, isKnown, relation, type } of kept) {
    const isInSight = permit("channel.read", { standing, relation, channelType: type }).allowed;
    if (!isKnown || !isInSight) throw problemOf(deny("not-found", "CH-5", { channelId }));
  }
}

async function demandChannels(
  table: Table,
  { who, invitation }: Managed,
  channelIds: readonly string[],
  now: number,
): Promise<void> {
  const channels = await loadGivenChannels(table, who.person, channelIds);
  const isKept = ({ channelId }: GivenChannel): boolean => invitation.channelIds.includes(channelId);
  demandKnown(who, channels.filter(isKept));
  const added = channels.filter((channel) => !isKept(channel));
  if (invitation.kind !== "guest") return demand(mayGiveChannels(who.standing, added));
  // GINV-2: a guest has one at least.
  if (added.length > 0 || channels.length === 0) demand(mayGiveToGuests(who.standing, added, undefined, now));
}

/** SHR-2: what is added may have access to mail addresses, which is not any editor's to give. */
async function demandGroups(
  table: Table,
  { who, invitation }: Managed,
  groupIds: readonly string[],
): Promise<void> {
  const { organizationId: org } = invitation;
  const before = invitation.kind === "member" ? invitation.groupIds : [];
  const groups = await getGroups(table, org, groupIds);
  const missing = groupIds.find((groupId) => !groups.has(groupId));
  if (missing !== undefined) throw notFound("group", { groupId: missing });
  const added = groupIds.filter((groupId) => !before.includes(groupId));
  await demandMailOfGroups(table, who.standing, org, added);
}

function demandRoles({ standing }: Actor, invitation: Invitation, changed: Changed): void {
  const isOfRoles = "orgRole" in changed || "chatRole" in changed || "rights" in changed;
  if (invitation.kind === "member" && isOfRoles) demand(mayGrant(standing, { ...invitation, ...changed }));
}

/**
 * MINV-1, MINV-8, GINV-2, GINV-10: what of an invitation's grant is changed has to be the editor's to give, like that of a
 * new one; what stays is not looked at again.
 * @throws Problem that names the channel, group or field
 */
export async function demandGrant(
  table: Table,
  managed: Managed,
  changed: Changed,
  now: number,
): Promise<void> {
  const { who, invitation } = managed;
  const { channelIds, groupIds, guestEndsAt } = changed;
  demandRoles(who, invitation, changed);
  if (channelIds !== undefined) await demandChannels(table, managed, channelIds, now);
  if (groupIds !== undefined) await demandGroups(table, managed, groupIds);
  if (isEnded(guestEndsAt ?? null, now)) {
    const errors = [{ path: "guestEndsAt", message: explain("end-in-past") }];
    throw problemOf(deny("end-in-past", "GINV-10", { errors }));
  }
}
