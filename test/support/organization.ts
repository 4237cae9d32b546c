import type { Accepted, Limits, MemberTerms, NewInvitations } from "@vestibule/client/types";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { type Person, person } from "./person.ts";

/** An organization's id, and that of its General channel. */
export type Workplace = { id: string; general: string };

/** What a newcomer gives to be registered (INV-7). */
export const REGISTRATION = { profile: { firstName: "Given", lastName: "Family" }, termsVersion: "1" };

/** An organization with its founder's first seat; without a limit of seats unless one is given. */
export async function newOrganization(founder: Person, limits: Partial<Limits> = {}): Promise<Workplace> {
  const { id } = await founder.client.createOrganization({
    name: "Lighthouse Ltd",
    limits: { seats: null, ...limits },
  });
  const { items } = await founder.client.listChannels(id);
  const general = items.find((channel) => channel.general);
  if (general === undefined) throw new Error("an organization without General");
  return { id, general: general.id };
}

type Terms = Partial<Omit<MemberTerms & NewInvitations, "kind" | "invitees">>;

/** An invitation's id, and the secret of its link for the invitee's routes. */
export type Invited = { id: string; secret: string };

/** Addresses per request: fewer than it takes, so that a slow machine answers in time. */
const MOST_INVITEES = 25;

async function inviteAddresses(
  sender: Person,
  org: string,
  emails: string[],
  terms: Terms,
): Promise<Invited[]> {
  const { results } = await sender.client.invite(org, {
    kind: "member",
    invitees: emails.map((email) => ({ email })),
    delivery: "link",
    ...terms,
  });
  return results.map(({ invitation, link, ...result }) => {
    if (invitation === undefined || link === undefined)
      throw new Error(`not invited: ${JSON.stringify(result)}`);
    return { id: invitation.id, secret: secretOf(link) };
  });
}

/** Invites one address by link. */
export async function inviteByLink(
  sender: Person,
  org: string,
  email: string,
  terms: Terms = {},
): Promise<Invited> {
  const [invited] = await inviteAddresses(sender, org, [email], terms);
  if (invited === undefined) throw new Error("no result for the address");
  return invited;
}

/** Invites many people by link, as many as fit in each request. */
export async function inviteAllByLink(
  sender: Person,
  org: string,
  people: readonly Person[],
): Promise<({ who: Person } & Invited)[]> {
  const invited: ({ who: Person } & Invited)[] = [];
  for (let start = 0; start < people.length; start += MOST_INVITEES) {
    const some = people.slice(start, start + MOST_INVITEES);
    const made = await inviteAddresses(
      sender,
      org,
      some.map(({ email }) => email),
      {},
    );
    some.forEach((who, index) => {
      const one = made[index];
      if (one !== undefined) invited.push({ who, ...one });
    });
  }
  return invited;
}

/** What follows the `#` of an invitation link. */
export function secretOf(link: string): string {
  return link.slice(link.indexOf("#") + 1);
}

/** Accepts as a newcomer does, registering at once. */
export async function accept(invitee: Person, secret: string): Promise<Accepted> {
  return await invitee.client.acceptInvitation({ token: secret, ...REGISTRATION });
}

/** Somebody new who was invited and has accepted. */
export async function inviteAndAccept(
  stack: LocalStack,
  sender: Person,
  org: string,
  nameOrEmail: string,
  terms: Terms = {},
): Promise<Person> {
  const invitee = await person(stack, nameOrEmail);
  const { secret } = await inviteByLink(sender, org, invitee.email, terms);
  await accept(invitee, secret);
  return invitee;
}
