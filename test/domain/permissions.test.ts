import { ACTION_TITLES } from "@vestibule/domain/actions";
import { explainDenial } from "@vestibule/domain/decision";
import { NO_RIGHTS } from "@vestibule/domain/people";
import {
  ACTIONS,
  type Action,
  everyCell,
  everyStanding,
  isAboutChannel,
  permit,
} from "@vestibule/domain/permissions";
import {
  CHANNEL_RELATIONS,
  CHANNEL_TYPES,
  CHAT_ROLES,
  type ChannelRelation,
  type ChannelType,
  ORG_ROLES,
} from "@vestibule/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import {
  anyMember,
  anyStanding,
  chatAdmin,
  deactivated,
  guest,
  legalRepresentative,
  outsider,
  user,
} from "./people.ts";

const refused = (code: string, rule: string) => ({ allowed: false, code, rule });

/**
 * The matrix as an administrator would write it, by hand. Columns: legal representative, administrator and user, each
 * with the chat role user and admin; then the guest. `+` may, `-` may not, `o` may for a record of their own, `m` may
 * with the right `mail` on their record, `w` with that or for a record of their own. Of a
 * channel: `c` may where they are in it, `s` where they see it. Of a channel that is no conversation: `n` where they are
 * in it, `j` where they see it, `a` where they are its admin.
 */
const MATRIX: Record<Action, string> = {
  //                               LRu LRa ADu ADa USu USa guest
  "organization.read": "           +   +   +   +   +   +   -",
  "organization.update": "         +   +   +   +   -   -   -",
  "usage.read": "                  +   +   +   +   -   +   -",
  "audit.list": "                  +   +   +   +   -   -   -",
  "permissions.read": "            +   +   +   +   +   +   +",
  "directory.search": "            +   +   +   +   +   +   -",
  "profile.update": "              +   +   +   +   +   +   +",
  "status.set": "                  +   +   +   +   +   +   +",
  "status.read": "                 +   +   +   +   +   +   +",
  "member.list": "                 +   +   +   +   +   +   -",
  "member.read": "                 +   +   +   +   +   +   -",
  "member.list-pending": "         +   +   +   +   -   +   -",
  "member.change-org-role": "      +   +   +   +   -   -   -",
  "member.change-chat-role": "     +   +   +   +   -   -   -",
  "member.change-rights": "        +   +   +   +   -   -   -",
  "member.remove": "               +   +   +   +   -   -   -",
  "member.leave": "                +   +   +   +   +   +   -",
  "member.deactivate": "           +   +   +   +   -   -   -",
  "member.reactivate": "           +   +   +   +   -   -   -",
  "member.convert-to-guest": "     +   +   +   +   -   +   -",
  "guest.list": "                  +   +   +   +   -   +   -",
  "guest.read": "                  +   +   +   +   -   +   -",
  "guest.update": "                -   +   -   +   -   +   -",
  "guest.remove": "                -   +   -   +   -   +   -",
  "guest.leave": "                 -   -   -   -   -   -   +",
  "guest.convert-to-member": "     -   +   -   +   -   +   -",
  "invitation.create": "           -   +   -   +   -   +   -",
  "invitation.list": "             +   +   +   +   -   +   -",
  "invitation.read": "             +   +   +   +   o   +   -",
  "invitation.update": "           -   +   -   +   -   +   -",
  "invitation.resend": "           -   +   -   +   -   +   -",
  "invitation.revoke": "           o   +   o   +   o   +   -",
  "mail-address.list": "           +   +   +   +   m   m   -",
  "mail-address.create": "         +   +   +   +   m   m   -",
  "mail-address.delete": "         +   +   +   +   m   m   -",
  "share.list": "                  +   +   +   +   m   m   -",
  "share.create": "                +   +   +   +   m   m   -",
  "share.update": "                +   +   +   +   m   m   -",
  "share.remove": "                +   +   +   +   w   w   -",
  "group.list": "                  +   +   +   +   +   +   -",
  "group.read": "                  +   +   +   +   +   +   -",
  "group.create": "                +   +   +   +   -   +   -",
  "group.update": "                +   +   +   +   -   +   -",
  "group.delete": "                +   +   +   +   -   +   -",
  "group.add-member": "            +   +   +   +   -   +   -",
  "group.remove-member": "         +   +   +   +   -   +   -",
  "group.join": "                  +   +   +   +   +   +   -",
  "group.leave": "                 +   +   +   +   +   +   -",
  "channel.list": "                +   +   +   +   +   +   +",
  "channel.create": "              +   +   +   +   +   +   -",
  "channel.read": "                s   s   s   s   s   s   c",
  "channel.list-members": "        s   s   s   s   s   s   c",
  "channel.join": "                j   j   j   j   j   j   -",
  "channel.leave": "               n   n   n   n   n   n   n",
  "channel.rename": "              a   j   a   j   a   j   -",
  "channel.describe": "            n   j   n   j   n   j   -",
  "channel.make-private": "        a   j   a   j   a   j   -",
  "channel.make-public": "         -   j   -   j   -   j   -",
  "channel.archive": "             a   j   a   j   a   j   -",
  "channel.restore": "             a   j   a   j   a   j   -",
  "channel.delete": "              -   j   -   j   -   j   -",
  "channel.set-default": "         j   j   j   j   -   j   -",
  "channel.add-people": "          n   j   n   j   n   j   -",
  "channel.remove-people": "       a   j   a   j   a   j   -",
  "channel.attach-group": "        n   j   n   j   n   j   -",
  "channel.detach-group": "        a   j   a   j   a   j   -",
  "channel.change-role": "         a   j   a   j   a   j   -",
  "channel.set-favourite": "       c   c   c   c   c   c   c",
  "channel.mute": "                c   c   c   c   c   c   c",
  "channel.mark-read": "           c   c   c   c   c   c   c",
  "conversation.open": "           +   +   +   +   +   +   +",
  "message.read": "                c   c   c   c   c   c   c",
  "message.post": "                c   c   c   c   c   c   c",
  "message.edit-own": "            c   c   c   c   c   c   c",
  "message.delete-own": "          c   c   c   c   c   c   -",
  "message.delete": "              a   j   a   j   a   j   -",
  "message.react": "               c   c   c   c   c   c   c",
  "message.reply": "               c   c   c   c   c   c   c",
  "message.pin": "                 c   c   c   c   c   c   c",
  "command.use": "                 c   c   c   c   c   c   c",
  "command.use-restricted": "      c   c   c   c   c   c   -",
  "thread.follow": "               c   c   c   c   c   c   c",
  "call.start": "                  c   c   c   c   c   c   c",
  "call.join": "                   c   c   c   c   c   c   c",
  "call.end": "                    c   c   c   c   c   c   c",
  "unread.read": "                 +   +   +   +   +   +   +",
  "socket.open": "                 +   +   +   +   +   +   +",
};

