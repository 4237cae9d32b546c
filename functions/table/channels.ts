import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { CHANNEL_TYPES, type ChannelType } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { idIn, keys } from "./keys.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

const item = z.object({
  sk: z.string(),
  name: z.string(),
  handle: z.string(),
  type: z.enum(CHANNEL_TYPES),
  purpose: z.string(),
  header: z.string(),
  isGeneral: z.boolean(),
  isDefault: z.boolean(),
  archivedAt: z.string().optional(),
  createdAt: z.string(),
  version: z.number(),
});

/** A channel as stored, apart from its head (the last `seq`) and its messages. */
export type Channel = Omit<z.infer<typeof item>, "sk"> & { readonly id: string };

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

function channelOf(raw: unknown): Channel {
  const { sk, ...channel } = item.parse(raw);
  return { id: idIn(sk), ...channel };
}

/** The writes of a new channel: its description, and its head from which messages take their `seq` (MSG-2). */
export function newChannelWrites(input: NewChannel): Write[] {
  const { organizationId, channelId, createdAt, isGeneral, ...described } = input;
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

/** One channel, if the organization has it; half a read unit. */
export async function getChannel(
  table: Table,
  organizationId: string,
  channelId: string,
): Promise<Channel | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: keys.channel(organizationId, channelId) }),
  );
  return Item === undefined ? undefined : channelOf(Item);
}

export type ChannelPage = { readonly channels: Channel[]; readonly isLast: boolean };

/** The channels of an organization in the order of their ids, from after `afterChannelId` on. */
export async function listChannels(
  table: Table,
  organizationId: string,
  page: { limit: number; afterChannelId?: string | undefined },
): Promise<ChannelPage> {
  const { afterChannelId } = page;
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": keys.channels(organizationId) },
      Limit: page.limit,
      ...(afterChannelId === undefined
        ? {}
        : { ExclusiveStartKey: keys.channel(organizationId, afterChannelId) }),
    }),
  );
  return { channels: Items.map(channelOf), isLast: LastEvaluatedKey === undefined };
}
