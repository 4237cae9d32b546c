import { expect, test } from "vitest";
import { followersOf } from "../../../functions/table/followers.ts";
import { keys } from "../../../functions/table/keys.ts";
import { addConnection, livePages, removeConnections } from "../../../functions/table/live.ts";
import { lookAt, lookAway, lookersAt } from "../../../functions/table/looking.ts";
import { transact } from "../../../functions/table/transaction.ts";
import {
  forgetWatchers,
  isWatching,
  type Watcher,
  watcherPages,
  watchPeople,
} from "../../../functions/table/watchers.ts";
import { NOW, ORG, SIDE, SIDE_CHANNEL, userId } from "../message/people.ts";
import { engineTable } from "../table/engine-table.ts";

const table = engineTable();

const connectionOf = (name: string, organizationId = ORG) => ({
  organizationId,
  userId: userId(name),
  connectionId: `${name}=`,
});

test("a connection looks at one channel at most, and is found by it", async () => {
  const [ann, bob] = [connectionOf("ann"), connectionOf("bob")];
  const other = { organizationId: ORG, channelId: `chn_${"3".repeat(26)}` };
  await lookAt(table(), ann, SIDE, NOW);
  await lookAt(table(), bob, SIDE, NOW);
  expect(await lookersAt(table(), SIDE_CHANNEL, 10)).toEqual([ann, bob]);
  expect(await lookersAt(table(), SIDE_CHANNEL, 1)).toHaveLength(1);
  await lookAt(table(), ann, other.channelId, NOW);
  expect(await lookersAt(table(), SIDE_CHANNEL, 10)).toEqual([bob]);
  expect(await lookersAt(table(), other, 10)).toEqual([ann]);
  await lookAway(table(), [ann, bob]);
  expect([...(await lookersAt(table(), SIDE_CHANNEL, 10)), ...(await lookersAt(table(), other, 10))]).toEqual(
    [],
  );
});

const [BOB, ZOE] = [`usr_${"b".repeat(26)}`, `usr_${"z".repeat(26)}`];

async function watchers(org: string, now = NOW): Promise<Watcher[]> {
  const all: Watcher[] = [];
  for await (const page of watcherPages(table(), org, now)) all.push(...page);
  return all;
}

test("PRS-3 a connection watches those it named last, until it watches nobody or is over", async () => {
  const ann = connectionOf("ann", "org_1");
  await watchPeople(table(), ann, [BOB, ZOE], NOW);
  await watchPeople(table(), ann, [BOB], NOW);
  const [found, ...others] = await watchers("org_1");
  expect(others).toEqual([]);
  expect(found).toMatchObject({ connectionId: ann.connectionId, userId: ann.userId });
  if (found !== undefined) expect([isWatching(found, BOB), isWatching(found, ZOE)]).toEqual([true, false]);
  expect(await watchers("org_1", NOW + 3 * 60 * 60 * 1000)).toEqual([]);
  await watchPeople(table(), ann, [], NOW);
  expect(await watchers("org_1")).toEqual([]);
});

test("whom gone connections watched is forgotten, and no item made for those that never did", async () => {
  const [ann, bob] = [connectionOf("ann", "org_2"), connectionOf("bob", "org_2")];
  await watchPeople(table(), ann, [BOB], NOW);
  await watchPeople(table(), bob, [BOB], NOW);
  await forgetWatchers(table(), "org_2", [ann.connectionId, "never="], NOW);
  expect((await watchers("org_2")).map(({ connectionId }) => connectionId)).toEqual([bob.connectionId]);
  await watchPeople(table(), bob, [], NOW);
  expect(await watchers("org_2", NOW - 60_000)).toHaveLength(1);
});

test("a hundred people watched are one write unit, and a tenth of a read unit or so", async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `usr_${String(index).padStart(26, "0")}`);
  await watchPeople(table(), connectionOf("cyd", "org_3"), ids, NOW);
  const [found] = await watchers("org_3");
  expect(ids.every((id) => found !== undefined && isWatching(found, id))).toBe(true);
  expect([...(found?.watched ?? [])].join(" ").length).toBeLessThan(950);
});

test("MSG-8 those who follow a thread are found, and not who does so no longer", async () => {
  const follow = (name: string, isFollowing: boolean) => ({
    label: name,
    put: {
      ...keys.personThread(ORG, userId(name), SIDE, 3),
      ...(isFollowing ? keys.followerIndex(ORG, userId(name), SIDE, 3) : {}),
      isFollowing,
    },
  });
  await transact(table(), [follow("ann", true), follow("bob", false), follow("gil", true)]);
  expect((await followersOf(table(), SIDE_CHANNEL, 3)).sort()).toEqual([userId("ann"), userId("gil")]);
  expect(await followersOf(table(), SIDE_CHANNEL, 4)).toEqual([]);
});

test("CH-1 PRS-4 a connection brings along how General is set, and the next one takes it back", async () => {
  const ann = connectionOf("ann");
  const general = { isMuted: true, level: "all" } as const;
  const found = async () => (await livePages(table(), ORG, NOW).next()).value;
  await addConnection(table(), { ...ann, isGuest: false, general, now: NOW });
  expect(await found()).toEqual([
    expect.objectContaining({ userId: ann.userId, connectionIds: [ann.connectionId], general }),
  ]);
  await addConnection(table(), { ...ann, connectionId: "other=", isGuest: false, now: NOW });
  const [again] = (await found()) ?? [];
  expect(again?.general).toBeUndefined();
  expect(again?.connectionIds).toHaveLength(2);
  await removeConnections(table(), { ...ann, connectionIds: [ann.connectionId, "other="] });
  expect(await found()).toEqual([]);
});