type Place = {
  readonly relation: ChannelRelation;
  readonly channelType: ChannelType;
  readonly isOwn: boolean;
};

const isIn = ({ relation }: Place) => relation !== "none";
const sees = (place: Place) => place.channelType === "public" || isIn(place);
const isNamed = ({ channelType }: Place) => channelType === "public" || channelType === "private";

const MEANS: Record<string, (place: Place & { readonly hasMail: boolean }) => boolean> = {
  "+": () => true,
  "-": () => false,
  o: ({ isOwn }) => isOwn,
  m: ({ hasMail }) => hasMail,
  w: ({ hasMail, isOwn }) => hasMail || isOwn,
  c: isIn,
  s: sees,
  n: (place) => isIn(place) && isNamed(place),
  j: (place) => sees(place) && isNamed(place),
  a: (place) => place.relation === "admin" && isNamed(place),
};

const PLACES: readonly Place[] = CHANNEL_RELATIONS.flatMap((relation) =>
  CHANNEL_TYPES.flatMap((channelType) => [false, true].map((isOwn) => ({ relation, channelType, isOwn }))),
);

const mailRight = (mail: boolean) => ({ ...NO_RIGHTS, mail });

/** A guest is no channel admin (GST-14), so that where one is said to be, nothing more must come of it. */
const MEMBERS = ORG_ROLES.flatMap((orgRole) =>
  CHAT_ROLES.toReversed().map((chatRole) => ({ ...user, orgRole, chatRole })),
);

