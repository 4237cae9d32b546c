import { keys } from "../../../functions/table/keys.ts";
import type { World } from "../channel/world.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test looks into items of any kind.
type Row = Record<string, any>;

/** All that an organization holds, as it stands in the table. */
async function everything(w: World, userIds: readonly string[], channelIds: readonly string[]) {
  const rows = async (partition: string): Promise<Row[]> => await w.partition(partition);
  const byId = (items: Row[], id: string) => new Map(items.map((item) => [String(item[id]), item]));
  const each = async (ids: readonly string[], partitionOf: (id: string) => string) =>
    new Map(await Promise.all(ids.map(async (id) => [id, await rows(partitionOf(id))] as const)));
  const groups = byId(await rows(keys.groups(w.org)), "groupId");
  const invitations = await rows(keys.invitations(w.org));
  return {
    organization: ((await w.counters()) ?? {}) as Row,
    records: byId(await rows(keys.members(w.org)), "userId"),
    guestRows: (await rows(keys.guests(w.org))).filter(({ sk }) => sk.startsWith("USER#")),
    pending: invitations.filter(({ state }) => state === "pending"),
    channels: byId(await rows(keys.channels(w.org)), "channelId"),
    handles: await rows(keys.handles(w.org)),
    groups,
    groupPeople: await each([...groups.keys()], (id) => keys.groupPeople(w.org, id)),
    people: await each(userIds, (id) => keys.person(w.org, id)),
    rosters: await each(channelIds, (id) => keys.roster(w.org, id)),
    messages: await each(channelIds, (id) => keys.messages(w.org, id)),
    heads: await each(channelIds, (id) => keys.channelPartition(w.org, id)),
    intents: await rows(`O#${w.org}#INTENTS`),
  };
}

type All = Awaited<ReturnType<typeof everything>>;
type Same = (what: string, one: unknown, other: unknown) => void;

const isNamed = (channel: Row | undefined): boolean => ["public", "private"].includes(channel?.["type"]);
const idOf = ({ sk }: Row): string => String(sk).split("#")[1] ?? "";
const rankOf = ({ sk }: Row): number => Number(String(sk)[0]);
const count = (rows: Iterable<Row>, isIt: (row: Row) => boolean): number => [...rows].filter(isIt).length;

/** SEAT-6, SEAT-8, SEAT-10: the organization's counters against its lists. */
function compareCounters(all: All, same: Same): void {
  const { organization: org, records, pending, channels } = all;
  const guests = count(records.values(), ({ kind }) => kind === "guest");
  const pendingGuests = count(pending, ({ kind }) => kind === "guest");
  const isSeated = ({ kind, state }: Row) => kind === "member" && state === "active";
  same("guest rows", all.guestRows.length, guests);
  same("guests", org["guests"], guests);
  same("pendingGuests", org["pendingGuests"], pendingGuests);
  same("guestsUsed", org["guestsUsed"], guests + pendingGuests);
  same("seatsHeld", org["seatsHeld"], count(records.values(), isSeated));
  same("seatsReserved", org["seatsReserved"], pending.length - pendingGuests);
  same("seatsUsed", org["seatsUsed"], org["seatsHeld"] + org["seatsReserved"]);
  for (const type of ["public", "private"]) {
    const isOpen = (channel: Row) => channel["type"] === type && channel["archivedAt"] === undefined;
    same(`${type}Channels`, org[`${type}Channels`], count(channels.values(), isOpen));
  }
  same("handles", all.handles.length, count(channels.values(), isNamed));
  for (const id of org["defaultChannelIds"]) same(`default ${id}`, channels.has(id), true);
  same("intents", all.intents, []);
}

