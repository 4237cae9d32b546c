import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { renamePersonWrites } from "../table/person-names.ts";
import { getPerson, recordsOf } from "../table/person-records.ts";
import { changeProfileWrite, getProfile } from "../table/profiles.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { updateMeRoute } from "./person-contract.ts";
import { namesOfMe, presentMe } from "./read-me.ts";

/** Carries the profile's names on to one organization: whatever they are by then, and only if they differ. */
async function carryOn(table: Table, org: string, userId: string): Promise<void> {
  await untilSettled(async () => {
    const [profile, person] = await Promise.all([getProfile(table, userId), getPerson(table, org, userId)]);
    if (profile === undefined || person === undefined) return "done";
    const isSame = profile.firstName === person.firstName && profile.lastName === person.lastName;
    if (isSame) return "done";
    try {
      await transact(table, renamePersonWrites(person, profile));
      return "done";
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}

/**
 * DIR-2, GST-5: a person changes their own name, telephone number and language; there is no door by which anybody else would.
 * The profile comes first, then each organization's record with its entry in the directory, one transaction each:
 * repeating the request finishes what was cut short.
 */
export async function updateMe(table: Table, request: Request<typeof updateMeRoute>): Promise<Answer> {
  const { person, body, now } = request;
  const { userId } = person;
  const [profile, records] = await Promise.all([getProfile(table, userId), recordsOf(table, userId)]);
  await transact(table, [changeProfileWrite(userId, body, namesOfMe(person, profile, records), now)]);
  if (body.firstName !== undefined || body.lastName !== undefined) {
    for (const { organizationId } of records) await carryOn(table, organizationId, userId);
  }
  return { status: 200, body: await presentMe(table, person, now) };
}