test.each(ACTIONS)("RGT-1 ORG-4 CH-6 GST-13 %s is allowed to exactly those of the matrix", (action) => {
  const marks = MATRIX[action].trim().split(/\s+/);
  expect(marks).toHaveLength(7);
  for (const [index, person] of [...MEMBERS, guest].entries())
    for (const hasMail of [false, true])
      for (const place of PLACES) {
        const standing = person.kind === "guest" ? person : { ...person, rights: mailRight(hasMail) };
        const { allowed } = permit(action, { standing, ...place });
        expect({ standing, place, allowed }).toEqual({
          standing,
          place,
          allowed: MEANS[marks[index] ?? ""]?.({ ...place, hasMail }),
        });
      }
});

/** What is said to whom in a public channel that they are in, and by which rule: for a plain user, then for a guest. */
const REFUSALS: Record<Action, readonly [user: string | null, guest: string | null]> = {
  "organization.read": [null, "guest-restricted GST-13"],
  "organization.update": ["not-org-manager ORG-4", "guest-restricted GST-13"],
  "usage.read": ["not-manager SEAT-10", "guest-restricted GST-13"],
  "audit.list": ["not-org-manager INV-18", "guest-restricted GST-13"],
  "permissions.read": [null, null],
  "directory.search": [null, "guest-restricted GST-13"],
  "profile.update": [null, null],
  "status.set": [null, null],
  "status.read": [null, null],
  "member.list": [null, "guest-restricted GST-13"],
  "member.read": [null, "guest-restricted GST-13"],
  "member.list-pending": ["not-manager MINV-4", "guest-restricted GST-13"],
  "member.change-org-role": ["not-org-manager ORG-7", "guest-restricted GST-13"],
  "member.change-chat-role": ["not-org-manager RGT-3", "guest-restricted GST-13"],
  "member.change-rights": ["not-org-manager RGT-5", "guest-restricted GST-13"],
  "member.remove": ["not-org-manager ORG-4", "guest-restricted GST-13"],
  "member.leave": [null, "guest-restricted GST-13"],
  "member.deactivate": ["not-org-manager ORG-4", "guest-restricted GST-13"],
  "member.reactivate": ["not-org-manager ORG-4", "guest-restricted GST-13"],
  "member.convert-to-guest": ["not-manager GINV-11", "guest-restricted GST-13"],
  "guest.list": ["not-manager SEAT-10", "guest-restricted GST-13"],
  "guest.read": ["not-manager SEAT-10", "guest-restricted GST-13"],
  "guest.update": ["not-chat-admin GINV-10", "guest-restricted GST-13"],
  "guest.remove": ["not-chat-admin GINV-9", "guest-restricted GST-13"],
  "guest.leave": ["members-leave-otherwise ORG-10", null],
  "guest.convert-to-member": ["not-chat-admin GINV-11", "guest-restricted GST-13"],
  "invitation.create": ["not-chat-admin RGT-1", "guest-restricted GST-12"],
  "invitation.list": ["not-manager MINV-4", "guest-restricted GST-13"],
  "invitation.read": ["not-manager INV-11", "guest-restricted GST-13"],
  "invitation.update": ["not-chat-admin MINV-8", "guest-restricted GST-12"],
  "invitation.resend": ["not-chat-admin INV-9", "guest-restricted GST-12"],
  "invitation.revoke": ["not-chat-admin INV-8", "guest-restricted GST-12"],
  "mail-address.list": ["not-mail-manager SHR-2", "guest-restricted GST-13"],
  "mail-address.create": ["not-mail-manager SHR-2", "guest-restricted GST-13"],
  "mail-address.delete": ["not-mail-manager SHR-2", "guest-restricted GST-13"],
  "share.list": ["not-mail-manager SHR-6", "guest-restricted GST-13"],
  "share.create": ["not-mail-manager SHR-2", "guest-restricted GST-12"],
  "share.update": ["not-mail-manager SHR-5", "guest-restricted GST-13"],
  "share.remove": ["not-mail-manager SHR-5", "guest-restricted GST-13"],
  "group.list": [null, "guest-restricted GST-13"],
  "group.read": [null, "guest-restricted GST-13"],
  "group.create": ["not-manager CH-8", "guest-restricted GST-13"],
  "group.update": ["not-manager CH-8", "guest-restricted GST-13"],
  "group.delete": ["not-manager CH-8", "guest-restricted GST-13"],
  "group.add-member": ["not-manager CH-8", "guest-restricted GST-12"],
  "group.remove-member": ["not-manager CH-8", "guest-restricted GST-13"],
  "group.join": [null, "guest-restricted GST-10"],
  "group.leave": [null, "guest-restricted GST-10"],
  "channel.list": [null, null],
  "channel.create": [null, "guest-restricted GST-14"],
  "channel.read": [null, null],
  "channel.list-members": [null, null],
  "channel.join": [null, "guest-restricted GST-10"],
  "channel.leave": [null, null],
  "channel.rename": ["not-channel-admin CH-6", "guest-restricted GST-14"],
  "channel.describe": [null, "guest-restricted GST-14"],
  "channel.make-private": ["not-channel-admin CH-6", "guest-restricted GST-14"],
  "channel.make-public": ["not-chat-admin CH-6", "guest-restricted GST-14"],
  "channel.archive": ["not-channel-admin CH-7", "guest-restricted GST-14"],
  "channel.restore": ["not-channel-admin CH-7", "guest-restricted GST-14"],
  "channel.delete": ["not-chat-admin CH-7", "guest-restricted GST-14"],
  "channel.set-default": ["not-manager CH-2", "guest-restricted GST-14"],
  "channel.add-people": [null, "guest-restricted GST-12"],
  "channel.remove-people": ["not-channel-admin CH-6", "guest-restricted GST-14"],
  "channel.attach-group": [null, "guest-restricted GST-12"],
  "channel.detach-group": ["not-channel-admin CH-6", "guest-restricted GST-14"],
  "channel.change-role": ["not-channel-admin CH-6", "guest-restricted GST-14"],
  "channel.set-favourite": [null, null],
  "channel.mute": [null, null],
  "channel.mark-read": [null, null],
  "conversation.open": [null, null],
  "message.read": [null, null],
  "message.post": [null, null],
  "message.edit-own": [null, null],
  "message.delete-own": [null, "guest-restricted GST-15"],
  "message.delete": ["not-channel-admin MSG-6", "guest-restricted GST-15"],
  "message.react": [null, null],
  "message.reply": [null, null],
  "message.pin": [null, null],
  "command.use": [null, null],
  "command.use-restricted": [null, "guest-restricted GST-2"],
  "thread.follow": [null, null],
  "call.start": [null, null],
  "call.join": [null, null],
  "call.end": [null, null],
  "unread.read": [null, null],
  "socket.open": [null, null],
};

