import { isConversation } from "@vestibule/domain/permissions";
import { CHANNEL_TYPES, type ChannelType } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { ofType } from "./channel-conditions.ts";
import { keys } from "./keys.ts";
import { isoTime } from "./table.ts";
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
export function publicEntry(org: string, channel: Pick<Channel, "channelId" | "type">) {
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
      put: {
        ...keys.channelHead(org, channelId),
        seq: 0,
        nonces: {},
        wide: {},
        ...(isConversation(input.type) ? { isConversation: true } : {}),
      },
      condition: "attribute_not_exists(pk)",
    },
    ...(handle === "" ? [] : [takeHandleWrite(org, channelId, handle)]),
  ];
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
