import { presentGuest } from "../contract/guest.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { getGuest, isOver, listGuests } from "../table/guests.ts";
import type { Table } from "../table/table.ts";
import type { getGuestRoute, listGuestsRoute } from "./contract.ts";
import { shownChannels } from "./guest-channels.ts";

/** SEAT-10: the guests who have accepted; those past their end are left out, whatever has been swept (GINV-10). */
export async function listGuestPeople(
  table: Table,
  { params, person, query, now }: Request<typeof listGuestsRoute>,
): Promise<Answer> {
  const { org } = params;
  const viewer = await actorWho(table, { org, userId: person.userId, now }, "guest.list");
  const scope = ["guests", org];
  const after = readCursor(scope, query.cursor);
  const page = await listGuests(table, org, { limit: query.limit, after });
  const guests = page.items.filter((guest) => !isOver(guest, now));
  const channels = await shownChannels(table, org, viewer, guests);
  const items = guests.map((guest) => presentGuest(guest, channels.get(guest.userId) ?? []));
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}

/** One guest, to managers and chat admins. */
export async function readGuest(
  table: Table,
  { params, person, now }: Request<typeof getGuestRoute>,
): Promise<Answer> {
  const { org, user } = params;
  const viewer = await actorWho(table, { org, userId: person.userId, now }, "guest.read");
  const guest = await getGuest(table, org, user);
  if (guest === undefined || isOver(guest, now)) throw notFound("guest");
  const channels = await shownChannels(table, org, viewer, [guest]);
  return { status: 200, body: presentGuest(guest, channels.get(user) ?? []), version: guest.version };
}
