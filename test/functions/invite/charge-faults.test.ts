import { expect, test } from "vitest";
import { chargeInvitations } from "../../../functions/invite/bulk-mails.ts";
import { withMailCharged } from "../../../functions/shell/charge-mail.ts";
import { keys } from "../../../functions/table/keys.ts";
import { hashOfAddress } from "../../../functions/table/recipients.ts";
import type { Table } from "../../../functions/table/table.ts";
import { engineWorld } from "../channel/world.ts";
import { invitationOf } from "../table/items.ts";

const world = engineWorld();

const LIMITS = { sender: 10, organization: 100, recipient: 10 };

/** The table with recipients' items, or that of one, out of reach. */
function withoutRecipients(table: Table, hash = ""): Table {
  const send = async (command: { input: { Key?: { pk?: string } } }) => {
    if (command.input.Key?.pk?.startsWith(`R#${hash}`)) throw new Error("throttled");
    return await table.client.send(command as never);
  };
  return { ...table, client: { send } as unknown as Table["client"] };
}

test.each([true, false])(
  "INV-13 what a sender was charged is given back where the recipient could not be",
  async (isNew) => {
    const w = await world();
    const table = withoutRecipients(w.table);
    const now = Date.now();
    const act = async () => expect.unreachable("nothing is written without its mail charged");
    const invitation = { ...invitationOf(), organizationId: w.org, email: "bob@example.net" };
    const senderId = invitation.invitedBy.userId;
    const asked = { invitation, isNew, isMailed: true, senderId, limits: LIMITS, now };
    await expect(withMailCharged(table, asked, act)).rejects.toThrow("throttled");
    expect(await w.item(keys.mailAllowance(w.org))).toMatchObject({ organization: now, [senderId]: now });
  },
);

test("INV-13 a bulk request that fails while recipients are charged gives those back that were", async () => {
  const w = await world();
  const broken = "broken@example.net";
  const invited = ["a@example.net", broken, "b@example.net"].map((address, index) => {
    const email = `${w.org}.${address}`;
    return { index, email, key: email, invitee: { email }, invitationId: `inv_${index}` };
  });
  const hash = hashOfAddress(`${w.org}.${broken}`);
  const now = Date.now();
  const mailing = { org: w.org, senderId: "usr_ada", limits: LIMITS, isMailed: true, now };
  const charging = chargeInvitations(withoutRecipients(w.table, hash), mailing, invited, new Map());
  await expect(charging).rejects.toThrow("throttled");
  expect(await w.item(keys.mailAllowance(w.org))).toMatchObject({ organization: now, usr_ada: now });
  for (const { email } of invited) {
    const recipient = await w.item(keys.recipient(hashOfAddress(email)));
    expect(Number(recipient?.["tat"] ?? now)).toBe(now);
    expect(recipient?.["invitations"]).toBeUndefined();
  }
});
