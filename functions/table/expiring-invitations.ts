import * as z from "zod";
import { addressItem } from "./addresses.ts";
import { type Invitation, invitationItem } from "./invitations.ts";
import { keys } from "./keys.ts";
import { getItems, queryIndex } from "./read.ts";
import { isoTime, type Table } from "./table.ts";

const DAY_MS = 86_400_000;

/** Invitations that are read at a time. */
const AT_ONCE = 100;

/** One that cannot be read holds up none of the others. */
const anyInvitation = z.union([invitationItem, z.unknown().transform(() => undefined)]);

/**
 * The pending invitations of all organizations that expire from `from` to `to` (epoch ms), page by page in the order of
 * their expiry: about a read unit each.
 * @throws in the end, if there are any that cannot be read
 */
export async function* expiringInvitations(
  table: Table,
  { from, to }: { from: number; to: number },
): AsyncGenerator<readonly Invitation[]> {
  let unreadable = 0;
  for (const day of daysBetween(from, to)) {
    let after: string | undefined = isoTime(from);
    do {
      const page = await queryIndex(table, {
        partition: keys.expiringOn(day),
        after,
        upTo: `${isoTime(to)}~`,
        limit: AT_ONCE,
      });
      const slots = await getItems(table, page.keys, addressItem);
      const invited = slots.flatMap(({ organizationId, invitationId }) =>
        invitationId === undefined ? [] : [keys.invitation(organizationId, invitationId)],
      );
      const found = await getItems(table, invited, anyInvitation);
      const readable = found.filter((invitation) => invitation !== undefined);
      unreadable += found.length - readable.length;
      yield readable.filter(({ state }) => state === "pending");
      after = page.after;
    } while (after !== undefined);
  }
  if (unreadable > 0) throw new Error(`invitations that cannot be read: ${unreadable}`);
}

function daysBetween(from: number, to: number): string[] {
  const days = new Set<string>();
  for (let time = from; time < to; time += DAY_MS) days.add(isoTime(time).slice(0, 10));
  return [...days.add(isoTime(to).slice(0, 10))];
}
