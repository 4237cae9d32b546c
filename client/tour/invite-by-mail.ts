import type { Organization } from "../types.ts";
import { expectPresent, expectSame, expectSoon } from "./expect.ts";
import { showSeats } from "./found-organization.ts";
import type { LocalStack, Mail } from "./local-stack.ts";
import { quote, seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** INV-10, SEAT-2: both are invited in one request, and a seat is reserved for each. */
export async function inviteByMail(
  founder: Person,
  organization: Organization,
  invitees: Person[],
): Promise<void> {
  step(`${founder.name} invites ${invitees.map(({ name }) => name).join(" and ")} by mail`);
  const { results } = await founder.client.invite(organization.id, {
    kind: "member",
    delivery: "email",
    invitees: invitees.map(({ email }) => ({ email })),
  });
  for (const [index, { email }] of invitees.entries()) {
    const result = expectPresent(`The answer for ${email}`, results[index]);
    expectSame(`The answer for ${email}`, result.status, "invited");
    expectSame(`The link of ${email}, which only the mail may carry,`, result.link, undefined);
    seen(`${email}: ${result.status}, ${result.invitation?.id}`);
  }
  await showSeats(founder, organization.id, { held: 1, reserved: 2, available: 0 });
}

/** INV-12: the mail comes; the secret in its link is the `token` of the invitee's routes (INV-4). */
export async function readMail(stack: LocalStack, invitee: Person): Promise<string> {
  step(`${invitee.name} opens the mailbox`);
  const mail = await expectSoon(`A mail to ${invitee.email}`, async () => {
    const mails = await stack.mailsTo(invitee.email);
    return mails.at(-1);
  });
  seen(`from ${mail.from}: ${mail.subject}`);
  const secret = secretIn(mail);
  quote(mail.text.trim().replace(secret, `${secret.slice(0, 8)}…`));
  return secret;
}

/** INV-3: what follows the `#` of the link, which is in the mail and nowhere else. */
export function secretIn(mail: Mail | undefined): string {
  return expectPresent(
    "The invitation link in the mail's text",
    /\/invite#([\w.-]+)/u.exec(mail?.text ?? "")?.[1],
  );
}
