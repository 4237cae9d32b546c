import type { DynamoDBBatchResponse } from "aws-lambda";
import { fanOut } from "../realtime/fan-out.ts";
import type { Notice } from "../realtime/notice.ts";
import { revokeSessions } from "../realtime/revoke.ts";
import { logger } from "../shell/logger.ts";
import { itemChange } from "../table/stream-items.ts";
import type { Figures } from "./figures.ts";
import { laterNotices } from "./later-notices.ts";
import { noticesOf } from "./notices-of.ts";
import { type Heard, isExpiry, type StreamRecord } from "./stream-event.ts";
import { tellStatuses } from "./tell-statuses.ts";
import { type TurnDeps, takeTurns, tellInTurn } from "./turns.ts";

export type RelayDeps = TurnDeps & { readonly figures: Figures };

function hear(record: StreamRecord): Heard[] {
  const { Keys, OldImage, NewImage } = record.dynamodb;
  try {
    const change = itemChange({ pk: Keys.pk.S, sk: Keys.sk.S, oldImage: OldImage, newImage: NewImage });
    return change === undefined ? [] : [{ record, change }];
  } catch (error) {
    // A record that cannot be read will not be readable later either; the rest must not wait for it.
    const { SequenceNumber } = record.dynamodb;
    logger.error("unreadable record", { SequenceNumber, error: error instanceof Error ? error.name : "" });
    return [];
  }
}

/** ORG-10: the connections of people who were removed or deactivated, which took their entry off the list. */
async function endSessions(deps: RelayDeps, heard: readonly Heard[]): Promise<void> {
  for (const { record, change } of heard) {
    if (change.kind !== "live" || change.after !== undefined || change.before === undefined) continue;
    if (isExpiry(record)) continue;
    await revokeSessions(deps, change.before.userId, change.before.connectionIds);
  }
}

/** Tells one organization its news. @throws when the table does */
async function tellOne(deps: RelayDeps, organizationId: string, heard: readonly Heard[]): Promise<void> {
  const now = deps.now();
  const { own, turns } = await takeTurns(deps, organizationId, heard);
  const changes = own.map(({ change }) => change);
  await tellInTurn(deps, turns, {
    startedAt: now,
    async tellOwn(left) {
      const notices: Notice[] = [...left, ...changes.flatMap((change) => noticesOf(change, now))];
      const later = await laterNotices(deps, changes);
      await Promise.all([
        fanOut(deps, organizationId, [...notices, ...later]),
        tellStatuses(deps, organizationId, changes),
      ]);
    },
  });
}

/** Tells each organization its news; answers the first record of those for whom the table failed. */
async function tell(deps: RelayDeps, heard: readonly Heard[]): Promise<string | undefined> {
  const failed = new Set<StreamRecord>();
  for (const [organizationId, news = []] of Map.groupBy(heard, ({ change }) => change.organizationId)) {
    try {
      await tellOne(deps, organizationId, news);
    } catch (error) {
      logger.error("not relayed", { error: error instanceof Error ? error : typeof error });
      for (const { record } of news) failed.add(record);
    }
  }
  return heard.find(({ record }) => failed.has(record))?.record.dynamodb.SequenceNumber;
}

/**
 * Delivers what a batch of the table's stream says. Who is connected is read after the batch, so that whoever connected
 * before a change is told of it. A batch fails only if the table does; it is then delivered again from there on, and
 * clients know a repeated event by its `seq`.
 */
export async function relayBatch(
  deps: RelayDeps,
  records: readonly StreamRecord[],
): Promise<DynamoDBBatchResponse> {
  const heard = records.flatMap(hear);
  const [failedFrom] = await Promise.all([tell(deps, heard), endSessions(deps, heard)]);
  return { batchItemFailures: failedFrom === undefined ? [] : [{ itemIdentifier: failedFrom }] };
}
