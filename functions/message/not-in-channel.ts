import { addStatus, mayAddPeople } from "@vestibule/domain/channels";
import type { NotInChannel } from "../contract/message.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { fullName } from "../table/members.ts";
import { type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Admitted, PlaceDeps } from "./channel-relation.ts";

/** MSG-10: tells the author of those whom they mentioned in vain, and whether they may add them (CH-5, CH-8, GST-12). */
export async function toldOf(
  deps: PlaceDeps,
  channel: ChannelKey,
  { person, relation }: Pick<Admitted, "person" | "relation">,
  outside: readonly PersonRecord[],
): Promise<NotInChannel[]> {
  if (outside.length === 0) return [];
  const described = await deps.channel(channel);
  if (described === undefined) return [];
  const { type, isGeneral, archivedAt } = described;
  const now = deps.now();
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
