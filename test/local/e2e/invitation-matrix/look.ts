import { BatchGetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { stateAt } from "@vestibule/domain/invitations";
import type { InvitationState } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { keys } from "../../../../functions/table/keys.ts";
import type { Kind } from "./cells.ts";
import type { Fixture } from "./world.ts";

/** An invitation as it lies in the table, with what it holds. */
export type Sight = {
  readonly state: InvitationState;
  /** Everything of the invitation, and of the organization, as text that compares. */
  readonly invitation: string;
  readonly organization: string;
  readonly reserved: number;
  readonly held: number;
  /** Whether its address waits for it. */
  readonly hasSlot: boolean;
};

const counters = z.looseObject({
  seatsReserved: z.number(),
  seatsHeld: z.number(),
  pendingGuests: z.number(),
  guests: z.number(),
});

const stored = z.looseObject({
  state: z.enum(["pending", "accepted", "declined", "revoked", "expired"]),
  endsAt: z.number(),
  addressKey: z.string(),
});

const slot = z.looseObject({ pk: z.string(), sk: z.string(), invitationId: z.string().optional() });

type Item = Record<string, unknown>;

/** Sets and objects in an order that compares: the engine tells them in any. */
function plain(_: string, value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const asText = (item: Item): string => JSON.stringify(item, plain);

async function query({ world }: Fixture, partition: string, prefix: string): Promise<Item[]> {
  const { table } = world.stage;
  const { Items } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": partition, ":prefix": prefix },
    }),
  );
  return Items ?? [];
}

/** What is reserved and held of each kind: seats, guests' places; of a mail address, slots and holders. */
const COUNTED: Record<Kind, (fixture: Fixture, organization: Item) => Promise<[number, number]>> = {
  member: async (_, organization) => {
    const { seatsReserved, seatsHeld } = counters.parse(organization);
    return [seatsReserved, seatsHeld];
  },
  guest: async (_, organization) => {
    const { pendingGuests, guests } = counters.parse(organization);
    return [pendingGuests, guests];
  },
  share: countedOfShares,
  "share-link": countedOfShares,
};

async function countedOfShares(fixture: Fixture): Promise<[number, number]> {
  const { org, addressId } = fixture.world;
  const slots = await query(fixture, keys.addresses(org), "share#");
  const holders = await query(fixture, keys.holders(org, addressId), "");
  return [slots.filter((each) => slot.parse(each).invitationId !== undefined).length, holders.length];
}

/** What each invitation's address is kept under; it never changes. */
const slotKeys = new Map<string, { pk: string; sk: string }>();

/** Looks at an invitation straight in the table, past everything that is tested. */
export async function look(fixture: Fixture): Promise<Sight> {
  const { world, id, kind } = fixture;
  const { org, stage } = world;
  const { table } = stage;
  const read = async (Keys: Item[]) => {
    const { Responses } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys, ConsistentRead: true } } }),
    );
    const items = Responses?.[table.name] ?? [];
    return (key: { sk: string }) => items.find(({ sk }) => sk === key.sk);
  };
  const [atInvitation, atOrganization] = [keys.invitation(org, id), keys.organization(org)];
  if (!slotKeys.has(id)) {
    const { addressKey } = stored.parse((await read([atInvitation]))(atInvitation));
    slotKeys.set(id, keys.address(org, kind === "share-link" ? "share" : kind, addressKey));
  }
  const atSlot = slotKeys.get(id) ?? atInvitation;
  const found = await read([atInvitation, atOrganization, atSlot]);
  const invitation = stored.parse(found(atInvitation));
  const organization = found(atOrganization) ?? {};
  const [reserved, held] = await COUNTED[kind](fixture, organization);
  const { state, endsAt } = invitation;
  return {
    state: stateAt({ state, expiresAt: endsAt }, stage.now()),
    invitation: asText(invitation),
    organization: asText(organization),
    reserved,
    held,
    hasSlot: slot.safeParse(found(atSlot)).data?.invitationId === id,
  };
}
