import { newAddress } from "../../../support/person.ts";
import type { Answer } from "../../../support/send.ts";
import { type Kind, MISMATCH, NOT_ADMIN, type Outcome, refused, unknown } from "./cells.ts";
import type { Findings } from "./lane.ts";
import { perform } from "./observe.ts";
import { type Actor, type Claims, done, type Stage } from "./stage.ts";
import { askToInvite, type Fixture, fixture, joined, openWorld, REGISTERED, type World } from "./world.ts";

/** Who comes to a door of the invitations, and what they find behind it. */
type Cast = {
  readonly world: World;
  /** A chat admin who is an administrator, and an administrator who is no chat admin. */
  readonly administrator: Actor;
  readonly orgManager: Actor;
  readonly guest: Actor;
  readonly deactivated: Actor;
  readonly outsider: Actor;
  readonly holder: Actor;
  /** A chat admin who manages no mail, and a group that has access to a mail address. */
  readonly chatAdmin: Actor;
  readonly mailGroupId: string;
  readonly archivedId: string;
  readonly conversationId: string;
  /** Somebody who signed in an hour ago. */
  readonly longSignedIn: Actor;
};

type Door = {
  readonly kind: Kind;
  readonly outcome: Outcome;
  readonly act: (fixture: Fixture, cast: Cast) => Promise<Answer>;
};

const at = ({ world, id }: Fixture): string => `${world.path}/invitations/${id}`;
const edit = (by: Actor, one: Fixture, body: object) => by.ask("PATCH", at(one), body);
const revoke = (by: Actor, one: Fixture) => by.ask("DELETE", at(one));
const resend = (by: Actor, one: Fixture) => by.ask("POST", `${at(one)}/resend`, { delivery: "link" });
const invite = (by: Actor, { world, kind }: Fixture, terms: object = {}) =>
  askToInvite(world, by, kind, newAddress("new"), terms);
const share = (by: Actor, { world }: Fixture, email: string) => askToInvite(world, by, "share", email);
const stale = (by: Actor, method: string, one: Fixture, body?: object) =>
  by.ask(method, at(one), body, { "if-match": '"999"' });
const changeRights = (by: Actor, { world, id }: Fixture, headers?: Record<string, string>) =>
  by.ask(
    "PATCH",
    `${world.path}/mail-addresses/${world.addressId}/invitations/${id}`,
    { rights: ["read"] },
    headers,
  );

const NO_MAIL = refused(403, "not-mail-manager", "SHR-2");
const PAST = "2020-01-01T00:00:00.000Z";
const NO_GUESTS = refused(403, "guest-restricted", "GST-12");
const NOBODY = { ...unknown, rule: "INV-15" } as const;
const STALE = refused(412, "stale");
const LONG_AGO = refused(401, "reauthentication-required", "SHR-2");
const CONFLICT = refused(409, "address-conflict", "SHR-3");
const ROLE = refused(403, "role-above-own", "MINV-1");
const RIGHTS = refused(403, "rights-above-own", "ORG-7");
const REPRESENTATIVE = refused(403, "legal-representative-only", "ORG-5");
const DEACTIVATED = refused(403, "member-deactivated", "ORG-10");
const NO_CHANNEL = refused(400, "channel-required", "GINV-2");
const CONVERSATION = refused(409, "channel-not-shareable", "GINV-2");
const ARCHIVED = refused(409, "channel-archived", "GINV-2");
const IN_PAST = refused(400, "end-in-past", "GINV-10");

