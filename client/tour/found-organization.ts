import type { Organization } from "../types.ts";
import { expectSame } from "./expect.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** ORG-9: the founder is legal representative, chat admin and holds the first of three seats. */
export async function foundOrganization(founder: Person, name: string): Promise<Organization> {
  step(`${founder.name} creates an organization with 3 seats`);
  const organization = await founder.client.createOrganization({ name, limits: { seats: 3 } });
  expectSame("The seat limit", organization.limits.seats, 3);
  seen(`${organization.name} is ${organization.id}`);

  const me = await founder.client.getMember(organization.id, founder.userId);
  expectSame("The founder's org role", me.orgRole, "legal_representative");
  expectSame("The founder's chat role", me.chatRole, "admin");
  seen(`${founder.name} is legal representative and chat admin`);
  await showSeats(founder, organization.id, { held: 1, reserved: 0, available: 2 });
  return organization;
}

/** SEAT-10: the dashboard's figures, which have to be these. */
export async function showSeats(
  founder: Person,
  organizationId: string,
  wanted: { held: number; reserved: number; available: number },
): Promise<void> {
  const { seats } = await founder.client.getUsage(organizationId);
  const { held, reserved, available } = seats;
  expectSame("The seats", { held, reserved, available }, wanted);
  seen(`seats: ${held} held, ${reserved} reserved, ${available} free of ${seats.limit}`);
}
