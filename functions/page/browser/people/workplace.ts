import type { Action } from "@vestibule/domain/actions";
import type { Outcome, Refusal } from "../api.ts";
import { type Fields, objectsIn, textIn } from "../json.ts";
import { ask } from "./ask.ts";

/** GST-17: whether the person may, and if not, why. */
export type Permission = { isAllowed: boolean; code: string; reason: string; rule: string };
export type Named = { id: string; name: string };

/** The organization whose people are shown, as whoever is signed in may see it. */
export type Workplace = {
  org: string;
  userId: string;
  name: string;
  plan: string;
  permissions: ReadonlyMap<string, Permission>;
  channels: Map<string, string>;
};

let current: Workplace | undefined;

/** The organization that is open. @throws when there is none */
export function place(): Workplace {
  if (current === undefined) throw new Error("no organization is open");
  return current;
}

export function setPlace(workplace: Workplace): void {
  current = workplace;
}

/** A path of the open organization. */
export function here(path: string): string {
  return `organizations/${place().org}/${path}`;
}

/** What the person may do here; what the service did not name they may not. */
export function permission(action: Action): Permission {
  return place().permissions.get(action) ?? { isAllowed: false, code: "", reason: "", rule: "" };
}

export function may(action: Action): boolean {
  return permission(action).isAllowed;
}

/** The permissions in an answer of `GET …/permissions`. */
export function permissionsIn(body: Fields): ReadonlyMap<string, Permission> {
  return new Map(
    objectsIn(body, "items").map((item) => [
      textIn(item, "action"),
      {
        isAllowed: item["allowed"] === true,
        code: textIn(item, "code"),
        reason: textIn(item, "reason"),
        rule: textIn(item, "rule"),
      },
    ]),
  );
}

/** Asks anew what the person may do here, after a change of their own roles. */
export async function readPermissions(): Promise<void> {
  const answer = await ask("GET", here("permissions"));
  if (answer.ok) setPlace({ ...place(), permissions: permissionsIn(answer.body) });
}

const MOST_PAGES = 5;

/** Every item of a list, as far as one person can look through it; with why there are no more of them, if it was refused. */
export async function everyItem(path: string): Promise<{ items: Fields[]; refusal?: Refusal }> {
  const items: Fields[] = [];
  let cursor: string | undefined = "";
  for (let page = 0; page < MOST_PAGES && cursor !== undefined; page += 1) {
    const answer: Outcome = await ask("GET", `${path}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    if (!answer.ok) return { items, refusal: answer };
    items.push(...objectsIn(answer.body, "items"));
    cursor = textIn(answer.body, "nextCursor") || undefined;
  }
  return { items };
}

/** Learns the channels' names. */
export async function readChannels(): Promise<void> {
  const { items } = await everyItem(here("channels?limit=200"));
  for (const channel of items) {
    const name = textIn(channel, "name");
    if (name !== "") place().channels.set(textIn(channel, "id"), name);
  }
}

/** Channels by name; one that the person may not know of has none. */
export function channelNames(ids: readonly string[] | undefined): string[] {
  return (ids ?? []).flatMap((id) => place().channels.get(id) ?? []).map((name) => `#${name}`);
}
