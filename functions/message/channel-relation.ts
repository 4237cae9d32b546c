import type { Decision } from "@vestibule/domain/decision";
import type { PermissionFacts } from "@vestibule/domain/permissions";
import type { ChannelRelation } from "@vestibule/domain/vocabulary";
import { relationOf } from "../membership/channel-relation.ts";
import { unknownChannel } from "../membership/unknown-channel.ts";
import { notFound } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { Channel } from "../table/channels.ts";
import { generalChannelId } from "../table/keys.ts";
import { getPersonChannel, type PersonChannel } from "../table/memberships.ts";
import { getPerson, type PersonRecord, standingAt } from "../table/person-records.ts";
import { getChannel } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";

type Reading = { readonly isConsistent: boolean };

/** What tells how somebody stands to a channel. */
export type PlaceDeps = {
  person(org: string, user: string): Promise<PersonRecord | undefined>;
  row(channel: ChannelKey, user: string, reading: Reading): Promise<PersonChannel | undefined>;
  channel(channel: ChannelKey): Promise<Channel | undefined>;
  /** Epoch milliseconds. */
  now(): number;
};

/** The same from the table. */
export function placeDeps(table: Table): PlaceDeps {
  return {
    person: (org, user) => getPerson(table, org, user),
    row: (channel, user, reading) => getPersonChannel(table, channel, user, reading),
    channel: ({ organizationId, channelId }) => getChannel(table, organizationId, channelId),
    now: Date.now,
  };
}

/** Who acts, where. */
export type Actor = { readonly channel: ChannelKey; readonly userId: string };

/** Somebody who was let in; `isByRow`: by their row of the channel, and not as a member in General (CH-1). */
export type Admitted = {
  readonly person: PersonRecord;
  readonly relation: ChannelRelation;
  /** Their row of the channel as it was read; a member in General is asked for none. */
  readonly row: PersonChannel | undefined;
  readonly isByRow: boolean;
};

function isGeneral({ organizationId, channelId }: ChannelKey): boolean {
  return channelId === generalChannelId(organizationId);
}

const relationIn = (
  channel: ChannelKey,
  person: PersonRecord,
  row: PersonChannel | undefined,
): ChannelRelation => relationOf({ isGeneral: isGeneral(channel) }, person, row);

/** The record, and the row unless all members are in the channel: there a guest is asked for a second time. */
async function load(deps: PlaceDeps, { channel, userId }: Actor, reading: Reading) {
  const person = deps.person(channel.organizationId, userId);
  if (!isGeneral(channel)) {
    const [known, row] = await Promise.all([person, deps.row(channel, userId, reading)]);
    return { person: known, row };
  }
  const known = await person;
  const row = known?.kind === "guest" ? await deps.row(channel, userId, reading) : undefined;
  return { person: known, row };
}

/**
 * Lets somebody act in a channel if `decide` does: 1.5 read units, 1 for a member in General. Their row is read
 * eventually consistently unless `isSure`; what that refuses is decided anew on what stands there, and with the
 * channel's type, on which depends whether they may know of it (CH-5, GST-9).
 * @throws Problem of the denial; 404 for outsiders and for channels that are not there
 */
export async function admit(
  deps: PlaceDeps,
  actor: Actor,
  decide: (facts: PermissionFacts) => Decision,
  { isSure }: { isSure: boolean } = { isSure: false },
): Promise<Admitted> {
  const { channel, userId } = actor;
  const { person, row } = await load(deps, actor, { isConsistent: isSure });
  const standing = standingAt(person, deps.now());
  const relation = person === undefined ? "none" : relationIn(channel, person, row);
  const isByRow = person?.kind !== "member" || !isGeneral(channel);
  if (person !== undefined && decide({ standing, relation }).allowed)
    return { person, relation, row, isByRow };
  if (person === undefined || standing.kind === "outsider" || standing.state === "deactivated") {
    demand(decide({ standing }));
    throw notFound("organization");
  }
  const [sureRow, described] = await Promise.all([
    deps.row(channel, userId, { isConsistent: true }),
    deps.channel(channel),
  ]);
  if (described === undefined) throw unknownChannel(standing);
  const sure = relationIn(channel, person, sureRow);
  demand(decide({ standing, relation: sure, channelType: described.type }));
  return { person, relation: sure, row: sureRow, isByRow };
}
