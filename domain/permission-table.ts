import type { Action } from "./actions.ts";
import type { RuleId } from "./codes.ts";

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
