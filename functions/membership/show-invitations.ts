import type * as z from "zod";
import { type invitationShape, presentInvitation } from "../contract/invitation.ts";
import type { Actor } from "../shell/standing.ts";
import type { Invitation } from "../table/invitations.ts";
import type { Table } from "../table/table.ts";
import { knownAmong } from "./known-channels.ts";

type Shown = z.infer<typeof invitationShape>;

/** Invitations as somebody sees them who may read them: of their channels, those that the viewer may know of (CH-5). */
export async function showInvitations(
  table: Table,
  viewer: Actor,
  invitations: readonly Invitation[],
  now: number,
): Promise<Shown[]> {
  const known = await knownAmong(
    table,
    viewer,
    invitations.flatMap(({ channelIds }) => channelIds),
  );
  return invitations.map((invitation) => ({
    ...presentInvitation(invitation, now),
    channelIds: invitation.channelIds.filter((channelId) => known.has(channelId)),
  }));
}

/** One invitation as somebody sees it who may read it. */
export async function showInvitation(
  table: Table,
  viewer: Actor,
  invitation: Invitation,
  now: number,
): Promise<Shown | undefined> {
  const [shown] = await showInvitations(table, viewer, [invitation], now);
  return shown;
}
