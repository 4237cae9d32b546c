import { generalChannelId } from "../table/keys.ts";
import { listPersonChannels, type PersonChannel } from "../table/memberships.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { publicChannelIds } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";

/** One page of the ids that may be shown to somebody, in the order of their age, with their own rows of these. */
export type Candidates = {
  readonly ids: string[];
  readonly rows: ReadonlyMap<string, PersonChannel>;
  readonly after: string | undefined;
};

type PageOfIds = { readonly limit: number; readonly after: string | undefined; readonly isOwnOnly: boolean };

const NONE = { ids: [], isMore: false };

/**
 * Merges the channels somebody has a row of, the public ones unless `isOwnOnly`, and General for a member, whose it is
 * without a row and at once, while the index of public ones follows a moment later (CH-1). Both sources are in the order
 * of the ids, so that a page costs a page of each.
 */
export async function candidateChannels(
  table: Table,
  { organizationId: org, userId, kind }: PersonRecord,
  { limit, after, isOwnOnly }: PageOfIds,
): Promise<Candidates> {
  const [own, open] = await Promise.all([
    listPersonChannels(table, org, userId, { limit: limit + 1, after }),
    isOwnOnly ? NONE : publicChannelIds(table, org, { limit: limit + 1, after }),
  ]);
  const general = generalChannelId(org);
  const isGeneralHere = kind === "member" && (after === undefined || after < general);
  const ownIds = own.items.map(({ id }) => id);
  const all = new Set([...(isGeneralHere ? [general] : []), ...ownIds, ...open.ids]);
  // What lies beyond the end of a source that goes on is not complete yet.
  const ends = [
    own.after === undefined ? [] : ownIds.slice(-1),
    open.isMore ? open.ids.slice(-1) : [],
  ].flat();
  const complete = [...all].filter((id) => ends.every((end) => id <= end)).sort();
  const ids = complete.slice(0, limit);
  const isMore = complete.length > limit || ends.length > 0;
  return {
    ids,
    rows: new Map(own.items.map((row) => [row.id, row])),
    after: isMore ? ids.at(-1) : undefined,
  };
}
