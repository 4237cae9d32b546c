import type { Channel, Organization } from "../types.ts";
import { expectPresent, expectSame, expectSoon } from "./expect.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** SES's simulator, which the local mailbox plays too: whatever is sent there bounces. Every tour has its own label. */
const nobodyOf = ({ id }: Organization): string => `bounce+${id}@simulator.amazonses.com`;

/** INV-11, INV-8: a mail that did not arrive shows on its invitation, and among the undelivered ones; it is revoked. */
export async function seeABounce(
  founder: Person,
  organization: Organization,
  channel: Channel,
): Promise<void> {
  step(`${founder.name} invites a guest whose address is wrong`);
  const { client } = founder;
  const nobody = nobodyOf(organization);
  const { results } = await client.invite(organization.id, {
    kind: "guest",
    channelIds: [channel.id],
    delivery: "email",
    invitees: [{ email: nobody }],
  });
  const { id } = expectPresent(`The invitation of ${nobody}`, results[0]?.invitation);
  const bounced = await expectSoon("The bounce", async () => {
    const { delivery } = await client.getInvitation(organization.id, id);
    return delivery.state === "bounced" ? delivery.state : undefined;
  });
  const { items } = await client.listInvitations(organization.id, { deliveryState: "undelivered" });
  expectSame(
    "The invitations that did not arrive",
    items.map((invitation) => invitation.id),
    [id],
  );
  seen(`${nobody}: ${bounced}, and listed among those that did not arrive`);
  await client.revokeInvitation(organization.id, id);
  seen("revoked; the guest's place is free again");
}