test.each(ACTIONS)("GST-17 a refusal of %s says which rule and why", (action) => {
  const said = [user, guest].map((standing) => {
    const decision = permit(action, { standing, relation: "member", channelType: "public" });
    return decision.allowed ? null : `${decision.code} ${decision.rule}`;
  });
  expect(said).toEqual(REFUSALS[action]);
});

const ABOUT_CHANNELS = ACTIONS.filter(isAboutChannel);

test.each(ABOUT_CHANNELS)("GST-9 CH-5 to those who may not know of a channel, %s finds none", (action) => {
  for (const channelType of CHANNEL_TYPES) {
    const at = { relation: "none", channelType, isOwn: true } as const;
    expect(permit(action, { standing: guest, ...at })).toEqual(refused("not-found", "GST-9"));
    if (channelType !== "public")
      for (const standing of MEMBERS)
        expect(permit(action, { standing, ...at })).toEqual(refused("not-found", "CH-5"));
  }
});

test.each(ABOUT_CHANNELS)(
  "CH-3 in a conversation, %s is what members may, or refused by its rule",
  (action) => {
    for (const channelType of ["direct", "group"] as const) {
      const decision = permit(action, { standing: user, relation: "member", channelType });
      expect(decision).toEqual(
        MATRIX[action].trim().startsWith("c") || MATRIX[action].trim().startsWith("s")
          ? { allowed: true }
          : refused("not-in-conversations", "CH-3"),
      );
    }
  },
);

test("CH-5 whoever leaves a fact out is refused: no relation, a private channel, not their own", () => {
  for (const action of ABOUT_CHANNELS)
    expect(permit(action, { standing: chatAdmin })).toEqual(refused("not-found", "CH-5"));
  expect(permit("invitation.revoke", { standing: user }).allowed).toBe(false);
});

