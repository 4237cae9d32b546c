import type { MailAddress, Organization } from "../types.ts";
import { expectPresent, expectRefusal, expectSame } from "./expect.ts";
import { readMail } from "./invite-by-mail.ts";
import type { LocalStack } from "./local-stack.ts";
import { seen, step } from "./narrator.ts";
import { type Person, withSecondFactor } from "./person.ts";

/** SHR-1…4: a mail address of the organization, for a group of members at once and for somebody outside by invitation. */
export async function shareMailAddress(
  founder: Person,
  organization: Organization,
  groupId: string,
  outsider: Person,
): Promise<MailAddress> {
  step(`${founder.name} shares a mail address with a group, and with ${outsider.name} from outside`);
  const { client } = founder;
  const address = await client.createMailAddress(organization.id, {
    address: `lamps@${organization.name.toLowerCase().replaceAll(" ", "-")}.example`,
    name: "Lamps",
  });
  await client.shareMailAddress(organization.id, address.id, { groupId, rights: ["read"] });
  const { invitation } = await client.shareMailAddress(organization.id, address.id, {
    email: outsider.email,
    delivery: "email",
  });
  expectSame("The invitation's kind", invitation?.kind, "share");
  const { items } = await client.listShares(organization.id, address.id);
  expectSame(
    "Who has access, and who is invited",
    items.map(({ kind }) => kind),
    ["group", "invitation"],
  );
  seen(`${address.address}: the group may read; ${outsider.name} is invited to ${invitation?.rights}`);
  return address;
}

/** SHR-7, SHR-9, SHR-5: accepting asks for a second factor; then the address is theirs to use, until they give it up. */
export async function acceptShare(
  stack: LocalStack,
  organization: Organization,
  address: MailAddress,
  outsider: Person,
): Promise<void> {
  const secret = await readMail(stack, outsider);
  step(`${outsider.name} accepts it, with a second factor`);
  const [firstName = "", lastName = ""] = outsider.name.split(" ");
  const acceptance = {
    token: secret,
    profile: { firstName, lastName, phone: "+41 44 000 00 00" },
    termsVersion: "1",
  };
  const refusal = await expectRefusal("Accepting without a second factor", "mfa-required", () =>
    outsider.client.acceptInvitation(acceptance),
  );
  seen(`refused at first: ${refusal.message} (${refusal.rule})`);

  const { client } = await withSecondFactor(stack, outsider);
  await client.acceptInvitation(acceptance);
  const { items } = await client.listMyMailAddresses();
  const mine = expectPresent(
    "The mail address in the list",
    items.find(({ id }) => id === address.id),
  );
  expectSame("The rights", mine.rights, ["read", "send"]);
  seen(`${outsider.name} may ${mine.rights.join(" and ")} with ${mine.address} of ${mine.organization.name}`);
  await client.giveUpMailAddress(organization.id, address.id);
  expectSame("The mail addresses after giving it up", (await client.listMyMailAddresses()).items, []);
  seen("and has given it up again");
}
