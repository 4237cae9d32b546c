import { ACTION_TITLES, type Action } from "./actions.ts";
import type { DenialCode, RuleId } from "./codes.ts";
import { allow, type Decision, deny } from "./decision.ts";
import { isChatAdmin, isOrgManager, NO_RIGHTS, type Standing } from "./people.ts";
import {
  CHANNEL_RELATIONS,
  CHANNEL_TYPES,
  CHAT_ROLES,
  type ChannelRelation,
  type ChannelType,
  MEMBER_STATES,
  ORG_ROLES,
} from "./vocabulary.ts";

export type { Action } from "./actions.ts";
export type { ChannelRelation } from "./vocabulary.ts";

/** Everything that somebody may ask to do, in the order of the table. */
export const ACTIONS: readonly Action[] = keysOf(ACTION_TITLES);

/**
 * What an action is about: the organization; a channel of whatever type; or a channel that is not a conversation, since
 * nobody renames, archives, joins or leaves a direct or group conversation, nor changes who is in it (CH-3).
 */
export const SUBJECTS = ["organization", "any-channel", "channel-only"] as const;
export type Subject = (typeof SUBJECTS)[number];

/**
 * What an action may require of an active member or guest. `own`: the record in question is theirs (INV-8). In sight is a
 * public channel, and any that they are in. A channel's managers are its admins, and chat admins in whose sight it is.
 */
export const REQUIREMENTS = [
  "nothing",
  "in-channel",
  "sees-channel",
  "in-channel-or-manages",
  "channel-manager",
  "chat-admin-in-sight",
  "manager-in-sight",
  "org-manager",
  "chat-admin",
  "manager",
  "manager-or-own",
  "chat-admin-or-own",
  "guests-only",
  "never",
] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** One row of the table: what members and guests need, and the rule that refuses them without it. */
export type PermissionRow = {
  readonly about: Subject;
  readonly member: readonly [Requirement, RuleId];
  readonly guest: readonly [Requirement, RuleId];
};

