import { ROUTES } from "../../functions/routes.ts";
import type { ParameterName, Route } from "../../functions/shell/route.ts";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { inviteAndAccept, inviteByLink, newOrganization, REGISTRATION } from "./organization.ts";
import { type Person, person } from "./person.ts";
import type { Answer, RequestParts } from "./send.ts";

/** The ids that a request can name, and the secret of the pending invitation among them. */
export type Ids = Record<ParameterName, string> & { secret: string };

/** An organization with one of everything, and who they are. */
export type Settlement = { founder: Person; member: Person; invitee: Person; ids: Ids };

/** Makes such an organization; its `user` is the member. */
export async function settle(stack: LocalStack, name: string): Promise<Settlement> {
  const founder = await person(stack, `${name}-founder`);
  const { id: org, general: chn } = await newOrganization(founder);
  const member = await inviteAndAccept(stack, founder, org, `${name}-member`);
  const invitee = await person(stack, `${name}-invitee`);
  const { id: inv, secret } = await inviteByLink(founder, org, invitee.email);
  const { seq } = await founder.client.postMessage(org, chn, { text: "hello" });
  const ids = { org, user: member.userId, inv, chn, seq: String(seq), file: "invite.css", secret };
  return { founder, member, invitee, ids };
}

/** A body that is accepted, for every route that takes one: a route without its line here fails its tests. */
export const VALID_BODIES: Readonly<Record<string, (ids: Ids) => object>> = {
  createOrganization: () => ({
    name: "Another Ltd",
    plan: "business",
    limits: { seats: 5, guests: null, publicChannels: 3, privateChannels: 0, historyDays: 90 },
  }),
  updateOrganization: () => ({
    name: "Renamed Ltd",
    plan: "business",
    limits: { seats: 50 },
    settings: { memberInvitationDays: 3, termsVersion: "2" },
  }),
  changeOrgRole: () => ({ role: "administrator" }),
  changeChatRole: () => ({ role: "admin" }),
  changeRights: () => ({ suite: true, chat: false, mail: true, accounting: false }),
  deactivateMember: () => ({}),
  reactivateMember: () => ({}),
  invite: ({ chn }) => ({
    kind: "member",
    invitees: [{ email: "valid@example.com", firstName: "First", lastName: "Last" }],
    orgRole: "user",
    chatRole: "user",
    rights: { suite: false, chat: false, mail: true, accounting: false },
    channelIds: [chn],
    groupIds: [],
    strict: true,
    delivery: "link",
    message: "Come in.",
    locale: "de",
    expiresInDays: 3,
  }),
  previewInvitation: ({ secret }) => ({ token: secret }),
  acceptInvitation: ({ secret }) => ({ token: secret, ...REGISTRATION }),
  declineInvitation: ({ secret }) => ({ token: secret }),
  updateMyChannel: () => ({ lastReadSeq: 1 }),
  postMessage: () => ({ text: "A message", nonce: "a-nonce" }),
  createSocketTicket: () => ({}),
};

/** The routes that take a body. */
export const ROUTES_WITH_BODY = ROUTES.filter(({ method }) => ["POST", "PUT", "PATCH"].includes(method));

/** A route's path with these ids in it. */
export function pathOf(route: Route, ids: Record<ParameterName, string>): string {
  return route.path.replaceAll(/\{([a-z]+)\}/gu, (_, name: ParameterName) => encodeURIComponent(ids[name]));
}

/** The names in a route's path. */
export function parametersOf(route: Route): ParameterName[] {
  return [...route.path.matchAll(/\{([a-z]+)\}/gu)].map(([, name]) => name as ParameterName);
}

/** A whole, valid request of a route with these ids, sent by whoever `by` is. */
export async function request(
  by: { send: (method: string, path: string, parts?: RequestParts) => Promise<Answer> },
  route: Route,
  ids: Ids,
): Promise<Answer> {
  const body = VALID_BODIES[route.operationId]?.(ids);
  return await by.send(route.method, pathOf(route, ids), body === undefined ? {} : { body });
}
