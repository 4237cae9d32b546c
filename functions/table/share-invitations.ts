import { type Address, addressItem } from "./addresses.ts";
import { invitationItem, type ShareInvitation } from "./invitations.ts";
import { keys } from "./keys.ts";
import type { MailAddressKey } from "./mail-addresses.ts";
import { getItems, type Page, queryPage } from "./read.ts";
import { shareSlot } from "./shares.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** One page of the slots of a mail address: invited addresses, and those that are a holder's. Read strongly. */
export async function listShareSlots(
  table: Table,
  address: MailAddressKey,
  page: { limit: number; after: string | undefined },
): Promise<Page<Address>> {
  const { org, kind, addressKey } = shareSlot(address, "");
  const prefix = keys.address(org, kind, addressKey).sk;
  return await queryPage(table, { partition: keys.addresses(org), prefix, ...page }, addressItem);
}

/** The invitations of slots that are still pending as stored, in the order of the slots. */
export async function invitationsOfSlots(
  table: Table,
  slots: readonly Address[],
): Promise<ShareInvitation[]> {
  const wanted = slots.flatMap(({ organizationId, invitationId }) =>
    invitationId === undefined ? [] : [keys.invitation(organizationId, invitationId)],
  );
  const found = await getItems(table, wanted, invitationItem);
  const byId = new Map(found.map((invitation) => [invitation.invitationId, invitation]));
  return slots.flatMap(({ invitationId = "" }) => {
    const invitation = byId.get(invitationId);
    return invitation?.kind === "share" && invitation.state === "pending" ? [invitation] : [];
  });
}

/**
 * Narrows or widens what a pending invitation gives (label `invitation <inv>`), on the version that was read. Whoever does
 * so answers for it from then on, if they did not send it (MINV-8, INV-14).
 */
export function changeInvitedRightsWrite(
  invitation: ShareInvitation,
  shareRights: ShareInvitation["shareRights"],
  editorId: string,
  now: number,
): Write {
  const { organizationId: org, invitationId, version, invitedBy } = invitation;
  const isSender = editorId === invitedBy.userId;
  return {
    label: `invitation ${invitationId}`,
    update: keys.invitation(org, invitationId),
    expression: `SET shareRights = :rights, version = :next${isSender ? " REMOVE grantedBy" : ", grantedBy = :editor"}`,
    condition: "version = :version AND #state = :pending AND endsAt > :now",
    names: { "#state": "state" },
    values: {
      ":rights": shareRights,
      ":version": version,
      ":next": version + 1,
      ":pending": "pending",
      ":now": now,
      ...(isSender ? {} : { ":editor": editorId }),
    },
  };
}

/** Frees slots that are no pending invitation's, of a mail address that is gone. */
export function freeShareSlotsWrites(slots: readonly Address[]): Write[] {
  return slots.map(({ organizationId, kind, addressKey }) => ({
    label: "slot",
    remove: keys.address(organizationId, kind, addressKey),
  }));
}
