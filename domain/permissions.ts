import type { DenialCode, RuleId } from "./codes.ts";
import { allow, type Decision, deny } from "./decision.ts";
import { isChatAdmin, isOrgManager, NO_RIGHTS, type Standing } from "./people.ts";
import {
  CHANNEL_RELATIONS,
  CHAT_ROLES,
  type ChannelRelation,
  MEMBER_STATES,
  ORG_ROLES,
} from "./vocabulary.ts";

export type { ChannelRelation } from "./vocabulary.ts";

/** Everything that somebody may ask to do in an organization. */
export const ACTIONS = [
  "organization.read",
  "organization.update",
  "usage.read",
  "audit.list",
  "member.list",
  "member.read",
  "member.list-pending",
  "member.change-org-role",
  "member.change-chat-role",
  "member.change-rights",
  "member.remove",
  "member.leave",
  "member.deactivate",
  "member.reactivate",
  "invitation.create",
  "invitation.list",
  "invitation.read",
  "invitation.revoke",
  "channel.list",
  "channel.read",
  "channel.mark-read",
  "message.read",
  "message.post",
  "socket.open",
] as const;
export type Action = (typeof ACTIONS)[number];

/** What an action may require of an active member or guest. `own`: the record in question is theirs (INV-8). */
export const REQUIREMENTS = [
  "nothing",
  "in-channel",
  "org-manager",
  "chat-admin",
  "manager",
  "manager-or-own",
  "chat-admin-or-own",
  "never",
] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** One row of the table: what members and guests need, and the rule that refuses them without it. */
export type PermissionRow = {
  readonly member: readonly [Requirement, RuleId];
  readonly guest: readonly [Requirement, RuleId];
};

export const PERMISSIONS: Record<Action, PermissionRow> = {
  "organization.read": { member: ["nothing", "ORG-8"], guest: ["never", "GST-13"] },
  "organization.update": { member: ["org-manager", "ORG-4"], guest: ["never", "GST-13"] },
  "usage.read": { member: ["manager", "SEAT-10"], guest: ["never", "GST-13"] },
  "audit.list": { member: ["org-manager", "INV-18"], guest: ["never", "GST-13"] },
  "member.list": { member: ["nothing", "DIR-1"], guest: ["never", "GST-13"] },
  "member.read": { member: ["nothing", "DIR-1"], guest: ["never", "GST-13"] },
  "member.list-pending": { member: ["manager", "MINV-4"], guest: ["never", "GST-13"] },
  "member.change-org-role": { member: ["org-manager", "ORG-7"], guest: ["never", "GST-13"] },
  "member.change-chat-role": { member: ["org-manager", "RGT-3"], guest: ["never", "GST-13"] },
  "member.change-rights": { member: ["org-manager", "RGT-5"], guest: ["never", "GST-13"] },
  "member.remove": { member: ["org-manager", "ORG-4"], guest: ["never", "GST-13"] },
  "member.leave": { member: ["nothing", "ORG-10"], guest: ["never", "GST-13"] },
  "member.deactivate": { member: ["org-manager", "ORG-4"], guest: ["never", "GST-13"] },
  "member.reactivate": { member: ["org-manager", "ORG-4"], guest: ["never", "GST-13"] },
  "invitation.create": { member: ["chat-admin", "RGT-1"], guest: ["never", "GST-12"] },
  "invitation.list": { member: ["manager", "MINV-4"], guest: ["never", "GST-13"] },
  "invitation.read": { member: ["manager-or-own", "INV-11"], guest: ["never", "GST-13"] },
  "invitation.revoke": { member: ["chat-admin-or-own", "INV-8"], guest: ["never", "GST-12"] },
  "channel.list": { member: ["nothing", "CH-1"], guest: ["nothing", "GST-9"] },
  "channel.read": { member: ["in-channel", "CH-5"], guest: ["in-channel", "GST-9"] },
  "channel.mark-read": { member: ["in-channel", "CH-11"], guest: ["in-channel", "GST-9"] },
  "message.read": { member: ["in-channel", "MSG-4"], guest: ["in-channel", "GST-9"] },
  "message.post": { member: ["in-channel", "MSG-4"], guest: ["in-channel", "GST-9"] },
  "socket.open": { member: ["nothing", "MSG-4"], guest: ["nothing", "GST-7"] },
};

/** The facts a permission may depend on. Left out, the person is in no channel and the record is not theirs. */
export type PermissionFacts = {
  readonly standing: Standing;
  readonly relation?: ChannelRelation;
  readonly isOwn?: boolean;
};

type Who = Required<PermissionFacts>;

const IS_MET: Record<Requirement, (who: Who) => boolean> = {
  nothing: () => true,
  "in-channel": ({ relation }) => relation !== "none",
  "org-manager": ({ standing }) => isOrgManager(standing),
  "chat-admin": ({ standing }) => isChatAdmin(standing),
  manager: ({ standing }) => isOrgManager(standing) || isChatAdmin(standing),
  "manager-or-own": ({ standing, isOwn }) => isOwn || isOrgManager(standing) || isChatAdmin(standing),
  "chat-admin-or-own": ({ standing, isOwn }) => isOwn || isChatAdmin(standing),
  never: () => false,
};

const REFUSAL: Record<Requirement, DenialCode> = {
  nothing: "not-found",
  "in-channel": "not-channel-member",
  "org-manager": "not-org-manager",
  "chat-admin": "not-chat-admin",
  manager: "not-manager",
  "manager-or-own": "not-manager",
  "chat-admin-or-own": "not-chat-admin",
  never: "guest-restricted",
};

/**
 * Whether somebody may do something: the one door to the permission table.
 * To an outsider, a guest whose access ended included, the organization does not exist (INV-15, GINV-10); to a guest,
 * neither does a channel they were not given (GST-9).
 */
export function permit(
  action: Action,
  { standing, relation = "none", isOwn = false }: PermissionFacts,
): Decision {
  if (standing.kind === "outsider") return deny("not-found", "INV-15");
  if (standing.state === "deactivated")
    return standing.kind === "guest" ? deny("not-found", "GINV-10") : deny("member-deactivated", "ORG-10");
  const [requirement, rule] = PERMISSIONS[action][standing.kind];
  if (IS_MET[requirement]({ standing, relation, isOwn })) return allow();
  const isHidden = standing.kind === "guest" && requirement === "in-channel";
  return deny(isHidden ? "not-found" : REFUSAL[requirement], rule);
}

export type Cell = Who & { readonly action: Action; readonly decision: Decision };

/** Every cell of the table: to print it, to test it, to ask it. Product rights decide no action of it. */
export function* everyCell(): Generator<Cell> {
  for (const action of ACTIONS)
    for (const standing of everyStanding())
      for (const relation of CHANNEL_RELATIONS)
        for (const isOwn of [false, true]) {
          const who = { standing, relation, isOwn };
          yield { action, ...who, decision: permit(action, who) };
        }
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
