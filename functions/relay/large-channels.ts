import type { ChannelKey } from "../table/channel-heads.ts";
import { endTurn, leaveToTurn, takeTurn, toldInTurn } from "../table/delivery-turns.ts";
import { generalChannelId } from "../table/keys.ts";
import { getMessages, type Message } from "../table/messages.ts";
import { getOrganization } from "../table/organizations.ts";
import { getChannel } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";

/** From so many people on, telling a message costs far more than agreeing on who tells it. */
const LARGE = 100;

/** How long a container remembers which channels are large, and of how many. */
const KNOWN_MS = 60_000;
const MAX_KNOWN = 10_000;

/** Large channels, whose new messages one batch at a time tells for all (docs/adr/0033). */
export type LargeChannels = {
  isLarge(channel: ChannelKey): Promise<boolean>;
  takeTurn(channel: ChannelKey, holder: string): Promise<readonly number[] | undefined>;
  leave(channel: ChannelKey, seqs: readonly number[]): Promise<boolean>;
  endTurn(channel: ChannelKey, holder: string): Promise<readonly number[] | undefined>;
  told(channel: ChannelKey, seqs: readonly number[]): Promise<void>;
  messages(channel: ChannelKey, seqs: readonly number[]): Promise<Message[]>;
};

/** How many people are in a channel; in General all members are (CH-1). */
async function peopleIn(table: Table, { organizationId: org, channelId }: ChannelKey): Promise<number> {
  if (channelId === generalChannelId(org)) return (await getOrganization(table, org))?.seatsHeld ?? 0;
  const channel = await getChannel(table, org, channelId);
  return (channel?.members ?? 0) + (channel?.guests ?? 0);
}

/** The same from the table. */
export function largeChannels(table: Table, now: () => number): LargeChannels {
  const known = new Map<string, { isLarge: boolean; until: number }>();
  return {
    async isLarge(channel) {
      const remembered = known.get(channel.channelId);
      if (remembered !== undefined && remembered.until > now()) return remembered.isLarge;
      const isLarge = (await peopleIn(table, channel)) >= LARGE;
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(channel.channelId, { isLarge, until: now() + KNOWN_MS });
      return isLarge;
    },
    takeTurn: (channel, holder) => takeTurn(table, channel, { holder, now: now() }),
    leave: (channel, seqs) => leaveToTurn(table, channel, { seqs, now: now() }),
    endTurn: (channel, holder) => endTurn(table, channel, holder),
    told: (channel, seqs) => toldInTurn(table, channel, seqs),
    messages: (channel, seqs) => getMessages(table, channel, seqs),
  };
}
