import { expect, test } from "vitest";
import { withMailCharged } from "../../../functions/invite/resend-charge.ts";
import { withMailCharged as withShareCharged } from "../../../functions/share/charge-mail.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Table } from "../../../functions/table/table.ts";
import { engineWorld } from "../channel/world.ts";
import { invitationOf } from "../table/items.ts";

const world = engineWorld();

const LIMITS = { sender: 10, organization: 100, recipient: 10 };

/** The table with recipients' items out of reach. */
function withoutRecipients(table: Table): Table {
  const send = async (command: { input: { Key?: { pk?: string } } }) => {
    if (command.input.Key?.pk?.startsWith("R#")) throw new Error("throttled");
    return await table.client.send(command as never);
  };
  return { ...table, client: { send } as unknown as Table["client"] };
}

test("INV-13 what a sender was charged is given back where the recipient could not be", async () => {
  const w = await world();
  const table = withoutRecipients(w.table);
  const now = Date.now();
  const act = async () => expect.unreachable("nothing is written without its mail charged");
  const invitation = { ...invitationOf(), organizationId: w.org, email: "bob@example.net" };
  const senderId = invitation.invitedBy.userId;
  const { sender, organization, recipient } = LIMITS;
  const limits = { sender, organization };
  const asked = { invitation, isMailed: true, senderId, limits, recipientLimit: recipient, now };
  await expect(withMailCharged(table, asked, act)).rejects.toThrow("throttled");
  const share = {
    ...invitation,
    kind: "share" as const,
    delivery: "email" as const,
    addressId: "adr_1",
    address: "contact@example.com",
    shareRights: [],
  };
  await expect(withShareCharged(table, share, LIMITS, now, act)).rejects.toThrow("throttled");
  expect(await w.item(keys.mailAllowance(w.org))).toMatchObject({ organization: now, [senderId]: now });
});
