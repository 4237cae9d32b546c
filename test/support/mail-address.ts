import { act, type Told } from "./act.ts";
import { type Invited, secretOf } from "./organization.ts";
import { newAddress, type Person } from "./person.ts";

/** An organization's mail address. */
export type MailAddress = { id: string; address: string };

/** Whose share, of which mail address. */
export type Place = { org: string; adr: string };

const sharesPath = ({ org, adr }: Place) => `/v1/organizations/${org}/mail-addresses/${adr}/shares`;

/** A new mail address of an organization. */
export async function newMailAddress(by: Person, org: string, name = "desk"): Promise<MailAddress> {
  const address = newAddress(name);
  const { id } = await act(by, "POST", `/v1/organizations/${org}/mail-addresses`, { address });
  return { id, address };
}

/** Gives a member access at once (SHR-4). */
export async function shareWithMember(
  by: Person,
  place: Place,
  who: Person,
  rights?: string[],
): Promise<void> {
  const body = { userId: who.userId, ...(rights === undefined ? {} : { rights }) };
  await act(by, "POST", sharesPath(place), body);
}

/** Gives a group's people access at once (SHR-4). */
export async function shareWithGroup(
  by: Person,
  place: Place,
  groupId: string,
  rights?: string[],
): Promise<void> {
  await act(by, "POST", sharesPath(place), { groupId, ...(rights === undefined ? {} : { rights }) });
}

/** Invites an outsider by link: the address given, or whoever holds the link (SHR-4). */
export async function shareByLink(
  by: Person,
  place: Place,
  email?: string,
  terms: object = {},
): Promise<Invited> {
  const body = { delivery: "link", ...(email === undefined ? {} : { email }), ...terms };
  const answer = (await act(by, "POST", sharesPath(place), body)) as Told & {
    invitation?: { id: string };
    link?: string;
  };
  const { invitation, link } = answer;
  if (invitation === undefined || link === undefined) throw new Error(`no link: ${JSON.stringify(answer)}`);
  return { id: invitation.id, secret: secretOf(link) };
}

/** What a newcomer to a share gives (INV-7, SHR-9); they also need a session with a second factor. */
export const SHARE_REGISTRATION = {
  profile: { firstName: "Given", lastName: "Family", phone: "+41 44 000 00 00" },
  termsVersion: "1",
};

/** Accepts a share as a newcomer does; they have signed in with a second factor (`person(…, {mfa: true})`). */
export async function acceptShare(invitee: Person, secret: string): Promise<Told> {
  return await act(invitee, "POST", "/v1/invitations/accept", { token: secret, ...SHARE_REGISTRATION });
}
