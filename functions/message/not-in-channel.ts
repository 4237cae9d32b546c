import { addStatus, mayAddPeople } from "@vestibule/domain/channels";
import type { ChannelRelation } from "@vestibule/domain/vocabulary";
import type { NotInChannel } from "../contract/message.ts";
import type { Channel } from "../table/channels.ts";
import { fullName } from "../table/members.ts";
import { type PersonRecord, standingAt } from "../table/person-records.ts";

/** Who wrote, and how they stand to the channel that they wrote in. */
export type Author = {
  readonly person: PersonRecord;
  readonly relation: ChannelRelation;
  readonly channel: Pick<Channel, "type" | "isGeneral" | "archivedAt">;
};

/** MSG-10: tells the author of those whom they mentioned in vain, and whether they may add them (CH-5, CH-8, GST-12). */
export function toldOf(
  { person, relation, channel: { type, isGeneral, archivedAt } }: Author,
  outside: readonly PersonRecord[],
  now: number,
): NotInChannel[] {
  const mayAdd = mayAddPeople({
    actor: standingAt(person, now),
    relation,
    channel: { type, isGeneral, isArchived: archivedAt !== undefined },
  }).allowed;
  return outside.map((other) => ({
    userId: other.userId,
    name: fullName(other) || other.handle,
    handle: other.handle,
    mayAdd: mayAdd && addStatus({ standing: standingAt(other, now), relation: "none" }) === "added",
  }));
}
