import { accept, secretOf } from "./organization.ts";
import type { Person } from "./person.ts";
import type { Answer } from "./send.ts";
import { untilServed } from "./until-served.ts";

/** What an answer says, as the tests read it. */
export type Told = Record<string, unknown> & { id: string };

/** A request that is asked again while the service is busy, as clients do. */
export async function ask(by: Person, method: string, path: string, body?: object): Promise<Answer> {
  return await untilServed(() => by.send(method, path, body === undefined ? {} : { body }));
}

/** A request that has to succeed. @throws when it does not */
export async function act(by: Person, method: string, path: string, body?: object): Promise<Told> {
  const answer = await ask(by, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return (answer.body ?? {}) as Told;
}

/** A new channel; its creator is channel admin. */
export async function newChannel(
  by: Person,
  org: string,
  name: string,
  type: "public" | "private" = "private",
): Promise<string> {
  return (await act(by, "POST", `/v1/organizations/${org}/channels`, { name, type })).id;
}

/** Adds people to a channel. */
export async function addPeople(
  by: Person,
  org: string,
  channelId: string,
  ...people: Person[]
): Promise<void> {
  const userIds = people.map(({ userId }) => userId);
  await act(by, "POST", `/v1/organizations/${org}/channels/${channelId}/members`, { userIds });
}

export type GuestTerms = { channelIds: readonly string[]; guestEndsAt?: string };

/** Invites guests by link; answers their secrets in order. */
export async function inviteGuests(
  sender: Person,
  org: string,
  emails: readonly string[],
  terms: GuestTerms,
): Promise<{ id: string; secret: string }[]> {
  const answer = await act(sender, "POST", `/v1/organizations/${org}/invitations`, {
    kind: "guest",
    invitees: emails.map((email) => ({ email })),
    delivery: "link",
    ...terms,
  });
  const results = answer["results"] as { link?: string; invitation?: { id: string } }[];
  return results.map(({ link, invitation, ...result }) => {
    if (link === undefined || invitation === undefined)
      throw new Error(`not invited: ${JSON.stringify(result)}`);
    return { id: invitation.id, secret: secretOf(link) };
  });
}

/** Makes somebody a guest of these channels. */
export async function makeGuest(sender: Person, org: string, who: Person, terms: GuestTerms): Promise<void> {
  const [invited] = await inviteGuests(sender, org, [who.email], terms);
  await accept(who, invited?.secret ?? "");
}

/** Does something to each of many, a few at a time. */
export async function inLanes<Item>(
  items: Iterable<Item>,
  lanes: number,
  each: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await each(next.value);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