test("CH-5 of public channels members may see, list and join; to do more they join first", () => {
  const outside = { standing: user, relation: "none", channelType: "public" } as const;
  const may = ABOUT_CHANNELS.filter((action) => permit(action, outside).allowed);
  expect(may).toEqual(["channel.read", "channel.list-members", "channel.join"]);
  expect(permit("message.read", outside)).toEqual(refused("not-channel-member", "MSG-4"));
  expect(permit("channel.add-people", outside)).toEqual(refused("not-channel-member", "CH-5"));
});

test("CH-6 chat admins manage every public channel, and private ones only from inside", () => {
  const ask = (channelType: ChannelType, relation: ChannelRelation) =>
    permit("channel.rename", { standing: chatAdmin, channelType, relation }).allowed;
  expect([ask("public", "none"), ask("private", "none"), ask("private", "member")]).toEqual([
    true,
    false,
    true,
  ]);
});

test("CH-6 private to public is for chat admins only, whatever else somebody is", () => {
  const inside = { relation: "admin", channelType: "private" } as const;
  expect(permit("channel.make-public", { standing: legalRepresentative, ...inside })).toEqual(
    refused("not-chat-admin", "CH-6"),
  );
  expect(permit("channel.make-private", { standing: user, ...inside }).allowed).toBe(true);
});

/** product.md, GST: what guests can do in their channels, by the rule that says so. */
const GUESTS_CAN: Readonly<Record<string, readonly Action[]>> = {
  "GST-1": ["message.pin"],
  "GST-2": ["command.use"],
  "GST-3": ["channel.set-favourite"],
  "GST-4": ["channel.mute"],
  "GST-5": ["profile.update", "status.set"],
  "GST-7": ["socket.open"],
  "GST-8": ["conversation.open"],
  "GST-9": ["message.read", "message.post", "message.edit-own", "message.react", "message.reply"],
};

/** … and what they cannot. */
const GUESTS_CANNOT: Readonly<Record<string, readonly Action[]>> = {
  "GST-2": ["command.use-restricted"],
  "GST-10": ["channel.join", "group.join"],
  "GST-12": ["invitation.create", "channel.add-people", "channel.attach-group", "group.add-member"],
  "GST-13": ["directory.search", "member.list", "group.list", "usage.read", "guest.list"],
  "GST-14": [
    "channel.create",
    "channel.rename",
    "channel.archive",
    "channel.describe",
    "channel.change-role",
  ],
  "GST-15": ["message.delete", "message.delete-own"],
};

test.each(Object.entries(GUESTS_CAN))("%s guests can, in every channel they are in", (_, actions) => {
  for (const action of actions)
    for (const channelType of CHANNEL_TYPES)
      expect(permit(action, { standing: guest, relation: "member", channelType })).toEqual({ allowed: true });
});

test.each(Object.entries(GUESTS_CANNOT))(
  "%s guests cannot, and are told so by this rule",
  (rule, actions) => {
    for (const action of actions)
      for (const channelType of CHANNEL_TYPES) {
        const decision = permit(action, { standing: guest, relation: "member", channelType });
        expect(decision).toEqual(refused("guest-restricted", rule));
        if (!decision.allowed) expect(explainDenial(decision)).toMatch(/^Guests .*\.$/);
      }
  },
);

test("GST-10 GST-1 GST-2 GST-3 GST-4 GST-14 no channel role makes a guest more than a guest", () => {
  for (const action of ACTIONS)
    for (const channelType of CHANNEL_TYPES) {
      const ask = (relation: ChannelRelation) => permit(action, { standing: guest, relation, channelType });
      expect(ask("admin")).toEqual(ask("member"));
    }
});

test.each(ACTIONS)(
  "INV-15 ORG-10 %s is refused to outsiders as unknown, and to the deactivated",
  (action) => {
    for (const relation of CHANNEL_RELATIONS)
      for (const isOwn of [false, true]) {
        const ask = (standing: Parameters<typeof permit>[1]["standing"]) =>
          permit(action, { standing, relation, isOwn });
        expect(ask(outsider)).toEqual({ allowed: false, code: "not-found", rule: "INV-15" });
        expect(ask({ ...guest, state: "deactivated" })).toEqual({
          allowed: false,
          code: "not-found",
          rule: "GINV-10",
        });
        expect(ask(deactivated)).toEqual({ allowed: false, code: "member-deactivated", rule: "ORG-10" });
      }
  },
);

