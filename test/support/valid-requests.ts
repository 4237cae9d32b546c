import { ROUTES } from "../../functions/routes.ts";
import type { ParameterName, Route } from "../../functions/shell/route.ts";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { act, addPeople, makeGuest, newChannel } from "./act.ts";
import { newMailAddress, shareByLink, shareWithGroup, shareWithMember } from "./mail-address.ts";
import { inviteAndAccept, inviteByLink, newOrganization, REGISTRATION } from "./organization.ts";
import { type Person, person } from "./person.ts";
import type { Answer, RequestParts } from "./send.ts";

/**
 * The ids that a request can name: the member's, General's, those of a pending invitation and of its secret, of a group
 * that the member is in, and of a mail address that the founder, the member and the group have access to. Beside them: a
 * guest; a private channel with all of these people; another one, which the group is attached to; a pending invitation to
 * the mail address; the file of the organization's logo; and a call that runs in the private channel.
 */
export type Ids = Record<ParameterName, string> & {
  pending: string;
  shareInvitation: string;
  logo: string;
  secret: string;
  member: string;
  guest: string;
  general: string;
  channel: string;
  attached: string;
};

/** An organization with one of everything, and who they are. */
export type Settlement = { founder: Person; member: Person; guest: Person; invitee: Person; ids: Ids };

const PAGE_FILE = "invite.css";

/** Makes such an organization; its `user` is the member. */
export async function settle(stack: LocalStack, name: string): Promise<Settlement> {
  const founder = await person(stack, `${name}-founder`);
  const { id: org, general } = await newOrganization(founder, {
    guests: null,
    publicChannels: null,
    privateChannels: null,
  });
  const member = await inviteAndAccept(stack, founder, org, `${name}-member`);
  const invitee = await person(stack, `${name}-invitee`);
  const { id: inv, secret } = await inviteByLink(founder, org, invitee.email);
  const { seq } = await founder.client.postMessage(org, general, { text: "hello" });
  const channel = await newChannel(founder, org, "Shared");
  const attached = await newChannel(founder, org, "Attached");
  await addPeople(founder, org, channel, member);
  const guest = await person(stack, `${name}-guest`);
  await makeGuest(founder, org, guest, { channelIds: [channel] });
  const { id: call } = await act(founder, "POST", `/v1/organizations/${org}/channels/${channel}/calls`);
  const { id: grp } = await founder.client.createGroup(org, { name: "Keepers", open: true });
  await founder.client.addToGroup(org, grp, member.userId);
  await founder.client.addToChannel(org, attached, { groupIds: [grp] });
  const { id: adr } = await newMailAddress(founder, org);
  const place = { org, adr };
  for (const who of [founder, member]) await shareWithMember(founder, place, who);
  await shareWithGroup(founder, place, grp);
  const { id: shareInvitation } = await shareByLink(founder, place);
  const branded = await act(founder, "PUT", `/v1/organizations/${org}/brand/logo`, LOGO);
  const logo = /"logoUrl":"[^"]*\/([^/"]+)"/u.exec(JSON.stringify(branded))?.[1] ?? "none";
  const ids: Ids = {
    ...{ org, user: member.userId, inv, chn: general, grp, adr, seq: String(seq), file: PAGE_FILE },
    emoji: ":wave:",
    ...{ pending: inv, shareInvitation, logo, call },
    ...{ secret, member: member.userId, guest: guest.userId, general, channel, attached },
  };
  return { founder, member, guest, invitee, ids };
}

/** A PNG of one pixel. */
const LOGO = {
  type: "image/png",
  data: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
};

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
    settings: {
      memberInvitationDays: 3,
      guestInvitationDays: 4,
      shareInvitationDays: 5,
      termsVersion: "2",
      mailsPerSenderHour: 90,
      mailsPerDay: 900,
      brand: { isOn: true, buttonColor: "#003366", textColor: "#ffffff" },
    },
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
    atomic: true,
    dryRun: false,
  }),
  editInvitation: ({ chn }) => ({
    orgRole: "user",
    chatRole: "admin",
    rights: { suite: false, chat: true, mail: true, accounting: false },
    channelIds: [chn],
    groupIds: [],
    firstName: "Edited",
    lastName: "Name",
    message: "Come in soon.",
    locale: "fr",
  }),
  resendInvitation: () => ({ delivery: "link", expiresInDays: 7, message: "Once more.", locale: "it" }),
  previewInvitation: ({ secret }) => ({ token: secret }),
  acceptInvitation: ({ secret }) => ({ token: secret, ...REGISTRATION }),
  declineInvitation: ({ secret }) => ({ token: secret }),
  acceptMyInvitation: ({ org }) => ({ organizationId: org, ...REGISTRATION }),
  declineMyInvitation: ({ org }) => ({ organizationId: org }),
  convertPerson: ({ channel }) => ({ to: "guest", channelIds: [channel] }),
  updateGuest: () => ({ endsAt: "2099-12-31T23:59:59.000Z" }),
  setStatus: () => ({
    presence: "dnd",
    custom: { emoji: "🌴", text: "On holiday", until: "2099-12-31T00:00:00.000Z" },
    until: "2099-12-31T00:00:00.000Z",
  }),
  updateMe: () => ({ firstName: "Given", lastName: "Family", phone: "+41 44 000 00 00", locale: "es" }),
  putLogo: () => LOGO,
  checkPermission: ({ channel, member }) => ({
    action: "channel.rename",
    channelId: channel,
    userId: member,
  }),
  createChannel: () => ({
    name: "Another",
    handle: "another",
    type: "private",
    purpose: "A purpose",
    header: "A header",
  }),
  updateChannel: () => ({
    name: "Renamed",
    handle: "renamed",
    purpose: "Another purpose",
    header: "Another header",
    type: "public",
    default: true,
  }),
  archiveChannel: () => ({}),
  restoreChannel: () => ({}),
  joinChannel: () => ({}),
  leaveChannel: () => ({}),
  openConversation: ({ member, guest }) => ({ userIds: [member, guest] }),
  updateMyChannel: () => ({ favourite: true, muted: true, level: "mentions", lastReadSeq: 1 }),
  addChannelMembers: ({ member, grp }) => ({ userIds: [member], groupIds: [grp] }),
  changeChannelRole: () => ({ role: "admin" }),
  createGroup: () => ({ name: "Another group", open: true }),
  updateGroup: () => ({ name: "Renamed group", open: false }),
  addGroupMember: () => ({}),
  postMessage: ({ seq }) => ({ text: "A message", nonce: "a-nonce", replyTo: Number(seq) }),
  editMessage: () => ({ text: "Another text" }),
  followThread: () => ({ lastReadSeq: 1 }),
  startCall: () => ({}),
  acceptCall: () => ({}),
  declineCall: () => ({}),
  leaveCall: () => ({}),
  endCall: () => ({}),
  postCallMessage: () => ({ text: "Said in the call", nonce: "a-call-nonce" }),
  runCommand: () => ({ text: "/dnd 18:00", nonce: "a-command", utcOffsetMinutes: 60 }),
  createSocketTicket: () => ({}),
  createMailAddress: () => ({ address: "front.desk@example.com", name: "Front desk" }),
  shareMailAddress: () => ({
    email: "outsider@example.com",
    firstName: "First",
    lastName: "Last",
    rights: ["read", "send"],
    delivery: "link",
    strict: true,
    message: "Help us answer.",
    locale: "de",
    expiresInDays: 3,
  }),
  updateShare: () => ({ rights: ["read"] }),
  updateGroupShare: () => ({ rights: ["read"] }),
  updateShareInvitation: () => ({ rights: ["read"] }),
};

