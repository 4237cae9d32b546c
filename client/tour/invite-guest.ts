import type { Channel, Organization } from "../types.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { expectPresent, expectSame } from "./expect.ts";
import { readMail } from "./invite-by-mail.ts";
import type { LocalStack } from "./local-stack.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** GINV-2, GINV-4: invited to one channel, and pending there and nowhere else; then GINV-5: a guest, without a seat. */
export async function inviteGuest(
  stack: LocalStack,
  founder: Person,
  organization: Organization,
  channel: Channel,
  guest: Person,
): Promise<void> {
  step(`${founder.name} invites ${guest.name} as a guest of #${channel.handle}`);
  const { results } = await founder.client.invite(organization.id, {
    kind: "guest",
    channelIds: [channel.id],
    delivery: "email",
    invitees: [{ email: guest.email }],
  });
  const result = expectPresent(`The answer for ${guest.email}`, results[0]);
  expectSame(`The answer for ${guest.email}`, result.status, "invited");
  const { items } = await founder.client.listChannelMembers(organization.id, channel.id);
  const last = items.at(-1);
  expectSame(
    `The last of those in #${channel.handle}`,
    last && { email: last.email, kind: last.kind, state: last.state },
    { email: guest.email, kind: "guest", state: "pending" },
  );
  const pending = await founder.client.listPendingMembers(organization.id);
  expectSame("The pending members", pending.items.length, 0);
  await showGuests(founder, organization, { guests: 0, pendingGuests: 1 });

  const secret = await readMail(stack, guest);
  const accepted = await acceptInvitation(guest, organization, secret);
  expectSame("The channels given", accepted.channelIds, [channel.id]);
  await showGuests(founder, organization, { guests: 1, pendingGuests: 0 });
}

/** SEAT-1, SEAT-6: guests count among the guests, and take no seat. */
export async function showGuests(
  founder: Person,
  organization: Organization,
  wanted: { guests: number; pendingGuests: number },
): Promise<void> {
  const { guests, pendingGuests, seats } = await founder.client.getUsage(organization.id);
  expectSame("The guests", { guests, pendingGuests }, wanted);
  expectSame("The seats", { held: seats.held, reserved: seats.reserved }, { held: 3, reserved: 0 });
  seen(`guests: ${guests} here, ${pendingGuests} pending; seats: ${seats.held} held, as before`);
}