export const PERMISSIONS: Record<Action, PermissionRow> = {
  "organization.read": { about: "organization", member: ["nothing", "ORG-8"], guest: ["never", "GST-13"] },
  "organization.update": {
    about: "organization",
    member: ["org-manager", "ORG-4"],
    guest: ["never", "GST-13"],
  },
  "usage.read": { about: "organization", member: ["manager", "SEAT-10"], guest: ["never", "GST-13"] },
  "audit.list": { about: "organization", member: ["org-manager", "INV-18"], guest: ["never", "GST-13"] },
  "permissions.read": { about: "organization", member: ["nothing", "GST-17"], guest: ["nothing", "GST-17"] },
  "directory.search": { about: "organization", member: ["nothing", "DIR-1"], guest: ["never", "GST-13"] },
  "profile.update": { about: "organization", member: ["nothing", "DIR-2"], guest: ["nothing", "GST-5"] },
  "status.set": { about: "organization", member: ["nothing", "PRS-1"], guest: ["nothing", "GST-5"] },
  "member.list": { about: "organization", member: ["nothing", "DIR-1"], guest: ["never", "GST-13"] },
  "member.read": { about: "organization", member: ["nothing", "DIR-1"], guest: ["never", "GST-13"] },
  "member.list-pending": { about: "organization", member: ["manager", "MINV-4"], guest: ["never", "GST-13"] },
  "member.change-org-role": {
    about: "organization",
    member: ["org-manager", "ORG-7"],
    guest: ["never", "GST-13"],
  },
  "member.change-chat-role": {
    about: "organization",
    member: ["org-manager", "RGT-3"],
    guest: ["never", "GST-13"],
  },
  "member.change-rights": {
    about: "organization",
    member: ["org-manager", "RGT-5"],
    guest: ["never", "GST-13"],
  },
  "member.remove": { about: "organization", member: ["org-manager", "ORG-4"], guest: ["never", "GST-13"] },
  "member.leave": { about: "organization", member: ["nothing", "ORG-10"], guest: ["never", "GST-13"] },
  "member.deactivate": {
    about: "organization",
    member: ["org-manager", "ORG-4"],
    guest: ["never", "GST-13"],
  },
  "member.reactivate": {
    about: "organization",
    member: ["org-manager", "ORG-4"],
    guest: ["never", "GST-13"],
  },
  "member.convert-to-guest": {
    about: "organization",
    member: ["manager", "GINV-11"],
    guest: ["never", "GST-13"],
  },
  "guest.list": { about: "organization", member: ["manager", "SEAT-10"], guest: ["never", "GST-13"] },
  "guest.read": { about: "organization", member: ["manager", "SEAT-10"], guest: ["never", "GST-13"] },
  "guest.update": { about: "organization", member: ["chat-admin", "GINV-10"], guest: ["never", "GST-13"] },
  "guest.remove": { about: "organization", member: ["chat-admin", "GINV-9"], guest: ["never", "GST-13"] },
  "guest.leave": { about: "organization", member: ["guests-only", "ORG-10"], guest: ["nothing", "GINV-9"] },
  "guest.convert-to-member": {
    about: "organization",
    member: ["chat-admin", "GINV-11"],
    guest: ["never", "GST-13"],
  },
  "invitation.create": { about: "organization", member: ["chat-admin", "RGT-1"], guest: ["never", "GST-12"] },
  "invitation.list": { about: "organization", member: ["manager", "MINV-4"], guest: ["never", "GST-13"] },
  "invitation.read": {
    about: "organization",
    member: ["manager-or-own", "INV-11"],
    guest: ["never", "GST-13"],
  },
  "invitation.revoke": {
    about: "organization",
    member: ["chat-admin-or-own", "INV-8"],
    guest: ["never", "GST-12"],
  },
  "group.list": { about: "organization", member: ["nothing", "DIR-3"], guest: ["never", "GST-13"] },
  "group.read": { about: "organization", member: ["nothing", "DIR-3"], guest: ["never", "GST-13"] },
  "group.create": { about: "organization", member: ["manager", "CH-8"], guest: ["never", "GST-13"] },
  "group.update": { about: "organization", member: ["manager", "CH-8"], guest: ["never", "GST-13"] },
  "group.delete": { about: "organization", member: ["manager", "CH-8"], guest: ["never", "GST-13"] },
  "group.add-member": { about: "organization", member: ["manager", "CH-8"], guest: ["never", "GST-12"] },
  "group.remove-member": { about: "organization", member: ["manager", "CH-8"], guest: ["never", "GST-13"] },
  "group.join": { about: "organization", member: ["nothing", "CH-9"], guest: ["never", "GST-10"] },
  "group.leave": { about: "organization", member: ["nothing", "CH-9"], guest: ["never", "GST-10"] },
  "channel.list": { about: "organization", member: ["nothing", "CH-1"], guest: ["nothing", "GST-9"] },
  "channel.create": { about: "organization", member: ["nothing", "CH-4"], guest: ["never", "GST-14"] },
  "channel.read": { about: "any-channel", member: ["sees-channel", "CH-5"], guest: ["in-channel", "GST-9"] },
  "channel.list-members": {
    about: "any-channel",
    member: ["sees-channel", "CH-5"],
    guest: ["in-channel", "GST-9"],
  },
  "channel.join": { about: "channel-only", member: ["sees-channel", "CH-5"], guest: ["never", "GST-10"] },
  "channel.leave": { about: "channel-only", member: ["in-channel", "CH-5"], guest: ["in-channel", "GINV-9"] },
  "channel.rename": {
    about: "channel-only",
    member: ["channel-manager", "CH-6"],
    guest: ["never", "GST-14"],
  },
  "channel.describe": {
    about: "channel-only",
    member: ["in-channel-or-manages", "CH-4"],
    guest: ["never", "GST-14"],
  },
  "channel.make-private": {
    about: "channel-only",
    member: ["channel-manager", "CH-6"],
    guest: ["never", "GST-14"],
  },
  "channel.make-public": {
    about: "channel-only",
    member: ["chat-admin-in-sight", "CH-6"],
    guest: ["never", "GST-14"],
  },
  "channel.archive": {
    about: "channel-only",
    member: ["channel-manager", "CH-7"],
    guest: ["never", "GST-14"],
  },
  "channel.restore": {
    about: "channel-only",
    member: ["channel-manager", "CH-7"],
    guest: ["never", "GST-14"],
  },
  "channel.delete": {
    about: "channel-only",
    member: ["chat-admin-in-sight", "CH-7"],
    guest: ["never", "GST-14"],
  },
  "channel.set-default": {
    about: "channel-only",
    member: ["manager-in-sight", "CH-2"],
    guest: ["never", "GST-14"],
  },
  "channel.add-people": {
    about: "channel-only",
    member: ["in-channel-or-manages", "CH-5"],
    guest: ["never", "GST-12"],
  },
  "channel.remove-people": {
    about: "channel-only",
    member: ["channel-manager", "CH-6"],
    guest: ["never", "GST-14"],
  },
  "channel.attach-group": {
    about: "channel-only",
    member: ["in-channel-or-manages", "CH-5"],
    guest: ["never", "GST-12"],
  },
  "channel.detach-group": {
    about: "channel-only",
    member: ["channel-manager", "CH-6"],
    guest: ["never", "GST-14"],
  },
  "channel.change-role": {
    about: "channel-only",
    member: ["channel-manager", "CH-6"],
    guest: ["never", "GST-14"],
  },
  "channel.set-favourite": {
    about: "any-channel",
    member: ["in-channel", "CH-11"],
    guest: ["in-channel", "GST-3"],
  },
  "channel.mute": { about: "any-channel", member: ["in-channel", "CH-11"], guest: ["in-channel", "GST-4"] },
  "channel.mark-read": {
    about: "any-channel",
    member: ["in-channel", "CH-11"],
    guest: ["in-channel", "GST-9"],
  },
  "conversation.open": { about: "organization", member: ["nothing", "CH-3"], guest: ["nothing", "GST-8"] },
  "message.read": { about: "any-channel", member: ["in-channel", "MSG-4"], guest: ["in-channel", "GST-9"] },
  "message.post": { about: "any-channel", member: ["in-channel", "MSG-4"], guest: ["in-channel", "GST-9"] },
  "message.edit-own": {
    about: "any-channel",
    member: ["in-channel", "MSG-6"],
    guest: ["in-channel", "GST-9"],
  },
  "message.delete-own": { about: "any-channel", member: ["in-channel", "MSG-6"], guest: ["never", "GST-15"] },
  "message.delete": {
    about: "channel-only",
    member: ["channel-manager", "MSG-6"],
    guest: ["never", "GST-15"],
  },
  "message.react": { about: "any-channel", member: ["in-channel", "MSG-9"], guest: ["in-channel", "GST-9"] },
  "message.reply": { about: "any-channel", member: ["in-channel", "MSG-8"], guest: ["in-channel", "GST-9"] },
  "message.pin": { about: "any-channel", member: ["in-channel", "MSG-7"], guest: ["in-channel", "GST-1"] },
  "command.use": { about: "any-channel", member: ["in-channel", "MSG-13"], guest: ["in-channel", "GST-2"] },
  "command.use-restricted": {
    about: "any-channel",
    member: ["in-channel", "MSG-13"],
    guest: ["never", "GST-2"],
  },
  "unread.read": { about: "organization", member: ["nothing", "MSG-11"], guest: ["nothing", "GST-9"] },
  "socket.open": { about: "organization", member: ["nothing", "MSG-4"], guest: ["nothing", "GST-7"] },
};

