import type { InvitationState } from "@vestibule/domain/vocabulary";
import { newAddress } from "../../../support/person.ts";
import type { Answer } from "../../../support/send.ts";
import { ACTS, type Act } from "./acts.ts";
import {
  accepted,
  declined,
  type Event,
  edited,
  INVITED_ALREADY,
  invited,
  type Kind,
  missing,
  NOT_PENDING,
  narrowed,
  type Outcome,
  ok,
  REVOKED,
  refused,
  resent,
  revoked,
  unknown,
} from "./cells.ts";
import { type Actor, done } from "./stage.ts";
import { askToInvite, type Fixture, fixture, joined, REGISTERED, type World } from "./world.ts";

/** What is done beside the events of the matrix. */
const MORE_EVENTS = [
  "invite-new",
  "invite-new-by-mail",
  "resend-by-sender",
  "resend-by-colleague",
  "edit-by-sender",
  "edit-rights",
] as const;
export type MoreEvent = Event | (typeof MORE_EVENTS)[number];

const at = ({ world, id }: Fixture): string => `${world.path}/invitations/${id}`;
const resendBy = async (who: Actor, one: Fixture): Promise<Answer> =>
  await who.ask("POST", `${at(one)}/resend`, { delivery: "link" });

/** Each of these, as it is asked for over HTTP. */
export const MORE_ACTS: Readonly<Record<MoreEvent, Act>> = {
  ...ACTS,
  "invite-new": {
    act: ({ world, kind }) => askToInvite(world, world.founder, kind, newAddress("new")),
  },
  "invite-new-by-mail": {
    act: ({ world, kind }) =>
      askToInvite(world, world.founder, kind, newAddress("new"), { delivery: "email" }),
  },
  "resend-by-sender": { act: (one) => resendBy(one.world.sender, one) },
  "resend-by-colleague": { act: (one) => resendBy(one.world.colleague, one) },
  "edit-by-sender": { act: (one) => one.world.sender.ask("PATCH", at(one), { firstName: "Edited" }) },
  "edit-rights": {
    act: ({ world, id }) =>
      world.founder.ask("PATCH", `${world.path}/mail-addresses/${world.addressId}/invitations/${id}`, {
        rights: ["read"],
      }),
  },
};

type Cells = { readonly [kind in Kind]?: { readonly [event in MoreEvent]?: Outcome } };

/** What came about between invitation and acceptance. */
export type Circumstance = {
  /** The rules that it is about. */
  readonly rules: string;
  /** Circumstances of one place share an organization, one after the other. */
  readonly place: string;
  /** After a minute; or a day later, before or after what is past its date was swept. */
  readonly when: "soon" | "past" | "swept";
  /** What is there before, and what then happens, to all or to each. */
  readonly set: (world: World) => Promise<{
    readonly world?: World;
    readonly terms?: object;
    readonly happens?: () => Promise<unknown>;
    readonly toEach?: (one: Fixture) => Promise<Fixture>;
  }>;
  /** The state that it leaves behind; `pending`, or past its date `expired`, where it says nothing else. */
  readonly leaves?: { readonly [kind in Kind]?: InvitationState };
  readonly cells: Cells;
};

const CHAT_ADMIN = { chatRole: "admin", rights: { mail: true } };
const QUOTA = (rule: "SEAT-2" | "SEAT-5" | "SEAT-6"): Outcome => refused(409, "quota-exceeded", rule);
const NO_CHANNEL = refused(409, "channel-unavailable", "GINV-8");
const NO_BACKING: Outcome = {
  ...refused(410, "invitation-revoked", "INV-14"),
  change: { state: "revoked", places: "freed", link: "over" },
};
const LOGIN = refused(409, "address-is-login", "SHR-3");
const HAS_ACCESS = refused(409, "already-has-access", "SHR-8");
const DEACTIVATED = refused(403, "member-deactivated", "ORG-10");
const MAILS = refused(429, "mail-limit-exceeded", "INV-13");
const MEMBER = refused(409, "already-member", "MINV-6");
const MEMBER_AS_GUEST = refused(409, "already-member", "GINV-7");
const GUEST = refused(409, "already-member", "GINV-6");
/** Sent by somebody who may not any more: it opens for nobody, until it is resent. */
const editedInVain: Outcome = {
  status: 200,
  change: { state: "pending", places: "unchanged", link: "over" },
};

/** Somebody else sends what is about to be invited. */
async function withSender(world: World, terms: object, happens: (sender: Actor) => Promise<unknown>) {
  const sender = await joined(world, "other-sender", { ...CHAT_ADMIN, ...terms });
  return { world: { ...world, sender }, happens: () => happens(sender) };
}

