import { BatchGetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { keys } from "../../functions/table/keys.ts";
import type { Table } from "../../functions/table/table.ts";
import { PLACES, type PlaceName } from "./plan.ts";
import { type Seen, type StoredItem, seenInTable } from "./seen.ts";
import type { World } from "./world.ts";

/** A channel as stored: its messages, how far its numbers go, and who may read it. */
export type StoredPlace = {
  readonly messages: readonly Seen[];
  /** Who posted what under which nonce, however often. */
  readonly posts: readonly { seq: number; authorId: string; nonce: string }[];
  readonly lastSeq: number;
  readonly readers: ReadonlySet<string>;
  /** How far each of them has read. */
  readonly marks: ReadonlyMap<string, number>;
};

export type Stored = {
  readonly places: Readonly<Record<PlaceName, StoredPlace>>;
  /** Who is in the organization. */
  readonly people: ReadonlySet<string>;
};

async function all(table: Table, pk: string): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  let start: StoredItem | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pk },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    items.push(...((page.Items ?? []) as StoredItem[]));
    start = page.LastEvaluatedKey as StoredItem | undefined;
  } while (start !== undefined);
  return items;
}

async function some(table: Table, wanted: readonly { pk: string; sk: string }[]) {
  const { Responses = {} } = await table.client.send(
    new BatchGetCommand({ RequestItems: { [table.name]: { Keys: [...wanted], ConsistentRead: true } } }),
  );
  const items = (Responses[table.name] ?? []) as StoredItem[];
  return new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
}

/** What the table holds of a seed's organization, read strongly and past all functions. */
export async function readStored({ table, org, places, actors }: World): Promise<Stored> {
  const users = actors.map(({ who }) => who.userId);
  const records = await some(table, [
    ...users.map((user) => keys.member(org, user)),
    ...PLACES.map((place) => keys.channelHead(org, places[place])),
    ...users.flatMap((user) => PLACES.map((place) => keys.personChannel(org, user, places[place]))),
  ]);
  const recordAt = ({ pk, sk }: { pk: string; sk: string }) => records.get(`${pk} ${sk}`);
  const people = users.filter((user) => recordAt(keys.member(org, user)) !== undefined);
  const members = new Set(people.filter((user) => recordAt(keys.member(org, user))?.kind === "member"));

  async function readPlace(place: PlaceName): Promise<StoredPlace> {
    const channelId = places[place];
    const [items, roster] = await Promise.all([
      all(table, keys.messages(org, channelId)),
      place === "general" ? [] : all(table, keys.roster(org, channelId)),
    ]);
    const lines = new Set(roster.flatMap(({ userId }) => userId ?? []));
    const marks = users.map((user) => {
      const row = recordAt(keys.personChannel(org, user, channelId));
      return [user, row?.lastReadSeq ?? 0] as const;
    });
    return {
      messages: items.map(seenInTable),
      posts: items.flatMap(({ sk, authorId = "", nonce }) =>
        nonce === undefined ? [] : [{ seq: Number(sk), authorId, nonce }],
      ),
      lastSeq: recordAt(keys.channelHead(org, channelId))?.seq ?? 0,
      readers: place === "general" ? members : lines,
      marks: new Map(marks),
    };
  }

  const [general, hidden, open, direct] = await Promise.all(PLACES.map(readPlace));
  if (!general || !hidden || !open || !direct) throw new Error("a place is missing");
  return {
    places: { general, private: hidden, public: open, direct },
    people: new Set(people),
  };
}
