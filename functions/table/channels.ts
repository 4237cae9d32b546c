import { CHANNEL_TYPES, type ChannelType } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { idIn, keys, PREFIXES } from "./keys.ts";
import { getItem, getItems, queryIndex, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * A channel apart from its head (the last `seq`) and its messages: `O#<org>#CHANNELS` / `CHANNEL#<chn>`. `members` and
 * `guests` count the roster; General has no rows but guests', as all members are in it (CH-1). Public ones are listed
 * by the index (CH-5).
 */
export const channelItem = z.object({
  channelId: z.string(),
  name: z.string(),
  /** Empty for direct and group conversations, which have none. */
  handle: z.string(),
  type: z.enum(CHANNEL_TYPES),
  purpose: z.string(),
  header: z.string(),
  isGeneral: z.boolean(),
  isDefault: z.boolean(),
  members: z.number().int(),
  guests: z.number().int(),
  /** Whom a conversation was opened with (CH-3). */
  userIds: z.array(z.string()).optional(),
  archivedAt: z.string().optional(),
  createdAt: z.string(),
  createdBy: z.string(),
  version: z.number().int(),
});

export type Channel = z.infer<typeof channelItem>;

export type NewChannel = {
  organizationId: string;
  channelId: string;
  name: string;
  handle: string;
  type: ChannelType;
  isGeneral: boolean;
  createdBy: string;
  /** Epoch milliseconds. */
  createdAt: number;
  purpose?: string;
  header?: string;
  /** Who is in it from the start, by number (CH-10). */
  members?: number;
  guests?: number;
  userIds?: readonly string[];
};

/** What lists a channel among the public ones; nothing for the others (CH-5). */
function publicEntry(org: string, channel: Pick<Channel, "channelId" | "type">) {
  return channel.type === "public" ? keys.publicIndex(org, channel.channelId) : {};
}

/** Takes a handle, which is unique in the organization (CH-4). */
export function takeHandleWrite(org: string, channelId: string, handle: string): Write {
  return {
    label: "handle",
    put: { ...keys.handle(org, handle), channelId },
    condition: "attribute_not_exists(pk)",
  };
}

/** Frees a channel's handle. */
export function freeHandleWrite(org: string, channelId: string, handle: string): Write {
  return {
    label: "former handle",
    remove: keys.handle(org, handle),
    condition: "channelId = :channel",
    values: { ":channel": channelId },
  };
}

/** The writes of a new channel: its description, its handle, and its head from which messages take their `seq` (MSG-2). */
export function newChannelWrites(input: NewChannel): Write[] {
  const { organizationId: org, createdAt, isGeneral, ...described } = input;
  const { channelId, handle } = input;
  return [
    {
      label: "new-channel",
      put: {
        ...keys.channel(org, channelId),
        ...publicEntry(org, input),
        purpose: "",
        header: "",
        members: 0,
        guests: 0,
        ...described,
        isGeneral,
        isDefault: isGeneral,
        createdAt: isoTime(createdAt),
        version: 1,
      },
      condition: "attribute_not_exists(pk)",
    },
    {
      label: "new-channel-head",
      put: { ...keys.channelHead(org, channelId), seq: 0, nonces: {} },
      condition: "attribute_not_exists(pk)",
    },
    ...(handle === "" ? [] : [takeHandleWrite(org, channelId, handle)]),
  ];
}

/** What a change of a channel may set. */
export type ChannelSettings = Partial<
  Pick<Channel, "name" | "handle" | "type" | "purpose" | "header" | "isDefault">
> & { readonly archivedAt?: string | null };

/**
 * Changes a channel on the version that was read (label `channel`); its head learns of archiving in the same
 * transaction, so that a post is refused by its own write (CH-7).
 */
export function changeChannelWrites(org: string, before: Channel, settings: ChannelSettings): Write[] {
  const { archivedAt, ...set } = settings;
  const after = { ...before, ...set };
  const { channelId } = before;
  const attributes: [string, unknown][] = [...Object.entries(set), ["version", before.version + 1]];
  const removed: string[] = [];
  if (typeof archivedAt === "string") attributes.push(["archivedAt", archivedAt]);
  if (archivedAt === null) removed.push("archivedAt");
  if (before.type !== after.type) {
    if (after.type === "public") attributes.push(...Object.entries(publicEntry(org, after)));
    else removed.push("gsi1pk", "gsi1sk");
  }
  const removal = removed.length === 0 ? "" : ` REMOVE ${removed.join(", ")}`;
  const channel: Write = {
    label: "channel",
    update: keys.channel(org, channelId),
    expression: `SET ${attributes.map(([name]) => `#${name} = :${name}`).join(", ")}${removal}`,
    condition: "version = :before",
    names: Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
    values: {
      ":before": before.version,
      ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
    },
  };
  return archivedAt === undefined ? [channel] : [channel, archiveHeadWrite(org, channelId, archivedAt)];
}

function archiveHeadWrite(org: string, channelId: string, archivedAt: string | null): Write {
  const head = { label: "head", update: keys.channelHead(org, channelId), condition: "attribute_exists(pk)" };
  if (archivedAt === null) return { ...head, expression: "REMOVE archivedAt" };
  return { ...head, expression: "SET archivedAt = :archivedAt", values: { ":archivedAt": archivedAt } };
}

/** How many more, or fewer, people a channel has. */
export type Headcount = { readonly members?: number; readonly guests?: number };

/**
 * Counts who comes and goes (label `channel <id>`). `isOpen` makes that the channel is there and not archived a
 * condition: nobody joins one that was archived at the same time (CH-7, GINV-8); `type`, that it is still of that type:
 * nobody comes into one by themselves, nor is brought by somebody outside, that was made private (CH-5).
 */
export function headcountWrite(
  org: string,
  channelId: string,
  { members = 0, guests = 0 }: Headcount,
  { isOpen, type }: { isOpen: boolean; type?: ChannelType | undefined },
): Write {
  const isThere = isOpen
    ? "attribute_exists(pk) AND attribute_not_exists(archivedAt)"
    : "attribute_exists(pk)";
  const count = {
    label: `channel ${channelId}`,
    update: keys.channel(org, channelId),
    expression: "ADD members :members, guests :guests",
    condition: isThere,
    values: { ":members": members, ":guests": guests },
  };
  if (type === undefined) return count;
  const typed = ofType(type, isThere);
  return { ...count, ...typed, values: { ...count.values, ...typed.values } };
}

/** A condition, and that the channel is of that type besides. */
function ofType(type: ChannelType, condition: string) {
  return {
    condition: `${condition} AND #type = :type`,
    names: { "#type": "type" },
    values: { ":type": type },
  };
}

/**
 * The condition that a channel is there and not archived (label `channel <id>`, CH-7), and of that type: what somebody may
 * do who only sees it, they may no more once it is private (CH-5).
 */
export function openChannelCheck(org: string, channelId: string, type: ChannelType | undefined): Write {
  const open = "attribute_exists(pk) AND attribute_not_exists(archivedAt)";
  const check = { label: `channel ${channelId}`, check: keys.channel(org, channelId), condition: open };
  return type === undefined ? check : { ...check, ...ofType(type, open) };
}

/** The same for what is done in an archived channel, too; nothing where no type is asked for. */
export function typeChecks(org: string, channelId: string, type: ChannelType | undefined): Write[] {
  if (type === undefined) return [];
  const check = { label: `channel ${channelId}`, check: keys.channel(org, channelId) };
  return [{ ...check, ...ofType(type, "attribute_exists(pk)") }];
}

/**
 * Deletes a channel's description and handle as they were read, and its head, so that no message, the system's own
 * included, finds a place in it any more (CH-7). All else of it is taken away by the `delete-channel` intent of the same
 * transaction.
 */
export function deleteChannelWrites(org: string, channel: Channel): Write[] {
  const { channelId, handle, version } = channel;
  return [
    {
      label: "channel",
      remove: keys.channel(org, channelId),
      condition: "version = :version",
      values: { ":version": version },
    },
    { label: "head", remove: keys.channelHead(org, channelId) },
    ...(handle === "" ? [] : [freeHandleWrite(org, channelId, handle)]),
  ];
}

/** One channel, read strongly, if the organization has it. */
export async function getChannel(table: Table, org: string, channel: string): Promise<Channel | undefined> {
  return await getItem(table, keys.channel(org, channel), channelItem);
}

/** Several channels by id, read strongly; one that is not there is not in the map. */
export async function getChannels(
  table: Table,
  org: string,
  ids: readonly string[],
): Promise<Map<string, Channel>> {
  const found = await getItems(
    table,
    [...new Set(ids)].map((id) => keys.channel(org, id)),
    channelItem,
  );
  return new Map(found.map((channel) => [channel.channelId, channel]));
}

/** The ids of an organization's public channels after one, in the order of their age; from the index (CH-5). */
export async function publicChannelIds(
  table: Table,
  org: string,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<{ ids: string[]; isMore: boolean }> {
  const found = await queryIndex(table, {
    partition: keys.publicChannels(org),
    after: after === undefined ? undefined : `${PREFIXES.channel}${after}`,
    limit,
  });
  return { ids: found.keys.map(({ sk }) => idIn(sk)), isMore: found.after !== undefined };
}

const handleItem = z.object({ sk: z.string(), channelId: z.string() });

/** The channels whose handle begins so, by handle; at most `limit` of them, whoever may see them (CH-4). */
export async function channelsByHandle(
  table: Table,
  org: string,
  { prefix, after, limit }: { prefix: string; after: string | undefined; limit: number },
): Promise<{ ids: string[]; after: string | undefined }> {
  const page = await queryPage(table, { partition: keys.handles(org), prefix, after, limit }, handleItem);
  return { ids: page.items.map(({ channelId }) => channelId), after: page.after };
}
