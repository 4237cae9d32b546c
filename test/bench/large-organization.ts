import type { Person } from "../../functions/shell/route.ts";
import type { Table } from "../../functions/table/table.ts";
import { memberItems, seededId, writeAll } from "../support/seeded-members.ts";
import { benchApi } from "./bench-api.ts";
import { manyChannels } from "./many-channels.ts";

/** A person of the benchmark, by number. */
export function personNumber(index: number): Person {
  return {
    userId: seededId(index),
    email: `person.${index}@example.com`,
    isEmailVerified: true,
    firstName: "Person",
    lastName: String(index),
    signedInAt: undefined,
    hasSecondFactor: false,
  };
}

/** How large an organization is: `mine` of its channels are the founder's. */
export type Size = { readonly members: number; readonly channels: number; readonly mine: number };

/** An organization whose founder is person 0, without limits; its channels by their ids. */
export async function largeOrganization(
  table: Table,
  { members, channels, mine }: Size,
): Promise<{ org: string; channelIds: string[] }> {
  const limits = { seats: null, guests: null, publicChannels: null, privateChannels: null };
  const body = { name: `Organization of ${members}`, plan: "enterprise", limits };
  const created = await benchApi(table)(personNumber(0), "createOrganization", { body });
  const org = String(Reflect.get(Object(created), "id"));
  const items: Record<string, unknown>[] = [];
  for (let index = 1; index < members; index += 1) items.push(...memberItems(org, index));
  await writeAll(table, items);
  return { org, channelIds: await manyChannels(table, org, { all: channels, mine }) };
}
