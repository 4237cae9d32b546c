import type { Channel, Organization } from "../types.ts";
import { expectPresent, expectSame } from "./expect.ts";
import { showGuests } from "./invite-guest.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** INV-6, INV-8: whoever signs in with the invited address finds the invitation without the mail, and may decline it. */
export async function findMyInvitations(
  founder: Person,
  organization: Organization,
  channel: Channel,
  invitee: Person,
): Promise<void> {
  step(`${invitee.name} finds an invitation without the mail, and declines it`);
  await founder.client.invite(organization.id, {
    kind: "guest",
    channelIds: [channel.id],
    delivery: "email",
    invitees: [{ email: invitee.email }],
  });
  const { items } = await invitee.client.listMyInvitations();
  const mine = expectPresent(
    "The invitation in the list",
    items.find(({ organizationId }) => organizationId === organization.id),
  );
  expectSame(
    "The channels it is to",
    mine.channels?.map(({ id }) => id),
    [channel.id],
  );
  seen(`${mine.invitedBy.name} invites to ${mine.organization.name}, as ${mine.kind}`);
  await invitee.client.declineMyInvitation(organization.id, mine.id);
  const after = await founder.client.getInvitation(organization.id, mine.id);
  expectSame("The invitation's state", after.state, "declined");
  await showGuests(founder, organization, { guests: 0, pendingGuests: 0 });
}
