import type { GuestAddressFacts } from "@vestibule/domain/guests";
import { getAddress } from "../table/addresses.ts";
import { getPersonChannels } from "../table/memberships.ts";
import { getOrganization } from "../table/organizations.ts";
import { getPerson } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";

/** What an address that is invited as a guest is, in either kind's slot, and the guest that it leads to, read strongly. */
export async function loadGuestFacts(table: Table, org: string, actorId: string, key: string) {
  const [actor, organization, asMember, asGuest] = await Promise.all([
    getPerson(table, org, actorId),
    getOrganization(table, org),
    getAddress(table, { org, kind: "member", addressKey: key }),
    getAddress(table, { org, kind: "guest", addressKey: key }),
  ]);
  if (organization === undefined) throw new Error("an organization's member without the organization");
  const found = asGuest?.userId === undefined ? undefined : await getPerson(table, org, asGuest.userId);
  const guest = found?.kind === "guest" ? found : undefined;
  return { actor, organization, asMember, asGuest, guest };
}

type Facts = Awaited<ReturnType<typeof loadGuestFacts>>;

/** GINV-6, GINV-7, MINV-7: the address as the rules ask about it; of a guest, with those of these channels they are in. */
export async function guestAddressFacts(
  table: Table,
  { asMember, asGuest, guest }: Facts,
  channelIds: readonly string[],
): Promise<GuestAddressFacts> {
  if (asMember?.userId !== undefined) return { kind: "member" };
  if (asGuest?.invitationId !== undefined) return { kind: "pending", invitationId: asGuest.invitationId };
  if (guest === undefined) return { kind: "free" };
  const rows = await getPersonChannels(table, guest.organizationId, guest.userId, channelIds);
  return { kind: "guest", channelIds: channelIds.filter((id) => rows.get(id)?.kind === "guest") };
}
