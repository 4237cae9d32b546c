import type { Accepted, Organization } from "../types.ts";
import { expectRefusal, expectSame } from "./expect.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** INV-4…7: looking consumes nothing; a newcomer gives name and terms first; accepting makes a member, or a guest. */
export async function acceptInvitation(
  invitee: Person,
  organization: Organization,
  secret: string,
): Promise<Accepted> {
  step(`${invitee.name} looks at the invitation and accepts it`);
  const preview = await invitee.client.previewInvitation(secret);
  expectSame("The invitation's state", preview.state, "pending");
  expectSame("The inviting organization", preview.organization.name, organization.name);
  expectSame("The invited address", preview.email, invitee.email);
  seen(`${preview.invitedBy.name} invites to ${preview.organization.name}, until ${preview.expiresAt}`);

  const refusal = await expectRefusal("Accepting without name and terms", "registration-required", () =>
    invitee.client.acceptInvitation({ token: secret }),
  );
  seen(`refused at first: ${refusal.code}, missing ${JSON.stringify(refusal.data["missing"])}`);

  const [firstName = "", lastName = ""] = invitee.name.split(" ");
  const accepted = await invitee.client.acceptInvitation({
    token: secret,
    profile: { firstName, lastName },
    termsVersion: "1",
  });
  expectSame("The organization joined", accepted.organizationId, organization.id);
  expectSame("The person who joined", accepted.userId, invitee.userId);
  seen(`${invitee.name} is in, as ${accepted.orgRole ?? accepted.kind}`);
  return accepted;
}
