import type { Channel, Organization } from "../types.ts";
import { expectRefusal, expectSame } from "./expect.ts";
import type { LocalStack } from "./local-stack.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** A function goes by the limit that it has read for as long. */
const KEPT_SECONDS = 60;

/** SEAT-7, MSG-5: what is older than the plan's history shows is in no answer. */
export async function hideHistory(
  stack: LocalStack,
  founder: Person,
  organization: Organization,
  channel: Channel,
): Promise<void> {
  step(`${founder.name} takes a plan without history`);
  const { client } = founder;
  const before = await client.listMessages(organization.id, channel.id);
  const [newest] = before.items;
  await client.changeOrganization(organization.id, { limits: { historyDays: 0 } });
  await stack.moveClock(KEPT_SECONDS + 1);
  const after = await client.listMessages(organization.id, channel.id);
  expectSame(
    "What is shown",
    { items: after.items, historyDays: after.historyDays },
    { items: [], historyDays: 0 },
  );
  seen(
    `of ${before.items.length} messages none is shown, and the answer says why: ${after.historyDays} days`,
  );
  const refusal = await expectRefusal("Reading one of them", "not-found", () =>
    client.getMessage(organization.id, channel.id, newest?.seq ?? 1),
  );
  seen(`nor by its number: ${refusal.message}`);
}