const member = ({ path }: World, { userId }: Actor): string => `${path}/members/${userId}`;

async function demote(world: World, who: Actor): Promise<void> {
  done(await world.founder.ask("PUT", `${member(world, who)}/chat-role`, { role: "user" }));
}

/** What invitations, and everything else, finds once its sender has left: ORG-10 has revoked them already. */
const LEFT_BEHIND = {
  preview: REVOKED,
  accept: REVOKED,
  "accept-among-mine": REVOKED,
  decline: REVOKED,
  revoke: NOT_PENDING,
  edit: NOT_PENDING,
  resend: NOT_PENDING,
  get: ok,
  list: ok,
} as const;

/** What a demoted sender's invitation finds: refused and revoked at acceptance; an admin may resend it as theirs. */
const UNBACKED = {
  preview: REVOKED,
  accept: NO_BACKING,
  "accept-among-mine": NO_BACKING,
  decline: declined,
  "revoke-by-sender": revoked,
  edit: editedInVain,
  resend: resent(),
} as const;

/** Accepts, as this person, an invitation that is for whoever is verified. */
async function acceptOpen(
  world: World,
  kind: Kind,
  email: string,
  terms: Record<string, unknown> = {},
): Promise<void> {
  const { secret } = await fixture(world, kind, kind === "share-link" ? terms : { strict: false, ...terms });
  const person = await world.stage.signIn(email);
  done(await person.ask("POST", "/v1/invitations/accept", { token: secret, ...REGISTERED }));
}

const patch = async ({ founder, path }: World, body: object) => done(await founder.ask("PATCH", path, body));

async function newChannels({ founder, path }: World, count: number): Promise<string[]> {
  const channelIds: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const body = { name: `Given ${crypto.randomUUID()}`, type: "public" };
    const { body: channel } = done(await founder.ask("POST", `${path}/channels`, body));
    channelIds.push((channel as { id: string }).id);
  }
  return channelIds;
}

/** So many channels, of which the first one is archived or deleted. */
async function withChannels(world: World, count: number, end: "archive" | "delete") {
  const channelIds = await newChannels(world, count);
  const path = `${world.path}/channels/${channelIds[0]}`;
  const happens = async () =>
    done(
      end === "archive"
        ? await world.founder.ask("POST", `${path}/archive`, {})
        : await world.founder.ask("DELETE", path),
    );
  return { terms: { channelIds }, happens };
}

const NO_CHANNEL_LEFT: Cells = {
  guest: {
    preview: ok,
    accept: NO_CHANNEL,
    "accept-among-mine": NO_CHANNEL,
    resend: NO_CHANNEL,
    decline: declined,
    revoke: revoked,
    edit: edited,
    "invite-again": INVITED_ALREADY,
  },
  member: { preview: ok, accept: accepted, resend: resent() },
};

const ONE_CHANNEL_LEFT: Cells = {
  guest: { preview: ok, accept: accepted, resend: resent(), decline: declined, revoke: revoked },
};

