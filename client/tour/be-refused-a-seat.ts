import type { Organization } from "../types.ts";
import { expectPresent, expectSame } from "./expect.ts";
import { showSeats } from "./found-organization.ts";
import type { LocalStack } from "./local-stack.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** SEAT-2, SEAT-8: without a free seat nothing is written and nothing is mailed. */
export async function beRefusedASeat(
  stack: LocalStack,
  founder: Person,
  organization: Organization,
  tooLate: Person,
): Promise<void> {
  step(`${founder.name} invites ${tooLate.name}, for whom no seat is left`);
  await showSeats(founder, organization.id, { held: 3, reserved: 0, available: 0 });
  const { results } = await founder.client.invite(organization.id, {
    kind: "member",
    delivery: "email",
    invitees: [{ email: tooLate.email }],
  });
  const result = expectPresent(`The answer for ${tooLate.email}`, results[0]);
  expectSame(`The answer for ${tooLate.email}`, result.status, "quota-exceeded");
  seen(`${tooLate.email}: ${result.status} ${JSON.stringify(quotaOf(result.problem))}`);

  const { items } = await founder.client.listInvitations(organization.id, { email: tooLate.email });
  expectSame(`The invitations of ${tooLate.email}`, items.length, 0);
  expectSame(`The mails to ${tooLate.email}`, (await stack.mailsTo(tooLate.email)).length, 0);
  seen("nothing was written, nothing was mailed");
}

function quotaOf(problem: Record<string, unknown> | undefined) {
  return { quota: problem?.["quota"], limit: problem?.["limit"], used: problem?.["used"] };
}
