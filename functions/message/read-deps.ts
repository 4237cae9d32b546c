import type { ChannelKey } from "../table/channel-heads.ts";
import { type ChangesPage, listChanges } from "../table/message-changes.ts";
import type { Table } from "../table/table.ts";
import { type PlaceDeps, placeDeps } from "./channel-relation.ts";
import { historyDaysOf } from "./history-limit.ts";
import { type MessageLog, messageLog } from "./message-log.ts";

/** What reading messages needs. */
export type ReadDeps = PlaceDeps & {
  readonly log: MessageLog;
  /** How many days back messages are shown (SEAT-7); `null` for all. */
  historyDays(org: string, now: number): Promise<number | null>;
  changes(channel: ChannelKey, range: { after: string; limit: number }): Promise<ChangesPage>;
};

/** The same from the table. */
export function readDeps(table: Table): ReadDeps {
  return {
    ...placeDeps(table),
    log: messageLog(table),
    historyDays: (org, now) => historyDaysOf(table, org, now),
    changes: (channel, range) => listChanges(table, channel, range),
  };
}