test("SHR-2 SHR-5 mail managers are told apart among users, and whose share it is; no other right matters", () => {
  const users = [...everyStanding()].filter(
    (standing) => standing.kind === "member" && standing.orgRole === "user" && standing.rights.mail,
  );
  expect(users).toHaveLength(4);
  const others = { suite: true, chat: true, mail: false, accounting: true };
  for (const action of ACTIONS)
    expect(permit(action, { standing: { ...user, rights: others } })).toEqual(
      permit(action, { standing: user }),
    );
  expect(permit("share.remove", { standing: user, isOwn: true })).toEqual({ allowed: true });
});

test("RGT-1 the table lists each of its cells once, as permit decides it", () => {
  const cells = [...everyCell()];
  const standings = [...everyStanding()].length;
  const places = CHANNEL_RELATIONS.length * CHANNEL_TYPES.length;
  const ownable = ACTIONS.filter((action) => /[ow]/u.test(MATRIX[action])).length;
  const others = ACTIONS.length - ABOUT_CHANNELS.length + ownable;
  expect(cells).toHaveLength(standings * (ABOUT_CHANNELS.length * places + others));
  expect(new Set(cells.map(({ decision: _, ...cell }) => JSON.stringify(cell))).size).toBe(cells.length);
  for (const { action, decision, ...who } of cells) expect(permit(action, who)).toEqual(decision);
});

test("RGT-1 every action has a line that people read", () => {
  for (const title of Object.values(ACTION_TITLES)) expect(title).toMatch(/^[A-Z].*[^.]$/);
  expect(new Set(Object.values(ACTION_TITLES)).size).toBe(ACTIONS.length);
});

const anyAction = fc.constantFrom(...ACTIONS);
const anyRelation = fc.constantFrom(...CHANNEL_RELATIONS);
const anyChannelType = fc.constantFrom(...CHANNEL_TYPES);

test("ORG-4 GST-13 there is no right without a standing in the organization", () => {
  holds(
    fc.property(anyAction, anyStanding, anyRelation, fc.boolean(), (action, standing, relation, isOwn) => {
      const decision = permit(action, { standing, relation, isOwn });
      if (decision.allowed) expect(standing).toMatchObject({ state: "active" });
    }),
    { numRuns: 500 },
  );
});

test("MSG-4 GST-9 nobody reads, posts or marks in a channel they are not in", () => {
  const inChannel = fc.constantFrom<Action>(
    "message.read",
    "message.post",
    "channel.mark-read",
    "message.pin",
  );
  holds(
    fc.property(inChannel, anyStanding, anyChannelType, (action, standing, channelType) => {
      expect(permit(action, { standing, relation: "none", channelType, isOwn: true }).allowed).toBe(false);
    }),
  );
});

test("ORG-4 RGT-1 raising an org, chat or channel role takes no right away", () => {
  const higher = <T>(roles: readonly T[]) =>
    fc.tuple(fc.nat(roles.length - 1), fc.nat(roles.length - 1)).map(([a, b]) => {
      const [high, low] = [roles[Math.min(a, b)], roles[Math.max(a, b)]];
      return { high: high as T, low: low as T };
    });
  holds(
    fc.property(
      anyAction,
      anyMember,
      higher(ORG_ROLES),
      higher(CHAT_ROLES),
      higher(CHANNEL_RELATIONS.toReversed()),
      anyChannelType,
      fc.boolean(),
      (action, someone, org, chat, channel, channelType, isOwn) => {
        const before = permit(action, {
          standing: { ...someone, orgRole: org.low, chatRole: chat.low },
          relation: channel.low,
          channelType,
          isOwn,
        });
        const after = permit(action, {
          standing: { ...someone, orgRole: org.high, chatRole: chat.high },
          relation: channel.high,
          channelType,
          isOwn,
        });
        if (before.allowed) expect(after.allowed).toBe(true);
      },
    ),
    { numRuns: 1_000 },
  );
});

test("GST-13 a guest may nothing that a plain member in the same place may not, but leave as a guest", () => {
  for (const action of ACTIONS.filter((name) => name !== "guest.leave"))
    for (const relation of CHANNEL_RELATIONS)
      for (const channelType of CHANNEL_TYPES)
        if (permit(action, { standing: guest, relation, channelType }).allowed)
          expect(permit(action, { standing: user, relation, channelType }).allowed).toBe(true);
});
