import { guestPreviewState } from "@vestibule/domain/guests";
import { overDenial, previewState } from "@vestibule/domain/invitations";
import type { InvitationState } from "@vestibule/domain/vocabulary";
import { Problem } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { getChannels } from "../table/channels.ts";
import { factsOf, type Invitation, memberFactsOf } from "../table/invitations.ts";
import { standingOf } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import type { previewRoute } from "./contract.ts";
import { type Found, loadBySecret, refusedHolder } from "./load-invitation.ts";

/** GINV-3, GINV-8: the channels that it leads to, as long as they are there. */
async function channelsOf(table: Table, { organizationId, channelIds }: Invitation) {
  if (channelIds.length === 0) return {};
  const found = await getChannels(table, organizationId, channelIds);
  const channels = channelIds.flatMap((channelId) => found.get(channelId) ?? []);
  const open = channels.filter(({ archivedAt }) => archivedAt === undefined);
  return { channels: open.map(({ channelId, name }) => ({ id: channelId, name })) };
}

function grantOf(invitation: Invitation) {
  if (invitation.kind === "member") return { orgRole: invitation.orgRole, chatRole: invitation.chatRole };
  const { guestEndsAt } = invitation;
  return guestEndsAt === undefined ? {} : { guestEndsAt: new Date(guestEndsAt).toISOString() };
}

function describe({ invitation, organization }: Found) {
  const { kind, email, firstName, lastName, message, strict, endsAt } = invitation;
  return {
    kind,
    organization: { name: organization.name },
    invitedBy: { name: invitation.invitedBy.name },
    email,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...grantOf(invitation),
    ...(message === undefined ? {} : { message }),
    expiresAt: new Date(endsAt).toISOString(),
    requires: {
      profile: true,
      terms: organization.settings.termsVersion,
      phone: false,
      mfa: false,
      strict,
    },
  };
}

function stateOf({ invitation, sender }: Found, now: number): InvitationState {
  const senderStanding = standingOf(sender);
  return invitation.kind === "guest"
    ? guestPreviewState({ invitation: factsOf(invitation), senderStanding, now })
    : previewState({ invitation: memberFactsOf(invitation), senderStanding, now });
}

/** INV-4, INV-15: what the holder of a link is invited to, or what became of it. Reads only, so mail scanners change nothing. */
export async function previewInvitation(
  table: Table,
  { body, now }: Request<typeof previewRoute>,
): Promise<Answer> {
  const found = await loadBySecret(table, body.token);
  const state = stateOf(found, now);
  const over = overDenial(state);
  if (over === null) {
    const channels = await channelsOf(table, found.invitation);
    return { status: 200, body: { state, ...describe(found), ...channels } };
  }
  const { status, code, detail, rule, title, data } = refusedHolder(found, over);
  throw new Problem(status, code, detail, {
    rule,
    title,
    data: { ...describe(found), ...data, state },
  });
}
