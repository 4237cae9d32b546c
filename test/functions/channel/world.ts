import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll } from "vitest";
import { groupUseCases } from "../../../functions/channel/groups-use-cases.ts";
import { channelPeopleUseCases } from "../../../functions/channel/people-use-cases.ts";
import { channelUseCases } from "../../../functions/channel/use-cases.ts";
import { newId } from "../../../functions/shell/ids.ts";
import { headcountWrite, newChannelWrites } from "../../../functions/table/channels.ts";
import { newGuestWrites } from "../../../functions/table/guests.ts";
import { generalChannelId, type Key, keys } from "../../../functions/table/keys.ts";
import { type Member, newMemberWrites } from "../../../functions/table/members.ts";
import { joinWrites } from "../../../functions/table/membership-writes.ts";
import { newOrganizationWrite, type Organization } from "../../../functions/table/organizations.ts";
import type { Table } from "../../../functions/table/table.ts";
import { transact, type Write } from "../../../functions/table/transaction.ts";
import { createTable } from "../../../infra/local/engine/create-table.ts";
import { startEngine } from "../../../infra/local/engine/dynoxide-process.ts";
import { engineClient } from "../../../infra/local/engine/engine-client.ts";
import { type Answered, caller, personWith, type TestPerson } from "../shell/caller.ts";
import { guestOf, memberOf, organizationOf } from "../table/items.ts";

const NAME = "workspace";
const BASE = "/v1/organizations/{org}";

/** A table on which something else can happen just before a transaction is written, after all that it rests on was read. */
function held(plain: Table) {
  let race: (() => Promise<unknown>) | undefined;
  const send = async (command: Parameters<Table["client"]["send"]>[0]) => {
    const act = race;
    if (act !== undefined && command instanceof TransactWriteCommand) {
      race = undefined;
      await act();
    }
    return await plain.client.send(command);
  };
  const table: Table = { ...plain, client: { send: send as Table["client"]["send"] } };
  /** Makes this happen just before the next transaction. */
  const meanwhile = (act: () => Promise<unknown>) => {
    race = act;
  };
  return { table, meanwhile };
}

type Given = Parameters<ReturnType<typeof caller>>[1];

/** An organization with its General channel on the engine, and the channel function's routes for its people. */
async function organizationIn(plain: Table, change: Partial<Organization> = {}) {
  const { table, meanwhile } = held(plain);
  const org = newId("organization");
  const organization = organizationOf({ organizationId: org, seatsHeld: 0, seatsUsed: 0, ...change });
  const general = generalChannelId(org);
  await transact(table, [
    newOrganizationWrite(organization),
    ...newChannelWrites({
      organizationId: org,
      channelId: general,
      name: "General",
      handle: "general",
      type: "public",
      isGeneral: true,
      createdBy: "usr_founder",
      createdAt: Date.now(),
    }),
  ]);
  const call = caller([...channelUseCases(table), ...channelPeopleUseCases(table), ...groupUseCases(table)]);

  async function member(name: string, record: Partial<Member> = {}): Promise<TestPerson> {
    const person = personWith(`${name}@example.com`);
    const { version: _, joinedAt: _at, kind: _kind, ...fresh } = memberOf(person.userId, record);
    await transact(
      table,
      newMemberWrites({ ...fresh, organizationId: org, firstName: name, ...record }, Date.now()),
    );
    return person;
  }

  /** Puts somebody into a channel as whoever adds people does. */
  async function puts(person: TestPerson, channelId: string, kind: "member" | "guest" = "member") {
    const counted = kind === "guest" ? { guests: 1 } : { members: 1 };
    await transact(table, [
      ...joinWrites(
        { organizationId: org, channelId },
        { userId: person.userId, kind, role: "member" },
        Date.now(),
      ),
      headcountWrite(org, channelId, counted, { isOpen: true }),
    ]);
  }

  async function guest(name: string, channelIds: readonly string[], endsAt?: number): Promise<TestPerson> {
    const person = personWith(`${name}@example.net`);
    const { version: _, joinedAt: _at, kind: _kind, ...fresh } = guestOf(person.userId);
    await transact(
      table,
      newGuestWrites(
        {
          ...fresh,
          organizationId: org,
          firstName: name,
          channelCount: channelIds.length,
          addressKeys: [],
          ...(endsAt === undefined ? {} : { endsAt }),
        },
        Date.now(),
      ),
    );
    for (const channelId of channelIds) await puts(person, channelId, "guest");
    return person;
  }

  /** A request of a person, as `"POST /channels/{chn}/join"`. */
  async function ask(as: TestPerson, act: string, chn?: string, given: Given = {}): Promise<Answered> {
    const [method, path = ""] = act.split(" ");
    return await call(`${method} ${BASE}${path}`, {
      as,
      params: { org, ...(chn === undefined ? {} : { chn }) },
      ...given,
    });
  }

  async function channel(as: TestPerson, body: Record<string, unknown>): Promise<string> {
    const answer = await ask(as, "POST /channels", undefined, { body: { type: "public", ...body } });
    if (answer.status !== 201) throw new Error(`not created: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  }

  async function item(key: Key): Promise<Record<string, unknown> | undefined> {
    return (await table.client.send(new GetCommand({ TableName: NAME, Key: key }))).Item;
  }

  async function partition(pk: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: NAME,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pk },
      }),
    );
    return Items;
  }

  /** What the system has told in a channel (MSG-12). */
  async function told(channelId: string): Promise<unknown[]> {
    return (await partition(keys.messages(org, channelId))).map(({ system }) => system);
  }

  const write = async (...writes: Write[]) => await transact(table, writes);
  const counters = async () => await item(keys.organization(org));
  const ids = (answer: Answered): string[] => answer.body.items.map(({ id }: { id: string }) => id);
  return {
    table,
    org,
    general,
    member,
    guest,
    puts,
    ask,
    channel,
    item,
    partition,
    told,
    write,
    counters,
    ids,
    meanwhile,
  };
}

export type World = Awaited<ReturnType<typeof organizationIn>>;

/** The embedded engine for the tests of one file; each test has an organization of its own. */
export function engineWorld(): (change?: Partial<Organization>) => Promise<World> {
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let client: DynamoDBClient;
  let table: Table;
  beforeAll(async () => {
    engine = await startEngine(undefined);
    await createTable(engine.endpoint, {
      name: NAME,
      key: { partition: "pk", sort: "sk" },
      attributes: { pk: "S", sk: "S", gsi1pk: "S", gsi1sk: "S" },
      indexes: [
        {
          name: "gsi1",
          partition: "gsi1pk",
          sort: "gsi1sk",
          projection: "KEYS_ONLY",
          nonKeyAttributes: [],
        },
      ],
    });
    const { endpoint } = engine;
    client = engineClient(endpoint);
    const marshallOptions = { removeUndefinedValues: true };
    table = { client: DynamoDBDocumentClient.from(client, { marshallOptions }), name: NAME };
  });
  afterAll(async () => {
    client.destroy();
    await engine.stop();
  });
  return async (change) => await organizationIn(table, change);
}
