import type { Organization } from "../types.ts";
import { expectSame } from "./expect.ts";
import { showSeats } from "./found-organization.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** INV-10: a list as it was pasted, an answer per address in its order, and what it would cost; nothing is done yet. */
export async function pasteAList(
  founder: Person,
  organization: Organization,
  wanted: [Person, Person],
  tooLate: Person,
): Promise<void> {
  step(`${founder.name} pastes a list, and asks first what would happen`);
  const [first, second] = wanted;
  const pasted = [
    first.email,
    `"${second.name}" <${second.email}>`,
    "no address at all",
    first.email.toUpperCase(),
    tooLate.email,
  ];
  const { results, cost } = await founder.client.invite(organization.id, {
    kind: "member",
    delivery: "email",
    invitees: pasted.map((email) => ({ email })),
    dryRun: true,
  });
  expectSame(
    "What would become of each",
    results.map(({ status }) => status),
    ["invited", "invited", "invalid-email", "already-invited", "quota-exceeded"],
  );
  for (const { email, status } of results) seen(`${email}: ${status}`);
  expectSame("What it would cost", cost, { seats: 2, guestPlaces: 0, mails: 2 });
  await showSeats(founder, organization.id, { held: 1, reserved: 0, available: 2 });
}
