import type { Organization } from "../types.ts";
import { expectPresent, expectRefusal, expectSame, expectSoon } from "./expect.ts";
import { secretIn } from "./invite-by-mail.ts";
import type { LocalStack } from "./local-stack.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** INV-9: an invitation is sent anew once a minute at most. */
const COOL_DOWN_SECONDS = 60;

/**
 * MINV-8, INV-9: a pending invitation is changed and sent anew; the earlier link is dead from then on.
 * @returns the secret of the new link
 */
export async function editAndResend(
  stack: LocalStack,
  founder: Person,
  organization: Organization,
  invitee: Person,
): Promise<string> {
  step(`${founder.name} changes ${invitee.name}'s invitation, and sends it anew a minute later`);
  const { client } = founder;
  const { items } = await client.listInvitations(organization.id, { email: invitee.email });
  const { id } = expectPresent("The invitation in the list", items[0]);
  const before = await mailsOf(stack, invitee, 1);
  const [firstName = ""] = invitee.name.split(" ");
  const edited = await client.changeInvitation(organization.id, id, { firstName, locale: "de" });
  expectSame("The name on the invitation", edited.firstName, firstName);
  seen(`it is for ${edited.firstName} now, and in German`);

  const refusal = await expectRefusal("Sending it anew at once", "resent-too-soon", () =>
    client.resendInvitation(organization.id, id),
  );
  seen(`refused at first: ${refusal.message}; to be tried in ${refusal.retryAfterSeconds} s`);
  await stack.moveClock(COOL_DOWN_SECONDS + 1);
  const { invitation } = await client.resendInvitation(organization.id, id);
  expectSame("The invitation's id", invitation.id, id);

  const [first, second] = await mailsOf(stack, invitee, 2);
  const [old, secret] = [secretIn(first), secretIn(second)];
  seen(`first “${before[0]?.subject}”, then “${second?.subject}”`);
  await expectRefusal("The first mail's link", "not-found", () => invitee.client.previewInvitation(old));
  const preview = await invitee.client.previewInvitation(secret);
  expectSame("The state by the second mail's link", preview.state, "pending");
  seen("the first mail's link is dead, the second mail's works");
  return secret;
}

async function mailsOf(stack: LocalStack, { email }: Person, count: number) {
  return await expectSoon(`Mail number ${count} to ${email}`, async () => {
    const mails = await stack.mailsTo(email);
    return mails.length >= count ? mails : undefined;
  });
}
