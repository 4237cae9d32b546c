import { mergeUpdates } from "../table/merge-updates.ts";
import {
  type CounterChange,
  countersWrite,
  defaultChannelsWrite,
  type Organization,
} from "../table/organizations.ts";
import type { Write } from "../table/transaction.ts";

type Changes = {
  readonly counters?: CounterChange | undefined;
  readonly defaults?: readonly string[] | undefined;
};

/** The organization's part of a channel's change: its counters (SEAT-8), its default channels (CH-2), or both in one. */
export function organizationWrites(organization: Organization, { counters, defaults }: Changes): Write[] {
  const counting = counters === undefined ? [] : [countersWrite(organization.organizationId, counters)];
  const listing = defaults === undefined ? [] : [defaultChannelsWrite(organization, defaults)];
  const [counted] = counting;
  const [listed] = listing;
  if (counted !== undefined && listed !== undefined) return [mergeUpdates(listed, counted)];
  return [...counting, ...listing];
}
