import { idSuffix, newSecret, sha256 } from "../../../functions/shell/ids.ts";
import type { ChannelKey } from "../../../functions/table/channel-heads.ts";
import { headcountWrite } from "../../../functions/table/channels.ts";
import { keys } from "../../../functions/table/keys.ts";
import { lineWrite } from "../../../functions/table/roster.ts";
import { isoTime, type Table } from "../../../functions/table/table.ts";
import { putTicket } from "../../../functions/table/tickets.ts";
import { transact } from "../../../functions/table/transaction.ts";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { seedMembers, tableOf, writeAll } from "../../support/seeded-members.ts";

const TICKET_MS = 60_000;

/** What a member who joined a channel by themselves is in the table: their row and their line of the roster. */
function placeItems(channel: ChannelKey, userId: string, now: number): Record<string, unknown>[] {
  const who = { userId, kind: "member", role: "member" } as const;
  const row = { channelId: channel.channelId, role: who.role, kind: who.kind, isDirect: true };
  const line = lineWrite(channel, who, isoTime(now));
  return [
    {
      ...keys.personChannel(channel.organizationId, userId, channel.channelId),
      ...row,
      joinedAt: isoTime(now),
    },
    ...("put" in line ? [line.put] : []),
  ];
}

/** Puts so many members into an organization and one of its channels, straight into the table; answers their ids. */
export async function seedCrowd(stack: LocalStack, channel: ChannelKey, count: number): Promise<string[]> {
  const { organizationId: org, channelId } = channel;
  const userIds = await seedMembers(stack, org, count);
  const table = tableOf(stack);
  await writeAll(
    table,
    userIds.flatMap((userId) => placeItems(channel, userId, Date.now())),
  );
  await transact(table, [headcountWrite(org, channelId, { members: count }, { isOpen: true })]);
  table.destroy();
  return userIds;
}

/** Addresses to connect to, as asking for a ticket would answer them. */
export async function ticketsFor(
  table: Table,
  { socketUrl }: LocalStack,
  organizationId: string,
  userIds: readonly string[],
): Promise<string[]> {
  return await Promise.all(
    userIds.map(async (userId) => {
      const ticket = `${idSuffix(organizationId)}.${newSecret()}`;
      const endsAt = Date.now() + TICKET_MS;
      await putTicket(table, { organizationId, hash: sha256(ticket), userId, endsAt });
      return `${socketUrl}?ticket=${ticket}`;
    }),
  );
}
