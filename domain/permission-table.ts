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
 * Mail managers hold the product right `mail`, on their record or by their org role (SHR-2).
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
  "mail-manager",
  "mail-manager-or-own",
  "guests-only",
  "never",
] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** What somebody needs, and the rule that refuses them without it. */
export type Needs = readonly [Requirement, RuleId];

/** One row of the table: what an action is about, and what members and guests need for it. */
export type PermissionRow = { readonly about: Subject; readonly member: Needs; readonly guest: Needs };

const organization = (member: Needs, guest: Needs): PermissionRow => ({
  about: "organization",
  member,
  guest,
});
const anyChannel = (member: Needs, guest: Needs): PermissionRow => ({ about: "any-channel", member, guest });
const channelOnly = (member: Needs, guest: Needs): PermissionRow => ({
  about: "channel-only",
  member,
  guest,
});

/** What guests may never: hold or see anything of the organization, invite and add, change channels (product.md, GST). */
const NO_RECORD: Needs = ["never", "GST-13"];
const NO_JOINING: Needs = ["never", "GST-10"];
const NO_INVITING: Needs = ["never", "GST-12"];
const NO_CHANGING: Needs = ["never", "GST-14"];
const NO_DELETING: Needs = ["never", "GST-15"];
/** GST-9: guests may in the channels they were given. */
const WHERE_GIVEN: Needs = ["in-channel", "GST-9"];

/** Members' needs that several rows share. */
const ORG_MANAGER: Needs = ["org-manager", "ORG-4"];
const MANAGES_GROUPS: Needs = ["manager", "CH-8"];
const MANAGES_MAIL: Needs = ["mail-manager", "SHR-2"];
const MANAGES_CHANNEL: Needs = ["channel-manager", "CH-6"];
const ARCHIVES: Needs = ["channel-manager", "CH-7"];
const ADDS_PEOPLE: Needs = ["in-channel-or-manages", "CH-5"];
const SEES_CHANNEL: Needs = ["sees-channel", "CH-5"];
const OWN_PLACE: Needs = ["in-channel", "CH-11"];
const OWN_MESSAGE: Needs = ["in-channel", "MSG-6"];
const READS: Needs = ["in-channel", "MSG-4"];
const COMMANDS: Needs = ["in-channel", "MSG-13"];
const DIRECTORY: Needs = ["nothing", "DIR-1"];
const JOINS_GROUPS: Needs = ["nothing", "CH-9"];

