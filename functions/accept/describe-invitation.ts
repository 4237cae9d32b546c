import { guestPreviewState } from "@vestibule/domain/guests";
import { previewState } from "@vestibule/domain/invitations";
import { sharePreviewState } from "@vestibule/domain/shares";
import type { InvitationState } from "@vestibule/domain/vocabulary";
import { shownMessage } from "../mail/shown-text.ts";
import { factsOf, type Invitation, memberFactsOf } from "../table/invitations.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import { backersOf, sharerStanding } from "./authority.ts";
import { hostOf, nameShown } from "./host.ts";
import type { Found } from "./load-invitation.ts";

function grantOf(invitation: Invitation) {
  switch (invitation.kind) {
    case "member":
      return { orgRole: invitation.orgRole, chatRole: invitation.chatRole };
    case "guest": {
      const { guestEndsAt } = invitation;
      return guestEndsAt === undefined ? {} : { guestEndsAt: new Date(guestEndsAt).toISOString() };
    }
    case "share":
      return { address: invitation.address, rights: invitation.shareRights };
  }
}

/** INV-16: who invites, to what, until when, and what it takes, in words without links; without an id, and without anybody's quota (INV-15). */
export function describe({ invitation, organization }: Found) {
  const { kind, email, firstName, lastName, strict, endsAt } = invitation;
  const message = shownMessage(invitation.message ?? "");
  return {
    kind,
    organization: hostOf(organization),
    invitedBy: { name: nameShown(invitation.invitedBy.name) },
    email: email === "" ? null : email,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...grantOf(invitation),
    ...(message === "" ? {} : { message }),
    expiresAt: new Date(endsAt).toISOString(),
    requires: {
      profile: true,
      terms: organization.settings.termsVersion,
      phone: kind === "share",
      mfa: kind === "share",
      strict,
    },
  };
}

/** GINV-3, GINV-8: the channels that it leads to, as long as they are there. */
export async function channelsOf(table: Table, { organizationId, channelIds }: Invitation) {
  if (channelIds.length === 0) return {};
  const found = await getChannels(table, organizationId, channelIds);
  const channels = channelIds.flatMap((channelId) => found.get(channelId) ?? []);
  const open = channels.filter(({ archivedAt }) => archivedAt === undefined);
  return { channels: open.map(({ channelId, name }) => ({ id: channelId, name: nameShown(name) })) };
}

/** INV-1, INV-14: the state that an invitee is shown; `revoked` once it rests on nobody's rights any more. */
export function shownState(found: Found, now: number): InvitationState {
  const { invitation } = found;
  switch (invitation.kind) {
    case "member":
      return previewState({ invitation: memberFactsOf(invitation), ...backersOf(found), now });
    case "guest":
      return guestPreviewState({ invitation: factsOf(invitation), ...backersOf(found), now });
    case "share":
      return sharePreviewState({
        invitation: factsOf(invitation),
        senderStanding: sharerStanding(found),
        now,
      });
  }
}
