import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { idSuffix, newId } from "../../functions/shell/ids.ts";
import type { Table } from "../../functions/table/table.ts";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { addPeople, makeGuest, newChannel } from "../support/act.ts";
import { accept, inviteAllByLink, newOrganization } from "../support/organization.ts";
import { type Person, person } from "../support/person.ts";
import { quietStream } from "../support/quiet-stream.ts";
import { writeAll } from "../support/seeded-members.ts";
import { PEOPLE, type PlaceName } from "./plan.ts";

type Item = Record<string, unknown>;

/** An organization as the API makes it, of which every seed gets a copy: what comes before the acts is no test of theirs. */
export type Template = {
  readonly org: string;
  readonly people: readonly Person[];
  readonly handles: readonly string[];
  readonly places: Readonly<Record<PlaceName, string>>;
  readonly items: readonly Item[];
};

/** What the acts do not come upon. */
const LEFT_OUT = /#(?:ALLOWANCE|AUDIT|INTENTS|INVITATIONS|NOTICES)$/u;

async function itemsOf(table: Table, org: string): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        ConsistentRead: true,
        FilterExpression: "begins_with(pk, :org)",
        ExpressionAttributeValues: { ":org": `O#${org}` },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items.filter(({ pk }) => !LEFT_OUT.test(String(pk)));
}

/** People, channels, and who is where in the beginning. */
export async function buildTemplate(stack: LocalStack, table: Table, hasGuest: boolean): Promise<Template> {
  const people = await Promise.all(PEOPLE.map((name) => person(stack, name)));
  const [founder, first, second, fourth] = people;
  if (!founder || !first || !second || !fourth) throw new Error("too few people");
  const { id: org, general } = await newOrganization(founder);
  const newcomers = hasGuest ? [first, second] : [first, second, fourth];
  const invited = await inviteAllByLink(founder, org, newcomers);
  await Promise.all(invited.map(({ who, secret }) => accept(who, secret)));
  const [hidden, open, { id: direct }] = await Promise.all([
    newChannel(founder, org, "Private", "private"),
    newChannel(first, org, "Public", "public"),
    first.client.openConversation(org, [second.userId]),
  ]);
  await addPeople(founder, org, hidden, ...newcomers);
  await addPeople(first, org, open, founder);
  if (hasGuest) await makeGuest(founder, org, fourth, { channelIds: [hidden, open] });
  await quietStream(stack);
  const items = await itemsOf(table, org);
  const handles = people.map(({ userId }) => {
    const record = items.find(({ pk, sk }) => pk === `O#${org}#MEMBERS` && sk === `USER#${userId}`);
    return String(record?.["handle"]);
  });
  return { org, people, handles, places: { general, private: hidden, public: open, direct }, items };
}

/** The same with other texts in it, sets included. */
function rewritten(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === "string") return rewrite(value);
  if (Array.isArray(value)) return value.map((one) => rewritten(one, rewrite));
  if (value instanceof Set) return new Set([...value].map((one) => rewritten(one, rewrite)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [rewrite(name), rewritten(inner, rewrite)]),
  );
}

/** Copies of an organization, each with an id of its own. */
export async function copyTemplate(
  table: Table,
  { org, items, places }: Template,
  count: number,
): Promise<Pick<Template, "org" | "places">[]> {
  const copies = Array.from({ length: count }, () => newId("organization"));
  const written = copies.flatMap((copy) => {
    const rewrite = (text: string) => text.replaceAll(idSuffix(org), idSuffix(copy));
    // Nobody is a newcomer any more, and nobody's list of organizations grows with every seed.
    return items.map(({ isNewcomer: _, ...item }) => {
      const { gsi1pk, gsi1sk, ...rest } = rewritten(item, rewrite) as Item;
      return String(gsi1pk).startsWith("U#") || gsi1pk === undefined ? rest : { ...rest, gsi1pk, gsi1sk };
    });
  });
  await writeAll(table, written);
  return copies.map((copy) => ({
    org: copy,
    places: { ...places, general: places.general.replace(idSuffix(org), idSuffix(copy)) },
  }));
}
