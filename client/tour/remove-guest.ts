import type { Channel, Organization } from "../types.ts";
import { expectRefusal, expectSame, expectSoon } from "./expect.ts";
import { showGuests } from "./invite-guest.ts";
import { expectState, listen, toldOf, whole } from "./listen.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/**
 * GINV-9: a guest who is taken out of their last channel is no longer here, and the quota is free. GST-9, GST-16: until
 * then, their session was told of that channel and of nothing else.
 */
export async function removeGuest(
  founder: Person,
  organization: Organization,
  channels: { shared: Channel; open: Channel },
  guest: Person,
): Promise<void> {
  const { shared, open } = channels;
  step(`${founder.name} takes ${guest.name}, who is connected, out of #${shared.handle}, the only channel`);
  const listener = await listen(guest, organization, whole);
  const { session, events } = listener;
  try {
    session.channel(shared.id);
    await founder.client.postMessage(organization.id, open.id, { text: "Storm tonight." });
    await founder.client.postMessage(organization.id, shared.id, { text: "Thank you for the lamp." });
    await expectSoon("The guest's channel, live,", () => toldOf(listener, "message.posted")[0]);

    await founder.client.removeFromChannel(organization.id, shared.id, guest.userId);
    await expectState(listener, "ended");
  } finally {
    session.close();
  }
  const told = new Set(events.flatMap((event) => ("channelId" in event ? [event.channelId] : [])));
  expectSame("The channels that the guest was told of", [...told], [shared.id]);
  seen(`told of #${shared.handle} alone, until the session was ended`);

  await showGuests(founder, organization, { guests: 0, pendingGuests: 0 });
  const refusal = await expectRefusal("Reading the channel after that", "not-found", () =>
    guest.client.listMessages(organization.id, shared.id),
  );
  const { organizations } = await guest.client.getMe();
  expectSame("The organizations of somebody who is a guest nowhere", organizations, []);
  seen(`to ${guest.name} the organization is gone: ${refusal.message}`);
}