/** What follows the `?`, where a route cannot do without. */
const QUERIES: Readonly<Record<string, (ids: Ids) => Record<string, string>>> = {
  giveUpMailAddress: ({ org }) => ({ organizationId: org }),
  listStatuses: ({ member, guest }) => ({ userIds: [member, guest].join(",") }),
};

/** The routes that take a body. */
export const ROUTES_WITH_BODY = ROUTES.filter(({ body }) => body !== undefined);

/** A guest's routes are about the guest, and a channel's about one that can be changed, unless another one is named. */
function subjectsOf(route: Route, ids: Ids): Ids {
  const subjects = { ...ids };
  if (route.path.includes("/guests/{user}") && ids.user === ids.member) subjects.user = ids.guest;
  if (route.path.includes("/mail-addresses/") && ids.inv === ids.pending) subjects.inv = ids.shareInvitation;
  const page = /^\/(people|chat)\//u.exec(route.path)?.[1];
  if (page !== undefined && ids.file === PAGE_FILE) subjects.file = `${page}.css`;
  if (route.path.startsWith("/brand/") && ids.file === PAGE_FILE) subjects.file = ids.logo;
  if (route.function === "channel" && ids.chn === ids.general) {
    subjects.chn = route.operationId === "detachGroup" ? ids.attached : ids.channel;
  }
  return subjects;
}

/** A route's path with these ids in it, without a query. */
export function pathOf(route: Route, ids: Ids): string {
  const subjects = subjectsOf(route, ids);
  return route.path.replaceAll(/\{([a-z]+)\}/gu, (_, name: ParameterName) =>
    encodeURIComponent(subjects[name]),
  );
}

/** The same with the query that the route cannot do without. */
export function urlOf(route: Route, ids: Ids): string {
  const query = QUERIES[route.operationId]?.(ids);
  return pathOf(route, ids) + (query === undefined ? "" : `?${new URLSearchParams(query)}`);
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
  return await by.send(route.method, urlOf(route, ids), body === undefined ? {} : { body });
}