/** Every refusal that is about who asks, and for what; each leaves the invitation, and the organization, as they are. */
export const DOORS: Readonly<Record<string, Door>> = {
  "revoke by a manager who is no chat admin": {
    kind: "member",
    outcome: NOT_ADMIN,
    act: (one, { orgManager }) => revoke(orgManager, one),
  },
  "revoke by a guest": { kind: "guest", outcome: NO_GUESTS, act: (one, { guest }) => revoke(guest, one) },
  "revoke by an outsider": {
    kind: "member",
    outcome: NOBODY,
    act: (one, { outsider }) => revoke(outsider, one),
  },
  "revoke by a deactivated member": {
    kind: "guest",
    outcome: DEACTIVATED,
    act: (one, { deactivated }) => revoke(deactivated, one),
  },
  "revoke what has changed": {
    kind: "member",
    outcome: STALE,
    act: (one) => stale(one.world.founder, "DELETE", one),
  },
  "revoke in another organization": {
    kind: "member",
    outcome: unknown,
    act: async ({ world, id }) => {
      const { body } = done(await world.stranger.ask("POST", "/v1/organizations", { name: "Another" }));
      const path = `/v1/organizations/${(body as { id: string }).id}/invitations/${id}`;
      return await world.stranger.ask("DELETE", path);
    },
  },
  "edit by a user": {
    kind: "member",
    outcome: refused(403, "not-chat-admin", "MINV-8"),
    act: (one) => edit(one.world.user, one, { firstName: "X" }),
  },
  "edit a share by a user": {
    kind: "share",
    outcome: unknown,
    act: (one) => edit(one.world.user, one, { firstName: "X" }),
  },
  "edit by a guest": {
    kind: "guest",
    outcome: NO_GUESTS,
    act: (one, { guest }) => edit(guest, one, { firstName: "X" }),
  },
  "edit what has changed": {
    kind: "guest",
    outcome: STALE,
    act: (one) => stale(one.world.founder, "PATCH", one, { firstName: "X" }),
  },
  "edit into a role above one's own": {
    kind: "member",
    outcome: ROLE,
    act: (one) => edit(one.world.sender, one, { orgRole: "administrator" }),
  },
  "edit into a legal representative": {
    kind: "member",
    outcome: REPRESENTATIVE,
    act: (one, { administrator }) => edit(administrator, one, { orgRole: "legal_representative" }),
  },
  "edit into rights above one's own": {
    kind: "member",
    outcome: RIGHTS,
    act: (one) => edit(one.world.sender, one, { rights: { accounting: true } }),
  },
  "edit all channels away": {
    kind: "guest",
    outcome: NO_CHANNEL,
    act: (one) => edit(one.world.founder, one, { channelIds: [] }),
  },
  "edit a conversation in": {
    kind: "guest",
    outcome: CONVERSATION,
    act: (one, { conversationId }) => edit(one.world.founder, one, { channelIds: [conversationId] }),
  },
  "edit a conversation in, of a member": {
    kind: "member",
    outcome: refused(409, "not-in-conversations", "CH-3"),
    act: (one, { conversationId }) => edit(one.world.founder, one, { channelIds: [conversationId] }),
  },
  "edit an archived channel in": {
    kind: "guest",
    outcome: ARCHIVED,
    act: (one, { archivedId }) => edit(one.world.founder, one, { channelIds: [archivedId] }),
  },
  "edit an end in that is past": {
    kind: "guest",
    outcome: IN_PAST,
    act: (one) => edit(one.world.founder, one, { guestEndsAt: PAST }),
  },
  "edit a role into a guest": {
    kind: "guest",
    outcome: refused(400, "invalid-request"),
    act: (one) => edit(one.world.founder, one, { orgRole: "user" }),
  },
  "edit a group in that is not there": {
    kind: "member",
    outcome: unknown,
    act: (one) => edit(one.world.founder, one, { groupIds: [`grp_${"0".repeat(26)}`] }),
  },
  "edit a group in that has access to a mail address": {
    kind: "member",
    outcome: NO_MAIL,
    act: (one, { chatAdmin, mailGroupId }) => edit(chatAdmin, one, { groupIds: [mailGroupId] }),
  },
  "invite into a group that has access to a mail address": {
    kind: "member",
    outcome: NO_MAIL,
    act: (one, { chatAdmin, mailGroupId }) => invite(chatAdmin, one, { groupIds: [mailGroupId] }),
  },
  "edit a share's rights that have changed": {
    kind: "share",
    outcome: STALE,
    act: (one) => changeRights(one.world.founder, one, { "if-match": '"999"' }),
  },
  "edit a share's rights by a guest": {
    kind: "share",
    outcome: refused(403, "guest-restricted", "GST-13"),
    act: (one, { guest }) => changeRights(guest, one),
  },
  "edit a share's rights by a deactivated member": {
    kind: "share",
    outcome: DEACTIVATED,
    act: (one, { deactivated }) => changeRights(deactivated, one),
  },
  "list one's own with an address that is not verified": {
    kind: "guest",
    outcome: refused(403, "email-not-verified", "INV-6"),
    act: async ({ world, invitee }) =>
      await (await world.stage.signIn(invitee, { emailVerified: false })).ask("GET", "/v1/me/invitations"),
  },
  "edit a share's rights, signed in long ago": {
    kind: "share",
    outcome: LONG_AGO,
    act: (one, { longSignedIn }) => changeRights(longSignedIn, one),
  },
  "edit a share's rights by a user": {
    kind: "share",
    outcome: refused(403, "not-mail-manager", "SHR-5"),
    act: (one) => changeRights(one.world.user, one),
  },
  "resend by a user": {
    kind: "member",
    outcome: refused(403, "not-chat-admin", "INV-9"),
    act: (one) => resend(one.world.user, one),
  },
  "resend a share by a user": { kind: "share", outcome: unknown, act: (one) => resend(one.world.user, one) },
  "resend by a guest": { kind: "guest", outcome: NO_GUESTS, act: (one, { guest }) => resend(guest, one) },
  "resend a share, signed in long ago": {
    kind: "share",
    outcome: LONG_AGO,
    act: (one, { longSignedIn }) => resend(longSignedIn, one),
  },
  "resend by mail what is for whoever holds it": {
    kind: "share-link",
    outcome: refused(400, "invalid-request"),
    act: (one) => one.world.founder.ask("POST", `${at(one)}/resend`, { delivery: "email" }),
  },
  "get by a user": {
    kind: "member",
    outcome: refused(403, "not-manager", "INV-11"),
    act: (one) => one.world.user.ask("GET", at(one)),
  },
  "get a share by a user": {
    kind: "share",
    outcome: unknown,
    act: (one) => one.world.user.ask("GET", at(one)),
  },
  "list by a user": {
    kind: "member",
    outcome: refused(403, "not-manager", "MINV-4"),
    act: (one) => one.world.user.ask("GET", `${one.world.path}/invitations`),
  },
  "list shares by a user": {
    kind: "share",
    outcome: refused(403, "not-mail-manager", "SHR-6"),
    act: (one) => one.world.user.ask("GET", `${one.world.path}/invitations?kind=share`),
  },
  "invite by a user": {
    kind: "member",
    outcome: refused(403, "not-chat-admin", "RGT-1"),
    act: (one) => invite(one.world.user, one),
  },
  "invite by a manager who is no chat admin": {
    kind: "guest",
    outcome: refused(403, "not-chat-admin", "RGT-1"),
    act: (one, { orgManager }) => invite(orgManager, one),
  },
  "invite by a guest": {
    kind: "guest",
    outcome: refused(403, "guest-restricted", "GST-12"),
    act: (one, { guest }) => invite(guest, one),
  },
  "invite into a role above one's own": {
    kind: "member",
    outcome: ROLE,
    act: (one) => invite(one.world.sender, one, { orgRole: "administrator" }),
  },
  "invite a legal representative": {
    kind: "member",
    outcome: REPRESENTATIVE,
    act: (one, { administrator }) => invite(administrator, one, { orgRole: "legal_representative" }),
  },
  "invite into rights above one's own": {
    kind: "member",
    outcome: RIGHTS,
    act: (one) => invite(one.world.sender, one, { rights: { accounting: true } }),
  },
  "invite a guest into nothing": {
    kind: "guest",
    outcome: NO_CHANNEL,
    act: (one) => invite(one.world.sender, one, { channelIds: [] }),
  },
  "invite a guest into a conversation": {
    kind: "guest",
    outcome: CONVERSATION,
    act: (one, { conversationId }) => invite(one.world.founder, one, { channelIds: [conversationId] }),
  },
  "invite a guest into an archived channel": {
    kind: "guest",
    outcome: ARCHIVED,
    act: (one, { archivedId }) => invite(one.world.founder, one, { channelIds: [archivedId] }),
  },
  "invite a guest until before": {
    kind: "guest",
    outcome: IN_PAST,
    act: (one) => invite(one.world.founder, one, { guestEndsAt: PAST }),
  },
  "invite a member into a conversation": {
    kind: "member",
    outcome: refused(409, "not-in-conversations", "CH-3"),
    act: (one, { conversationId }) => invite(one.world.founder, one, { channelIds: [conversationId] }),
  },
  "share by a user": {
    kind: "share",
    outcome: NO_MAIL,
    act: (one) => invite(one.world.user, one),
  },
  "share by a guest": {
    kind: "share",
    outcome: refused(403, "guest-restricted", "GST-12"),
    act: (one, { guest }) => invite(guest, one),
  },
  "share by a deactivated member": {
    kind: "share",
    outcome: DEACTIVATED,
    act: (one, { deactivated }) => invite(deactivated, one),
  },
  "share, signed in long ago": {
    kind: "share",
    outcome: LONG_AGO,
    act: (one, { longSignedIn }) => invite(longSignedIn, one),
  },
  "share with the mail address itself": {
    kind: "share",
    outcome: CONFLICT,
    act: (one) => share(one.world.founder, one, one.world.address.toUpperCase()),
  },
  "share with who has access": {
    kind: "share",
    outcome: refused(409, "already-has-access", "SHR-8"),
    act: (one, { holder }) => share(one.world.founder, one, holder.email),
  },
  "share by mail with nobody": {
    kind: "share-link",
    outcome: refused(400, "invalid-request"),
    act: (one) => invite(one.world.founder, one, { delivery: "email" }),
  },
  "accept for an organization that is not theirs": {
    kind: "share",
    outcome: refused(404, "not-found", "SHR-7"),
    act: async ({ world, invitee, secret: token }) => {
      const person = await world.stage.signIn(invitee);
      const body = { token, ...REGISTERED, attachTo: world.org };
      return await person.ask("POST", "/v1/invitations/accept", body);
    },
  },
  "accept among mine what is another's": {
    kind: "member",
    outcome: unknown,
    act: ({ world, id }) =>
      world.stranger.ask("POST", `/v1/me/invitations/${id}/accept`, { organizationId: world.org }),
  },
  "decline with an address that is not verified": {
    kind: "member",
    outcome: refused(403, "email-not-verified", "INV-6"),
    act: async ({ world, invitee, secret: token }) => {
      const claims: Claims = { emailVerified: false };
      return await (await world.stage.signIn(invitee, claims)).ask("POST", "/v1/invitations/decline", {
        token,
      });
    },
  },
  "decline what is another's": {
    kind: "guest",
    outcome: MISMATCH,
    act: ({ world, secret: token }) => world.stranger.ask("POST", "/v1/invitations/decline", { token }),
  },
  "preview with a secret that is not its": {
    kind: "member",
    outcome: unknown,
    act: ({ world, secret }) =>
      world.stage.ask("POST", "/v1/invitations/preview", {
        token: `${secret.slice(0, -43)}${"A".repeat(43)}`,
      }),
  },
};