export const PERMISSIONS: Record<Action, PermissionRow> = {
  "organization.read": organization(["nothing", "ORG-8"], NO_RECORD),
  "organization.update": organization(ORG_MANAGER, NO_RECORD),
  "usage.read": organization(["manager", "SEAT-10"], NO_RECORD),
  "audit.list": organization(["org-manager", "INV-18"], NO_RECORD),
  "permissions.read": organization(["nothing", "GST-17"], ["nothing", "GST-17"]),
  "directory.search": organization(DIRECTORY, NO_RECORD),
  "profile.update": organization(["nothing", "DIR-2"], ["nothing", "GST-5"]),
  "status.set": organization(["nothing", "PRS-1"], ["nothing", "GST-5"]),
  "status.read": organization(["nothing", "PRS-3"], ["nothing", "GST-16"]),
  "member.list": organization(DIRECTORY, NO_RECORD),
  "member.read": organization(DIRECTORY, NO_RECORD),
  "member.list-pending": organization(["manager", "MINV-4"], NO_RECORD),
  "member.change-org-role": organization(["org-manager", "ORG-7"], NO_RECORD),
  "member.change-chat-role": organization(["org-manager", "RGT-3"], NO_RECORD),
  "member.change-rights": organization(["org-manager", "RGT-5"], NO_RECORD),
  "member.remove": organization(ORG_MANAGER, NO_RECORD),
  "member.leave": organization(["nothing", "ORG-10"], NO_RECORD),
  "member.deactivate": organization(ORG_MANAGER, NO_RECORD),
  "member.reactivate": organization(ORG_MANAGER, NO_RECORD),
  "member.convert-to-guest": organization(["manager", "GINV-11"], NO_RECORD),
  "guest.list": organization(["manager", "SEAT-10"], NO_RECORD),
  "guest.read": organization(["manager", "SEAT-10"], NO_RECORD),
  "guest.update": organization(["chat-admin", "GINV-10"], NO_RECORD),
  "guest.remove": organization(["chat-admin", "GINV-9"], NO_RECORD),
  "guest.leave": organization(["guests-only", "ORG-10"], ["nothing", "GINV-9"]),
  "guest.convert-to-member": organization(["chat-admin", "GINV-11"], NO_RECORD),
  "invitation.create": organization(["chat-admin", "RGT-1"], NO_INVITING),
  "invitation.list": organization(["manager", "MINV-4"], NO_RECORD),
  "invitation.read": organization(["manager-or-own", "INV-11"], NO_RECORD),
  "invitation.update": organization(["chat-admin", "MINV-8"], NO_INVITING),
  "invitation.resend": organization(["chat-admin", "INV-9"], NO_INVITING),
  "invitation.revoke": organization(["chat-admin-or-own", "INV-8"], NO_INVITING),
  "mail-address.list": organization(MANAGES_MAIL, NO_RECORD),
  "mail-address.create": organization(MANAGES_MAIL, NO_RECORD),
  "mail-address.delete": organization(MANAGES_MAIL, NO_RECORD),
  "share.list": organization(["mail-manager", "SHR-6"], NO_RECORD),
  "share.create": organization(MANAGES_MAIL, NO_INVITING),
  "share.update": organization(["mail-manager", "SHR-5"], NO_RECORD),
  "share.remove": organization(["mail-manager-or-own", "SHR-5"], NO_RECORD),
  "group.list": organization(["nothing", "DIR-3"], NO_RECORD),
  "group.read": organization(["nothing", "DIR-3"], NO_RECORD),
  "group.create": organization(MANAGES_GROUPS, NO_RECORD),
  "group.update": organization(MANAGES_GROUPS, NO_RECORD),
  "group.delete": organization(MANAGES_GROUPS, NO_RECORD),
  "group.add-member": organization(MANAGES_GROUPS, NO_INVITING),
  "group.remove-member": organization(MANAGES_GROUPS, NO_RECORD),
  "group.join": organization(JOINS_GROUPS, NO_JOINING),
  "group.leave": organization(JOINS_GROUPS, NO_JOINING),
  "channel.list": organization(["nothing", "CH-1"], ["nothing", "GST-9"]),
  "channel.create": organization(["nothing", "CH-4"], NO_CHANGING),
  "channel.read": anyChannel(SEES_CHANNEL, WHERE_GIVEN),
  "channel.list-members": anyChannel(SEES_CHANNEL, WHERE_GIVEN),
  "channel.join": channelOnly(SEES_CHANNEL, NO_JOINING),
  "channel.leave": channelOnly(["in-channel", "CH-5"], ["in-channel", "GINV-9"]),
  "channel.rename": channelOnly(MANAGES_CHANNEL, NO_CHANGING),
  "channel.describe": channelOnly(["in-channel-or-manages", "CH-4"], NO_CHANGING),
  "channel.make-private": channelOnly(MANAGES_CHANNEL, NO_CHANGING),
  "channel.make-public": channelOnly(["chat-admin-in-sight", "CH-6"], NO_CHANGING),
  "channel.archive": channelOnly(ARCHIVES, NO_CHANGING),
  "channel.restore": channelOnly(ARCHIVES, NO_CHANGING),
  "channel.delete": channelOnly(["chat-admin-in-sight", "CH-7"], NO_CHANGING),
  "channel.set-default": channelOnly(["manager-in-sight", "CH-2"], NO_CHANGING),
  "channel.add-people": channelOnly(ADDS_PEOPLE, NO_INVITING),
  "channel.remove-people": channelOnly(MANAGES_CHANNEL, NO_CHANGING),
  "channel.attach-group": channelOnly(ADDS_PEOPLE, NO_INVITING),
  "channel.detach-group": channelOnly(MANAGES_CHANNEL, NO_CHANGING),
  "channel.change-role": channelOnly(MANAGES_CHANNEL, NO_CHANGING),
  "channel.set-favourite": anyChannel(OWN_PLACE, ["in-channel", "GST-3"]),
  "channel.mute": anyChannel(OWN_PLACE, ["in-channel", "GST-4"]),
  "channel.mark-read": anyChannel(OWN_PLACE, WHERE_GIVEN),
  "conversation.open": organization(["nothing", "CH-3"], ["nothing", "GST-8"]),
  "message.read": anyChannel(READS, WHERE_GIVEN),
  "message.post": anyChannel(READS, WHERE_GIVEN),
  "message.edit-own": anyChannel(OWN_MESSAGE, WHERE_GIVEN),
  "message.delete-own": anyChannel(OWN_MESSAGE, NO_DELETING),
  "message.delete": channelOnly(["channel-manager", "MSG-6"], NO_DELETING),
  "message.react": anyChannel(["in-channel", "MSG-9"], WHERE_GIVEN),
  "message.reply": anyChannel(["in-channel", "MSG-8"], WHERE_GIVEN),
  "message.pin": anyChannel(["in-channel", "MSG-7"], ["in-channel", "GST-1"]),
  "command.use": anyChannel(COMMANDS, ["in-channel", "GST-2"]),
  "command.use-restricted": anyChannel(COMMANDS, ["never", "GST-2"]),
  "thread.follow": anyChannel(["in-channel", "MSG-8"], WHERE_GIVEN),
  "call.start": anyChannel(["in-channel", "CALL-1"], WHERE_GIVEN),
  "call.join": anyChannel(["in-channel", "CALL-1"], WHERE_GIVEN),
  "call.end": anyChannel(["in-channel", "CALL-1"], WHERE_GIVEN),
  "unread.read": organization(["nothing", "MSG-11"], ["nothing", "GST-9"]),
  "socket.open": organization(["nothing", "MSG-4"], ["nothing", "GST-7"]),
};