/** By name; those of one place come about in this order. */
export const CIRCUMSTANCES: Readonly<Record<string, Circumstance>> = {
  "the sender is demoted": {
    rules: "INV-14",
    place: "senders",
    when: "soon",
    set: async (world) =>
      await withSender(world, {}, async (sender) => {
        await demote(world, sender);
        const none = { suite: false, chat: false, mail: false, accounting: false };
        done(await world.founder.ask("PUT", `${member(world, sender)}/rights`, none));
      }),
    cells: {
      member: {
        ...UNBACKED,
        "resend-by-sender": refused(403, "not-chat-admin", "INV-9"),
        "edit-by-sender": refused(403, "not-chat-admin", "MINV-8"),
      },
      guest: UNBACKED,
      share: {
        ...UNBACKED,
        "resend-by-sender": refused(403, "not-mail-manager", "SHR-5"),
        "edit-by-sender": refused(403, "not-mail-manager", "SHR-5"),
      },
    },
  },
  "the sender has left": {
    rules: "ORG-10, INV-14",
    place: "senders",
    when: "soon",
    set: async (world) =>
      await withSender(world, {}, async (sender) => done(await sender.ask("DELETE", member(world, sender)))),
    leaves: { member: "revoked", guest: "revoked", share: "revoked" },
    cells: {
      member: { ...LEFT_BEHIND, "invite-again": invited(200) },
      guest: { ...LEFT_BEHIND, "invite-again": invited(200) },
      share: { ...LEFT_BEHIND, "edit-rights": NOT_PENDING, "invite-again": invited(201) },
    },
  },
  "the sender is deactivated": {
    rules: "ORG-10, INV-14",
    place: "senders",
    when: "soon",
    set: async (world) =>
      await withSender(world, {}, async (sender) =>
        done(await world.founder.ask("POST", `${member(world, sender)}/deactivate`, {})),
      ),
    leaves: { member: "revoked", guest: "revoked", share: "revoked" },
    cells: { member: LEFT_BEHIND, guest: LEFT_BEHIND, share: LEFT_BEHIND },
  },
  "an administrator who granted their role is demoted": {
    rules: "INV-14, MINV-1",
    place: "senders",
    when: "soon",
    set: async (world) => ({
      ...(await withSender(world, { orgRole: "administrator" }, (sender) => demote(world, sender))),
      terms: { orgRole: "administrator" },
    }),
    cells: {
      member: {
        preview: REVOKED,
        "resend-by-colleague": refused(403, "role-above-own", "MINV-1"),
        resend: resent(),
      },
    },
  },
  "a legal representative who granted their role is demoted": {
    rules: "INV-14, ORG-5",
    place: "senders",
    when: "soon",
    set: async (world) => ({
      ...(await withSender(world, { orgRole: "legal_representative" }, (sender) => demote(world, sender))),
      terms: { orgRole: "legal_representative" },
    }),
    cells: {
      member: {
        "resend-by-colleague": refused(403, "legal-representative-only", "ORG-5"),
        resend: resent(),
      },
    },
  },
  "an administrator who granted a right is demoted": {
    rules: "INV-14, ORG-7",
    place: "senders",
    when: "soon",
    set: async (world) => ({
      ...(await withSender(world, { orgRole: "administrator" }, (sender) => demote(world, sender))),
      terms: { rights: { accounting: true } },
    }),
    cells: {
      member: {
        "resend-by-colleague": refused(403, "rights-above-own", "ORG-7"),
        resend: resent(),
      },
    },
  },
  "the sender has left since it expired": {
    rules: "INV-9, INV-14",
    place: "senders",
    when: "swept",
    set: async (world) =>
      await withSender(world, {}, async (sender) => done(await sender.ask("DELETE", member(world, sender)))),
    cells: {
      member: { resend: resent("taken") },
      guest: { resend: resent("taken") },
      share: { resend: resent("taken") },
    },
  },
  "the limits are below usage": {
    rules: "SEAT-5, SEAT-6",
    place: "limits",
    when: "soon",
    set: async (world) => ({ happens: () => patch(world, { limits: { seats: 1, guests: 0 } }) }),
    cells: {
      member: {
        preview: ok,
        accept: QUOTA("SEAT-5"),
        "accept-among-mine": QUOTA("SEAT-5"),
        decline: declined,
        revoke: revoked,
        edit: edited,
        resend: resent(),
        "invite-again": INVITED_ALREADY,
        "invite-new": QUOTA("SEAT-2"),
      },
      guest: {
        preview: ok,
        accept: QUOTA("SEAT-6"),
        "accept-among-mine": QUOTA("SEAT-6"),
        decline: declined,
        revoke: revoked,
        edit: edited,
        resend: resent(),
        "invite-again": INVITED_ALREADY,
        "invite-new": QUOTA("SEAT-6"),
      },
      share: { accept: accepted, "invite-new": invited(201) },
    },
  },
  "all places are taken, one by an invitation past its date": {
    rules: "SEAT-4, SEAT-6",
    place: "full",
    when: "past",
    // Founder, sender and a user hold three.
    set: async (world) => ({ happens: () => patch(world, { limits: { seats: 4, guests: 1 } }) }),
    cells: {
      member: {
        "invite-new": { status: 200, change: { state: "expired", places: "unchanged", link: "over" } },
      },
      guest: {
        "invite-new": { status: 200, change: { state: "expired", places: "unchanged", link: "over" } },
      },
    },
  },
  "all places were taken since it expired": {
    rules: "SEAT-9, INV-9",
    place: "limits",
    when: "swept",
    set: async () => ({}),
    cells: { member: { resend: QUOTA("SEAT-2") }, guest: { resend: QUOTA("SEAT-6") } },
  },
  "their only channel is archived": {
    rules: "GINV-8, MINV-5",
    place: "channels",
    when: "soon",
    set: async (world) => await withChannels(world, 1, "archive"),
    cells: NO_CHANNEL_LEFT,
  },
  "their only channel is deleted": {
    rules: "GINV-8, MINV-5",
    place: "channels",
    when: "soon",
    set: async (world) => await withChannels(world, 1, "delete"),
    cells: NO_CHANNEL_LEFT,
  },
  "one of two channels is archived": {
    rules: "GINV-8",
    place: "channels",
    when: "soon",
    set: async (world) => await withChannels(world, 2, "archive"),
    cells: ONE_CHANNEL_LEFT,
  },
  "one of two channels is deleted": {
    rules: "GINV-8",
    place: "channels",
    when: "soon",
    set: async (world) => await withChannels(world, 2, "delete"),
    cells: ONE_CHANNEL_LEFT,
  },
  "a group is deleted": {
    rules: "MINV-5",
    place: "channels",
    when: "soon",
    set: async (world) => ({
      terms: { groupIds: [world.groupId] },
      happens: async () => done(await world.founder.ask("DELETE", `${world.path}/groups/${world.groupId}`)),
    }),
    cells: { member: { preview: ok, accept: accepted, resend: resent() } },
  },
  "the invitee has become a member": {
    rules: "INV-19, MINV-6, GINV-7, SHR-4",
    place: "people",
    when: "soon",
    set: async (world) => ({
      toEach: async (one) => {
        await acceptOpen(world, "member", one.invitee);
        return one;
      },
    }),
    leaves: { member: "revoked" },
    cells: {
      member: { preview: REVOKED, accept: REVOKED, resend: NOT_PENDING, "invite-again": MEMBER },
      guest: {
        preview: ok,
        accept: MEMBER_AS_GUEST,
        resend: MEMBER_AS_GUEST,
        decline: declined,
        "invite-again": MEMBER_AS_GUEST,
      },
      share: {
        preview: ok,
        accept: accepted,
        // SHR-4a: now that they are a member, access is theirs at once, and the invitation is superseded.
        "invite-again": { status: 201, change: { state: "revoked", places: "held", link: "over" } },
      },
    },
  },
  "the invitee has become a guest": {
    rules: "INV-19, MINV-6, GINV-6",
    place: "people",
    when: "soon",
    set: async (world) => ({
      toEach: async (one) => {
        await acceptOpen(world, "guest", one.invitee);
        return one;
      },
    }),
    leaves: { guest: "revoked" },
    cells: {
      member: { preview: ok, accept: accepted, decline: declined, "invite-again": INVITED_ALREADY },
      guest: { preview: REVOKED, accept: REVOKED, resend: NOT_PENDING, "invite-again": GUEST },
      share: { accept: accepted },
    },
  },
  "the invitee has got access": {
    rules: "INV-19, SHR-8",
    place: "people",
    when: "soon",
    set: async (world) => ({
      toEach: async (one) => {
        await acceptOpen(world, "share-link", one.invitee);
        return one;
      },
    }),
    leaves: { share: "revoked" },
    cells: {
      member: { accept: accepted },
      share: { preview: REVOKED, accept: REVOKED, resend: NOT_PENDING, "invite-again": HAS_ACCESS },
      "share-link": { preview: ok, accept: HAS_ACCESS },
    },
  },
  "it is open, and a member has its link": {
    rules: "MINV-6, GINV-7",
    place: "people",
    when: "soon",
    set: async (world) => ({
      terms: { strict: false },
      toEach: async (one) => ({ ...one, invitee: world.user.email }),
    }),
    cells: { member: { accept: MEMBER }, guest: { accept: MEMBER_AS_GUEST }, share: { accept: accepted } },
  },
  "it is open, and a deactivated member has its link": {
    rules: "ORG-10, SHR-4",
    place: "people",
    when: "soon",
    set: async (world) => {
      const who = await joined(world, "deactivated", {});
      return {
        terms: { strict: false },
        happens: async () => done(await world.founder.ask("POST", `${member(world, who)}/deactivate`, {})),
        toEach: async (one) => ({ ...one, invitee: who.email }),
      };
    },
    cells: { member: { accept: DEACTIVATED }, guest: { accept: DEACTIVATED }, share: { accept: accepted } },
  },
  "it is open, and a guest of one of its channels has its link": {
    rules: "SEAT-6, GINV-6",
    place: "people",
    when: "soon",
    set: async (world) => {
      const who = newAddress("guest");
      await acceptOpen(world, "guest", who, { channelIds: [world.channelIds[0]] });
      return { terms: { strict: false }, toEach: async (one) => ({ ...one, invitee: who }) };
    },
    cells: {
      // Nobody takes two places: the one that was reserved is free.
      guest: { accept: { status: 200, change: { state: "accepted", places: "freed", link: "over" } } },
      member: { accept: accepted },
    },
  },
  "the terms have changed": {
    rules: "INV-7",
    place: "settings",
    when: "soon",
    set: async (world) => ({ happens: () => patch(world, { settings: { termsVersion: "2" } }) }),
    cells: {
      member: { preview: ok, accept: missing("termsVersion"), decline: declined },
      guest: { preview: ok, accept: missing("termsVersion"), decline: declined },
      share: { preview: ok, accept: missing("termsVersion"), decline: declined },
    },
  },
  "no mails are left": {
    rules: "INV-13",
    place: "settings",
    when: "soon",
    set: async (world) => ({ happens: () => patch(world, { settings: { mailsPerDay: 0 } }) }),
    cells: {
      member: {
        resend: MAILS,
        "invite-new-by-mail": MAILS,
        "resend-by-sender": resent("unchanged", false),
        revoke: revoked,
      },
      guest: { resend: MAILS, "invite-new-by-mail": MAILS },
      share: { resend: MAILS, "invite-new-by-mail": MAILS, "edit-rights": narrowed },
      "share-link": { resend: resent("unchanged", false) },
    },
  },
  "the mail address itself has its link": {
    rules: "SHR-3",
    place: "addresses",
    when: "soon",
    set: async (world) => ({ toEach: async (one) => ({ ...one, invitee: world.address }) }),
    cells: { "share-link": { accept: refused(409, "address-conflict", "SHR-3") } },
  },
  "somebody signs in with the mail address": {
    rules: "SHR-3",
    place: "addresses",
    when: "soon",
    set: async (world) => ({
      happens: async () => {
        const owner = await world.stage.signIn(world.address);
        done(await owner.ask("POST", "/v1/organizations", { name: "Theirs" }));
      },
    }),
    cells: {
      share: {
        preview: ok,
        accept: LOGIN,
        resend: LOGIN,
        "invite-again": LOGIN,
        edit: edited,
        decline: declined,
        revoke: revoked,
      },
      "share-link": { accept: LOGIN, resend: LOGIN, "invite-again": LOGIN },
    },
  },
  "the mail address is deleted": {
    rules: "SHR-6",
    place: "addresses",
    when: "soon",
    set: async (world) => {
      const { founder, path } = world;
      const body = { address: newAddress("gone") };
      const { body: made } = done(await founder.ask("POST", `${path}/mail-addresses`, body));
      const { id: addressId } = made as { id: string };
      return {
        world: { ...world, addressId },
        happens: async () => done(await founder.ask("DELETE", `${path}/mail-addresses/${addressId}`)),
      };
    },
    leaves: { share: "revoked", "share-link": "revoked" },
    cells: {
      share: { ...LEFT_BEHIND, "invite-again": unknown },
      "share-link": {
        preview: REVOKED,
        accept: REVOKED,
        decline: REVOKED,
        resend: NOT_PENDING,
        get: ok,
        "invite-again": unknown,
      },
    },
  },
  "the address was invited anew since it expired": {
    rules: "MINV-7, INV-9",
    place: "anew",
    when: "swept",
    set: async (world) => ({
      toEach: async (one) => {
        done(await askToInvite(world, world.founder, one.kind, one.invitee));
        return one;
      },
    }),
    cells: {
      member: { resend: INVITED_ALREADY },
      guest: { resend: INVITED_ALREADY },
      share: { resend: INVITED_ALREADY },
    },
  },
  "the invitee has come in since it expired": {
    rules: "MINV-6, GINV-6, SHR-8, INV-9",
    place: "anew",
    when: "swept",
    set: async (world) => ({
      toEach: async (one) => {
        await acceptOpen(world, one.kind === "share" ? "share-link" : one.kind, one.invitee);
        return one;
      },
    }),
    cells: { member: { resend: MEMBER }, guest: { resend: GUEST }, share: { resend: HAS_ACCESS } },
  },
  "the invitee was given access as a member since it expired": {
    rules: "SHR-4, SHR-8, INV-9",
    place: "anew",
    when: "swept",
    set: async (world) => ({
      toEach: async (one) => {
        await acceptOpen(world, "member", one.invitee);
        done(await askToInvite(world, world.founder, "share", one.invitee));
        return one;
      },
    }),
    cells: { share: { resend: HAS_ACCESS } },
  },
  "the access that it was to give has ended": {
    rules: "GINV-10, INV-9",
    place: "anew",
    when: "swept",
    set: async ({ stage }) => ({
      terms: { guestEndsAt: new Date(stage.now() + 12 * 60 * 60_000).toISOString() },
    }),
    cells: {
      guest: {
        preview: refused(410, "invitation-expired", "INV-1"),
        resend: refused(400, "end-in-past", "GINV-10"),
      },
    },
  },
};
