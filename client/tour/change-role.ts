import type { Organization } from "../types.ts";
import { expectRefusal, expectSame } from "./expect.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** ORG-5, ORG-7: an administrator manages people, but does not make a legal representative. */
export async function changeRole(founder: Person, organization: Organization, member: Person): Promise<void> {
  step(`${founder.name} makes ${member.name} an administrator`);
  const before = await founder.client.getMember(organization.id, member.userId);
  const after = await founder.client.setOrgRole(organization.id, member.userId, "administrator");
  expectSame("The role before", before.orgRole, "user");
  expectSame("The role after", after.orgRole, "administrator");
  seen(`${member.name}: ${before.orgRole} → ${after.orgRole}`);

  const refusal = await expectRefusal(
    "An administrator making themselves legal representative",
    "legal-representative-only",
    () => member.client.setOrgRole(organization.id, member.userId, "legal_representative"),
  );
  seen(`and no further by themselves: ${refusal.status} ${refusal.code} (${refusal.rule})`);
}
