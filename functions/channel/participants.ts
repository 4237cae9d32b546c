import { MAX_PEOPLE, type Participant } from "@vestibule/domain/conversations";
import { type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { sharersWith } from "./sharers.ts";

/** GST-11: for each guest among these people, who of the others shares a channel with them. */
async function sharersByGuest(
  table: Table,
  people: readonly PersonRecord[],
): Promise<Map<string, ReadonlySet<string>>> {
  const guests = people.filter(({ kind }) => kind === "guest");
  const sharers = await Promise.all(
    guests.map(async (guest) => {
      const others = people.filter(({ userId }) => userId !== guest.userId);
      return [guest.userId, await sharersWith(table, guest, others)] as const;
    }),
  );
  return new Map(sharers);
}

const NOBODY: ReadonlyMap<string, ReadonlySet<string>> = new Map();

/**
 * What the domain asks of the others in a conversation (CH-3, GST-8, GST-11). Channels are looked at only where a guest
 * takes part; `undefined` is somebody without a record.
 */
export async function participantsOf(
  table: Table,
  actor: PersonRecord,
  others: readonly (PersonRecord | undefined)[],
  now: number,
): Promise<Participant[]> {
  const known = others.filter((other) => other !== undefined);
  // Too many are refused for that alone.
  const sharers = others.length < MAX_PEOPLE ? await sharersByGuest(table, [actor, ...known]) : NOBODY;
  const share = (one: PersonRecord, other: PersonRecord): boolean =>
    one.userId === other.userId ||
    (sharers.get(one.userId)?.has(other.userId) ?? sharers.get(other.userId)?.has(one.userId) ?? true);
  const guests = known.filter(({ kind }) => kind === "guest");
  return others.map((other) => ({
    standing: standingAt(other, now),
    sharesChannelWithActor: other !== undefined && share(other, actor),
    sharesChannelWithGuests: other !== undefined && guests.every((guest) => share(guest, other)),
  }));
}
