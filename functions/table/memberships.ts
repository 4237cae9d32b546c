import { CHANNEL_ROLES, type ChannelRole, NOTIFICATION_LEVELS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys, PREFIXES } from "./keys.ts";
import { getItem, getItems, type Page, queryPage } from "./read.ts";
import type { Table } from "./table.ts";

/**
 * A person in a channel: `O#<org>#PERSON#<usr>` / `CHANNEL#<chn>`, beside the channel's roster, which is written with
 * it. Without a `role` it is only how far a member has read General, in which everybody is (CH-1).
 */
export const membershipItem = z.object({
  channelId: z.string().optional(),
  role: z.enum(CHANNEL_ROLES).optional(),
  kind: z.enum(["member", "guest"]).optional(),
  /** Added, or joined, as a person, and not only through groups (CH-9). */
  isDirect: z.boolean().default(false),
  /** The attached groups through which they are here (CH-9). */
  via: z.set(z.string()).optional(),
  joinedAt: z.string().optional(),
  isFavourite: z.boolean().default(false),
  isMuted: z.boolean().default(false),
  /** What they are notified of; left out, what is usual for the channel's type. */
  level: z.enum(NOTIFICATION_LEVELS).optional(),
  /** A direct conversation with the assistant, which answers what they post there (BOT-3). */
  isWithBot: z.boolean().optional(),
  lastReadSeq: z.number().int().default(0),
});

/** What a person's row of a channel holds. */
export type PersonChannel = z.infer<typeof membershipItem>;

/** A person's row of a channel that they are in. */
export type Membership = PersonChannel & {
  readonly channelId: string;
  readonly role: ChannelRole;
  readonly kind: "member" | "guest";
};

/** The row as a membership; `undefined` if it is none. */
export function asMembership(row: PersonChannel | undefined): Membership | undefined {
  if (row?.channelId === undefined || row.role === undefined || row.kind === undefined) return undefined;
  const { channelId, role, kind } = row;
  return { ...row, channelId, role, kind };
}

/** A person's row of a channel, read strongly (1 read unit) unless said otherwise. */
export async function getPersonChannel(
  table: Table,
  { organizationId, channelId }: ChannelKey,
  userId: string,
  options: { isConsistent: boolean } = { isConsistent: true },
): Promise<PersonChannel | undefined> {
  return await getItem(table, keys.personChannel(organizationId, userId, channelId), membershipItem, options);
}

/** A person's rows of several channels, read strongly, by channel; those without a row are not in the map. */
export async function getPersonChannels(
  table: Table,
  org: string,
  userId: string,
  channelIds: readonly string[],
): Promise<Map<string, PersonChannel>> {
  const rows = await getItems(
    table,
    [...new Set(channelIds)].map((id) => keys.personChannel(org, userId, id)),
    personRow,
  );
  return new Map(rows.map(({ sk, ...row }) => [sk.slice(PREFIXES.channel.length), row]));
}

/** Which of several people have a row of a channel, read strongly, by person. */
export async function getMembershipsOf(
  table: Table,
  { organizationId, channelId }: ChannelKey,
  userIds: readonly string[],
): Promise<Map<string, Membership>> {
  const rows = await getItems(
    table,
    [...new Set(userIds)].map((user) => keys.personChannel(organizationId, user, channelId)),
    membershipItem.extend({ pk: z.string() }),
  );
  const found = rows.flatMap(({ pk, ...row }) => {
    const membership = asMembership(row);
    return membership === undefined ? [] : [[pk.slice(pk.lastIndexOf("#") + 1), membership] as const];
  });
  return new Map(found);
}

const personRow = membershipItem.extend({ sk: z.string() });

/** One page of the channels a person is in, in the order of their ids (their age); General only if they have a row. */
export async function listPersonChannels(
  table: Table,
  org: string,
  userId: string,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<Page<PersonChannel & { id: string }>> {
  const prefix = PREFIXES.channel;
  const page = await queryPage(
    table,
    {
      partition: keys.person(org, userId),
      prefix,
      limit,
      after: after === undefined ? undefined : `${prefix}${after}`,
    },
    personRow,
  );
  return {
    items: page.items.map(({ sk, ...row }) => ({ ...row, id: sk.slice(prefix.length) })),
    after: page.after?.slice(prefix.length),
  };
}

/** Every channel a person is in. */
export async function membershipsIn(table: Table, org: string, userId: string): Promise<Membership[]> {
  const found: Membership[] = [];
  let after: string | undefined;
  do {
    const page = await listPersonChannels(table, org, userId, { limit: 1_000, after });
    found.push(...page.items.flatMap((row) => asMembership(row) ?? []));
    after = page.after;
  } while (after !== undefined);
  return found;
}