/** CH-8, CH-9: groups against their people, and these against the groups' channels. */
function compareGroups({ groups, groupPeople, people, channels }: All, same: Same): void {
  for (const [id, group] of groups) {
    const rows = groupPeople.get(id) ?? [];
    same(`members of ${id}`, group["members"], rows.length);
    same(`detaching of ${id}`, group["detaching"], []);
    for (const chn of group["channelIds"]) {
      same(`${id} on ${chn}`, channels.has(chn), true);
      for (const { userId } of rows) {
        const row = people.get(userId)?.find(({ sk }) => sk === `CHANNEL#${chn}`);
        same(`${userId} of ${id} in ${chn}`, row?.["via"]?.has(id), true);
      }
    }
  }
}

/** CH-9, GINV-9, GINV-11, ORG-10: what somebody is in against what they are. */
function comparePerson(all: All, userId: string, same: Same): void {
  const { records, channels, groups, groupPeople } = all;
  const record = records.get(userId);
  const rows = all.people.get(userId) ?? [];
  const isInGroup = (id: string) => groupPeople.get(id)?.some((row) => row["userId"] === userId) === true;
  for (const row of rows.filter(({ sk }) => sk.startsWith("GROUP#"))) {
    same(`${userId} in ${idOf(row)}`, [isInGroup(idOf(row)), record?.["kind"]], [true, "member"]);
  }
  const placed = rows.filter(({ role }) => role !== undefined);
  for (const row of placed) {
    const id = idOf(row);
    same(`${userId} in ${id}`, [row["kind"], channels.has(id)], [record?.["kind"], true]);
    const via: string[] = [...(row["via"] ?? [])];
    for (const group of via)
      same(`${userId} in ${id} via ${group}`, groups.get(group)?.["channelIds"].includes(id), true);
    same(`${userId} in ${id} by right`, row["isDirect"] || via.length > 0, true);
  }
  if (record?.["kind"] !== "guest") return;
  const named = count(placed, (row) => isNamed(channels.get(idOf(row))));
  same(`channelCount of ${userId}`, record["channelCount"], named);
  same(`${userId} has a channel`, named > 0, true);
}

/** CH-10, GINV-4: a channel's roster against people's rows, the channel's figures, and pending invitations. */
function compareRoster({ channels, people, rosters, pending, ...all }: All, id: string, same: Same): void {
  const lines = rosters.get(id) ?? [];
  const isHere = ({ kind, channelIds }: Row) => kind === "guest" && channelIds.includes(id);
  const placed = lines.filter((line) => rankOf(line) < 4).map(({ sk }) => sk);
  const due = [...people].flatMap(([userId, rows]) =>
    rows.flatMap(({ sk, role, kind }) => {
      if (sk !== `CHANNEL#${id}` || role === undefined) return [];
      return [`${kind === "guest" ? 3 : role === "admin" ? 1 : 2}#${userId}`];
    }),
  );
  same(`roster of ${id}`, placed, due.sort());
  const channel = channels.get(id);
  // GINV-8: an invitation outlives the channels that it names.
  if (channel !== undefined)
    same(
      `pending in ${id}`,
      count(lines, (line) => rankOf(line) === 4),
      count(pending, isHere),
    );
  else same(`rest of ${id}`, [all.messages.get(id), all.heads.get(id)], [[], []]);
  const guests = count(lines, (line) => rankOf(line) === 3);
  same(
    `figures of ${id}`,
    [channel?.["members"] ?? 0, channel?.["guests"] ?? 0],
    [placed.length - guests, guests],
  );
}

/** What of counters, lists and rows does not fit together once nothing is left to be carried out. */
export async function flaws(w: World, userIds: readonly string[], channelIds: readonly string[]) {
  const found: string[] = [];
  const same: Same = (what, one, other) => {
    const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
    if (left !== right) found.push(`${what}: ${left}, and not ${right}`);
  };
  const all = await everything(w, userIds, channelIds);
  compareCounters(all, same);
  compareGroups(all, same);
  for (const userId of userIds) comparePerson(all, userId, same);
  for (const id of channelIds) compareRoster(all, id, same);
  return found;
}
