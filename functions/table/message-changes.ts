import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { isoTime } from "./table.ts";

/**
 * What every change of a stored message sets besides (`expression` goes behind a `SET`): when it was changed, and with it
 * its place in the index of changes, by which those who were away learn of it (MSG-4).
 */
export function changedNow({ organizationId: org, channelId }: ChannelKey, seq: number, now: number) {
  const changedAt = isoTime(now);
  const { gsi1pk, gsi1sk } = keys.changeIndex(org, channelId, changedAt, seq);
  return {
    expression: "changedAt = :changedAt, gsi1pk = :changes, gsi1sk = :change",
    values: { ":changedAt": changedAt, ":changes": gsi1pk, ":change": gsi1sk },
  };
}