async function cast(world: World): Promise<Cast> {
  const { stage, founder, path, user } = world;
  const create = async (at: string, body: object) => {
    const { body: made } = done(await founder.ask("POST", `${path}/${at}`, body));
    return (made as { id: string }).id;
  };
  const archivedId = await create("channels", { name: "Archived", type: "public" });
  done(await founder.ask("POST", `${path}/channels/${archivedId}/archive`, {}));
  const mailGroupId = await create("groups", { name: "Mail" });
  const shares = `${path}/mail-addresses/${world.addressId}/shares`;
  done(await founder.ask("POST", shares, { groupId: mailGroupId }));
  const deactivated = await joined(world, "deactivated", {});
  done(await founder.ask("POST", `${path}/members/${deactivated.userId}/deactivate`, {}));
  const comes = async (kind: Kind) => {
    const { secret: token, invitee } = await fixture(world, kind);
    const person = await stage.signIn(invitee);
    done(await person.ask("POST", "/v1/invitations/accept", { token, ...REGISTERED }));
    return person;
  };
  return {
    world,
    mailGroupId,
    chatAdmin: await joined(world, "chat-admin", { chatRole: "admin" }),
    archivedId,
    deactivated,
    conversationId: await create("channels/direct", { userIds: [user.userId] }),
    administrator: await joined(world, "administrator", { orgRole: "administrator", chatRole: "admin" }),
    orgManager: await joined(world, "org-manager", { orgRole: "administrator" }),
    guest: await comes("guest"),
    holder: await comes("share"),
    outsider: world.stranger,
    longSignedIn: await stage.signIn(founder.email, { signedInSecondsAgo: 3_600 }),
  };
}

/** An organization, and everybody at its doors. */
export async function openDoors(stage: Stage, findings: Findings) {
  const world = await openWorld(stage, "doors");
  const everybody = await cast(world);
  const kinds = [...new Set(Object.values(DOORS).map(({ kind }) => kind))];
  const made = new Map<Kind, Fixture>();
  for (const kind of kinds) made.set(kind, await fixture(world, kind));
  return {
    world,
    /** One after the other, so that what any of them wrote would be seen. */
    async run(): Promise<void> {
      for (const [title, { kind, act }] of Object.entries(DOORS)) {
        const one = made.get(kind);
        if (one === undefined) throw new Error(`no invitation of a ${kind}`);
        try {
          findings.set(title, await perform(one, { act: (its) => act(its, everybody) }));
        } catch (error) {
          findings.set(title, error instanceof Error ? error : new Error(String(error)));
        }
      }
    },
  };
}
