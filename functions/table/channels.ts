import { CHANNEL_TYPES, type ChannelType } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem, type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** A channel apart from its head (the last `seq`) and its messages: `O#<org>#CHANNELS` / `CHANNEL#<chn>`. */
export const channelItem = z.object({
  channelId: z.string(),
  name: z.string(),
  handle: z.string(),
  type: z.enum(CHANNEL_TYPES),
  purpose: z.string(),
  header: z.string(),
  isGeneral: z.boolean(),
  isDefault: z.boolean(),
  archivedAt: z.string().optional(),
  createdAt: z.string(),
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
  /** Epoch milliseconds. */
  createdAt: number;
  purpose?: string;
  header?: string;
};

/** The writes of a new channel: its description, and its head from which messages take their `seq` (MSG-2). */
export function newChannelWrites(input: NewChannel): Write[] {
  const { organizationId, createdAt, isGeneral, ...described } = input;
  const { channelId } = input;
  return [
    {
      label: "new-channel",
      put: {
        ...keys.channel(organizationId, channelId),
        purpose: "",
        header: "",
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
      put: { ...keys.channelHead(organizationId, channelId), seq: 0, nonces: {} },
      condition: "attribute_not_exists(pk)",
    },
  ];
}

/** One channel, read strongly, if the organization has it. */
export async function getChannel(table: Table, org: string, channel: string): Promise<Channel | undefined> {
  return await getItem(table, keys.channel(org, channel), channelItem);
}

/** One page of an organization's channels, in the order of their ids. */
export async function listChannels(
  table: Table,
  org: string,
  page: { limit: number; after: string | undefined },
): Promise<Page<Channel>> {
  return await queryPage(table, { partition: keys.channels(org), ...page }, channelItem);
}