/** Whether an action is about one channel, so that the relation to it and its type decide. */
export function isAboutChannel(action: Action): boolean {
  return PERMISSIONS[action].about !== "organization";
}

/**
 * The facts a permission may depend on. Left out, the person is in no channel, the channel is private, and the record is
 * not theirs: whoever forgets a fact is refused.
 */
export type PermissionFacts = {
  readonly standing: Standing;
  readonly relation?: ChannelRelation;
  readonly channelType?: ChannelType;
  readonly isOwn?: boolean;
};

type Who = Required<PermissionFacts>;

const isIn = ({ relation }: Who): boolean => relation !== "none";
const sees = (who: Who): boolean => who.channelType === "public" || isIn(who);
const isManager = ({ standing }: Who): boolean => isOrgManager(standing) || isChatAdmin(standing);
const managesChannel = (who: Who): boolean =>
  who.relation === "admin" || (isChatAdmin(who.standing) && sees(who));

const IS_MET: Record<Requirement, (who: Who) => boolean> = {
  nothing: () => true,
  "in-channel": isIn,
  "sees-channel": sees,
  "in-channel-or-manages": (who) => isIn(who) || managesChannel(who),
  "channel-manager": managesChannel,
  "chat-admin-in-sight": (who) => isChatAdmin(who.standing) && sees(who),
  "manager-in-sight": (who) => isManager(who) && sees(who),
  "org-manager": ({ standing }) => isOrgManager(standing),
  "chat-admin": ({ standing }) => isChatAdmin(standing),
  manager: isManager,
  "manager-or-own": (who) => who.isOwn || isManager(who),
  "chat-admin-or-own": ({ standing, isOwn }) => isOwn || isChatAdmin(standing),
  "guests-only": ({ standing }) => standing.kind === "guest",
  never: () => false,
};

