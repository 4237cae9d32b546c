import type { Action } from "./actions.ts";
import type { DenialCode } from "./codes.ts";
import { allow, type Decision, deny } from "./decision.ts";
import { isChatAdmin, isOrgManager, NO_RIGHTS, rightsOf, type Standing } from "./people.ts";
import { PERMISSIONS, type Requirement } from "./permission-table.ts";
import {
  CHANNEL_RELATIONS,
  CHANNEL_TYPES,
  CHAT_ROLES,
  type ChannelRelation,
  type ChannelType,
  MEMBER_STATES,
  ORG_ROLES,
  type Rights,
} from "./vocabulary.ts";

export type { Action } from "./actions.ts";
export type { ChannelRelation } from "./vocabulary.ts";

/** Everything that somebody may ask to do, in the order of the table. */
export const ACTIONS: readonly Action[] = keysOf(PERMISSIONS);

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
const managesMail = ({ standing }: Who): boolean => rightsOf(standing).mail;
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
  "mail-manager": managesMail,
  "mail-manager-or-own": (who) => who.isOwn || managesMail(who),
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
  "mail-manager": "not-mail-manager",
  "mail-manager-or-own": "not-mail-manager",
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

/** Every cell of the table: to print it, to test it, to ask it. */
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

/** The rights that the table tells apart, of a user: `mail` decides who manages mail addresses (SHR-2). */
const RIGHTS_OF_USERS: readonly Readonly<Rights>[] = [NO_RIGHTS, { ...NO_RIGHTS, mail: true }];

/** Every standing that the table tells apart; managers hold every right by role (RGT-5), whatever their record says. */
export function* everyStanding(): Generator<Standing> {
  yield { kind: "outsider" };
  for (const state of MEMBER_STATES) {
    yield { kind: "guest", state };
    for (const orgRole of ORG_ROLES)
      for (const chatRole of CHAT_ROLES)
        for (const rights of orgRole === "user" ? RIGHTS_OF_USERS : [NO_RIGHTS])
          yield { kind: "member", state, orgRole, chatRole, rights };
  }
}

/** `Object.keys` with the type of the keys, which holds for a table that nothing is added to. */
function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  const keys: Key[] = [];
  for (const key in table) keys.push(key);
  return keys;
}
