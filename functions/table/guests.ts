import type { Standing } from "@vestibule/domain/people";
import * as z from "zod";
import { directoryWrite, leaveDirectoryWrite } from "./directory.ts";
import { idIn, keys, PREFIXES } from "./keys.ts";
import { dropHandleWrites, handleWrites } from "./person-handles.ts";
import { getItem, getItems, type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * A guest's record: under the key that a member's would have, so that one read tells who acts. A row of
 * `O#<org>#GUESTS` lists it; another one, if it has an end, tells in their order which are over (GINV-10).
 */
export const guestItem = z.object({
  kind: z.literal("guest"),
  organizationId: z.string(),
  userId: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  handle: z.string(),
  joinedAt: z.string(),
  /** Past it they can neither read, post nor stay connected (GINV-10), epoch ms. */
  endsAt: z.number().optional(),
  /** The public and private channels they were given; with the last one they leave (GINV-9). */
  channelCount: z.number().int(),
  /** The slots of the addresses that are this guest's. */
  addressKeys: z.array(z.string()),
  invitedBy: z.object({ userId: z.string(), name: z.string() }),
  /** They came by an invitation, so that the assistant welcomes them when their record begins (INV-17, BOT-4). */
  isNewcomer: z.boolean().optional(),
  version: z.number().int(),
});

export type Guest = z.infer<typeof guestItem>;

/** A guest before they have a record. */
export type NewGuest = Omit<Guest, "kind" | "version" | "joinedAt">;

/** GINV-10: whether a guest's access is over at `now`. */
export function isOver(guest: Pick<Guest, "endsAt">, now: number): boolean {
  return guest.endsAt !== undefined && now >= guest.endsAt;
}

/** What the domain needs to know of a guest; past their end they are as good as gone (GINV-10). */
export function guestStanding(guest: Guest, now: number): Standing {
  return { kind: "guest", state: isOver(guest, now) ? "deactivated" : "active" };
}

type Ending = Pick<Guest, "organizationId" | "userId" | "endsAt">;

/** The row that tells when a guest's access ends: whoever needs room finds it by organization, the sweep by day. */
function endWrites({ organizationId: org, userId, endsAt }: Ending): Write[] {
  if (endsAt === undefined) return [];
  return [
    {
      label: "guest end",
      put: {
        ...keys.guestEnd(org, userId, endsAt),
        ...keys.endIndex(org, userId, endsAt),
        organizationId: org,
        userId,
        endsAt,
      },
    },
  ];
}

function dropEndWrites({ organizationId: org, userId, endsAt }: Ending): Write[] {
  if (endsAt === undefined) return [];
  return [{ label: "former guest end", remove: keys.guestEnd(org, userId, endsAt) }];
}

/** Creates the record of a new guest, who must have none; or takes the place of the member's record they had (GINV-11). */
export function newGuestWrites(guest: NewGuest, now: number, takesThePlaceOf?: { version: number }): Write[] {
  const { organizationId: org, userId: user } = guest;
  const record = {
    ...keys.member(org, user),
    ...keys.memberIndex(org, user),
    kind: "guest",
    ...guest,
    joinedAt: isoTime(now),
    version: (takesThePlaceOf?.version ?? 0) + 1,
  };
  return [
    takesThePlaceOf === undefined
      ? { label: "guest", put: record, condition: "attribute_not_exists(pk)" }
      : {
          label: "guest",
          put: record,
          condition: "version = :version AND kind = :member",
          values: { ":version": takesThePlaceOf.version, ":member": "member" },
        },
    { label: "guest row", put: { ...keys.guest(org, user), organizationId: org, userId: user } },
    ...endWrites(guest),
    directoryWrite("guest", guest),
    ...handleWrites(guest),
  ];
}

/** Takes a guest's rows beside the record away: the list's, that of their end, and the directory's. */
export function unlistGuestWrites(guest: Guest): Write[] {
  const { organizationId: org, userId: user } = guest;
  return [
    { label: "guest row", remove: keys.guest(org, user) },
    ...dropEndWrites(guest),
    leaveDirectoryWrite("guest", guest),
  ];
}

/** Deletes a guest's record and rows, on the version that was decided on. */
export function removeGuestWrites(guest: Guest): Write[] {
  const { organizationId: org, userId: user, version } = guest;
  return [
    {
      label: "guest",
      remove: keys.member(org, user),
      condition: "version = :version",
      values: { ":version": version },
    },
    ...unlistGuestWrites(guest),
    ...dropHandleWrites(guest),
  ];
}

/** Moves a guest's count of channels, which counts as a change of the record (GINV-9). */
export function countGuestChannelsWrite(guest: Guest, by: number): Write {
  return {
    label: "guest",
    update: keys.member(guest.organizationId, guest.userId),
    expression: "SET channelCount = channelCount + :by, version = version + :one",
    condition: "version = :version",
    values: { ":by": by, ":one": 1, ":version": guest.version },
  };
}

/** Sets or takes away a guest's end (GINV-10), on the version that was read. */
export function changeGuestEndWrites(guest: Guest, endsAt: number | undefined): Write[] {
  const { organizationId: org, userId: user, version } = guest;
  return [
    {
      label: "guest",
      update: keys.member(org, user),
      expression: `SET version = :next${endsAt === undefined ? " REMOVE endsAt" : ", endsAt = :endsAt"}`,
      condition: "version = :version",
      values: {
        ":version": version,
        ":next": version + 1,
        ...(endsAt === undefined ? {} : { ":endsAt": endsAt }),
      },
    },
    // A transaction writes an item once: where the end stays as it is, its row does.
    ...(endsAt === guest.endsAt ? [] : [...dropEndWrites(guest), ...endWrites({ ...guest, endsAt })]),
  ];
}

const guestRow = z.object({ sk: z.string() });

/** One page of an organization's guests, in the order of their ids; those past their end may be among them. */
export async function listGuests(
  table: Table,
  org: string,
  page: { limit: number; after: string | undefined },
): Promise<Page<Guest>> {
  const { items, after } = await queryPage(
    table,
    { partition: keys.guests(org), prefix: PREFIXES.person, ...page },
    guestRow,
  );
  const guests = await getItems(
    table,
    items.map(({ sk }) => keys.member(org, idIn(sk))),
    personOrGuest,
  );
  const found = guests.flatMap((record) => (record.kind === "guest" ? [record] : []));
  return { items: found.sort((a, b) => (a.userId < b.userId ? -1 : 1)), after };
}

/** Under a guest's key a member's record may lie by now (GINV-11). */
const personOrGuest = z.union([guestItem, z.object({ kind: z.literal("member") })]);

/** A guest's record, read strongly; a member has none. */
export async function getGuest(table: Table, org: string, user: string): Promise<Guest | undefined> {
  const record = await getItem(table, keys.member(org, user), personOrGuest);
  return record?.kind === "guest" ? record : undefined;
}

/** The guests of an organization who are past their end, the longest first, at most `limit` (GINV-10). */
export async function endedGuests(
  table: Table,
  org: string,
  { now, limit }: { now: number; limit: number },
): Promise<Guest[]> {
  const { items } = await queryPage(
    table,
    { partition: keys.guests(org), prefix: PREFIXES.end, limit },
    guestEnd,
  );
  const over = items.filter(({ endsAt }) => now >= endsAt);
  const found = await getItems(
    table,
    over.map(({ userId }) => keys.member(org, userId)),
    personOrGuest,
  );
  return found.flatMap((record) => (record.kind === "guest" && isOver(record, now) ? [record] : []));
}

/** The row of a guest's end. */
export const guestEnd = z.object({ organizationId: z.string(), userId: z.string(), endsAt: z.number() });
