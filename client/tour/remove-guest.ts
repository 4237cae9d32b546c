import { openSocket } from "../socket.ts";
import type { Channel, Organization, VestibuleEvent } from "../types.ts";
import { expectRefusal, expectSame, expectSoon } from "./expect.ts";
import { showGuests } from "./invite-guest.ts";
import { frame, seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/**
 * GINV-9: a guest who is taken out of their last channel is no longer here, and the quota is free. GST-9, GST-16: until
 * then, their connection told of that channel and of nothing else.
 */
export async function removeGuest(
  founder: Person,
  organization: Organization,
  channels: { shared: Channel; open: Channel },
  guest: Person,
): Promise<void> {
  const { shared, open } = channels;
  step(`${founder.name} takes ${guest.name}, who is connected, out of #${shared.handle}, the only channel`);
  const events: VestibuleEvent[] = [];
  let closedWith: number | undefined;
  await openSocket(guest.client, organization.id, {
    onEvents: (received) => {
      events.push(...received);
      frame(guest.name, JSON.stringify({ type: "events", events: received }));
    },
    onClose: (code) => {
      closedWith = code;
    },
  });
  await founder.client.postMessage(organization.id, open.id, { text: "Storm tonight." });
  await founder.client.postMessage(organization.id, shared.id, { text: "Thank you for the lamp." });
  await expectSoon(
    "The guest's channel, live,",
    () => events.some(({ type }) => type === "message.posted") || undefined,
  );

  await founder.client.removeFromChannel(organization.id, shared.id, guest.userId);
  const code = await expectSoon("The end of the guest's connection", () => closedWith);
  const told = new Set(events.map(({ channelId }) => channelId).filter((id) => id !== undefined));
  expectSame("The channels that the guest was told of", [...told], [shared.id]);
  seen(`told of #${shared.handle} alone, until the connection was closed (${code})`);

  await showGuests(founder, organization, { guests: 0, pendingGuests: 0 });
  const refusal = await expectRefusal("Reading the channel after that", "not-found", () =>
    guest.client.listMessages(organization.id, shared.id),
  );
  const { organizations } = await guest.client.getMe();
  expectSame("The organizations of somebody who is a guest nowhere", organizations, []);
  seen(`to ${guest.name} the organization is gone: ${refusal.message}`);
}