const REFUSAL: Record<Requirement, DenialCode> = {
  nothing: "not-found",
  "in-channel": "not-channel-member",
  "sees-channel": "not-found",
  "in-channel-or-manages": "not-channel-member",
  "channel-manager": "not-channel-admin",
  "chat-admin-in-sight": "not-chat-admin",
  "manager-in-sight": "not-manager",
  "org-manager": "not-org-manager",
  "chat-admin": "not-chat-admin",
  manager: "not-manager",
  "manager-or-own": "not-manager",
  "chat-admin-or-own": "not-chat-admin",
  "guests-only": "members-leave-otherwise",
  never: "guest-restricted",
};

/**
 * Whether somebody may do something: the one door to the permission table.
 * To an outsider, a guest whose access ended included, the organization does not exist (INV-15, GINV-10). Neither does a
 * channel that they may not know of: to a guest any they were not given (GST-9), to a member any that is not public
 * (CH-5). What guests may never, they are told by its own rule; what no conversation allows, by CH-3.
 */
export function permit(
  action: Action,
  { standing, relation = "none", channelType = "private", isOwn = false }: PermissionFacts,
): Decision {
  if (standing.kind === "outsider") return deny("not-found", "INV-15");
  if (standing.state === "deactivated")
    return standing.kind === "guest" ? deny("not-found", "GINV-10") : deny("member-deactivated", "ORG-10");
  const { about, [standing.kind]: needs } = PERMISSIONS[action];
  const [requirement, rule] = needs;
  const who = { standing, relation, channelType, isOwn };
  if (about !== "organization" && isHidden(who))
    return deny("not-found", standing.kind === "guest" ? "GST-9" : "CH-5");
  if (about === "channel-only" && requirement !== "never" && isConversation(channelType))
    return deny("not-in-conversations", "CH-3");
  return IS_MET[requirement](who) ? allow() : deny(REFUSAL[requirement], rule);
}

/** CH-3: direct and group conversations, as opposed to channels with a name. */
export function isConversation(channelType: ChannelType): boolean {
  return channelType === "direct" || channelType === "group";
}

/** GST-9, CH-5: whether a channel does not exist to somebody. */
function isHidden(who: Who): boolean {
  return who.standing.kind === "guest" ? !isIn(who) : !sees(who);
}

export type Cell = Who & { readonly action: Action; readonly decision: Decision };

/** Every cell of the table: to print it, to test it, to ask it. Product rights decide no action of it. */
export function* everyCell(): Generator<Cell> {
  for (const action of ACTIONS)
    for (const standing of everyStanding())
      for (const place of placesOf(action))
        for (const isOwn of ownershipsOf(action)) {
          const who = { standing, ...place, isOwn };
          yield { action, ...who, decision: permit(action, who) };
        }
}

/** Every relation to every type of channel where the action is about one; else a single, indifferent one. */
function* placesOf(action: Action): Generator<Pick<Who, "relation" | "channelType">> {
  if (!isAboutChannel(action)) return yield { relation: "none", channelType: "private" };
  for (const channelType of CHANNEL_TYPES)
    for (const relation of CHANNEL_RELATIONS) yield { relation, channelType };
}

/** Whether the record is theirs tells cells apart only where the row asks. */
function ownershipsOf(action: Action): boolean[] {
  const { member, guest } = PERMISSIONS[action];
  return [member, guest].some(([requirement]) => requirement.endsWith("-or-own")) ? [false, true] : [false];
}

/** Every standing that the table tells apart. */
export function* everyStanding(): Generator<Standing> {
  yield { kind: "outsider" };
  for (const state of MEMBER_STATES) {
    yield { kind: "guest", state };
    for (const orgRole of ORG_ROLES)
      for (const chatRole of CHAT_ROLES)
        yield { kind: "member", state, orgRole, chatRole, rights: NO_RIGHTS };
  }
}

/** `Object.keys` with the type of the keys, which holds for a table that nothing is added to. */
function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  const keys: Key[] = [];
  for (const key in table) keys.push(key);
  return keys;
}
