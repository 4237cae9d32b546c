import type { Channel, Organization } from "../types.ts";
import { expectRefusal, expectSame } from "./expect.ts";
import { showGuests } from "./invite-guest.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** GINV-9: a guest who is taken out of their last channel is no longer here, and the quota is free. */
export async function removeGuest(
  founder: Person,
  organization: Organization,
  channel: Channel,
  guest: Person,
): Promise<void> {
  step(`${founder.name} takes ${guest.name} out of #${channel.handle}, the only channel`);
  await founder.client.removeFromChannel(organization.id, channel.id, guest.userId);
  await showGuests(founder, organization, { guests: 0, pendingGuests: 0 });
  const refusal = await expectRefusal("Reading the channel after that", "not-found", () =>
    guest.client.listMessages(organization.id, channel.id),
  );
  const { organizations } = await guest.client.getMe();
  expectSame("The organizations of somebody who is a guest nowhere", organizations, []);
  seen(`to ${guest.name} the organization is gone: ${refusal.message}`);
}
