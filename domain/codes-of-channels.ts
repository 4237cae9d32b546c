import type { Denial } from "./denial.ts";

/** Channels, conversations and groups (CH). */
export const CHANNEL_CODES = {
  "not-channel-member": {
    status: 403,
    title: "Not in this channel",
    why: "Only those who are in the channel may do this.",
  },
  "not-channel-admin": {
    status: 403,
    title: "Channel admins only",
    why: "Only an admin of this channel may do this, or a chat admin who may see it.",
  },
  "not-in-conversations": {
    status: 409,
    title: "Not in conversations",
    why: "Direct and group conversations stay as they were opened; this exists in channels only.",
  },
  "general-channel": {
    status: 409,
    title: "Not for General",
    why: "All members are in General for as long as they are members, and it stays as it is.",
  },
  "already-archived": {
    status: 409,
    title: "Already archived",
    why: "This channel is archived already.",
  },
  "not-archived": {
    status: 409,
    title: "Not archived",
    why: "Only an archived channel can be restored.",
  },
  "already-public": {
    status: 409,
    title: "Already public",
    why: "This channel is public already.",
  },
  "already-private": {
    status: 409,
    title: "Already private",
    why: "This channel is private already.",
  },
  "already-in-channel": {
    status: 409,
    title: "Already in the channel",
    why: "This person is in the channel already.",
  },
  "handle-taken": {
    status: 409,
    title: "Handle taken",
    why: "Another channel of the organization has this handle.",
  },
  "handle-invalid": {
    status: 400,
    title: "Invalid handle",
    why: "A handle has 1 to 64 characters: small letters, digits, dots, hyphens and underscores.",
  },
  "too-many-defaults": {
    status: 409,
    title: "Too many default channels",
    why: "The organization has as many default channels as there can be.",
  },
  "through-group": {
    status: 409,
    title: "There through a group",
    why: "This person is in the channel through a group; remove them from the group, or the group from the channel.",
  },
  "guest-not-channel-admin": {
    status: 409,
    title: "Guests hold no role",
    why: "A guest cannot be an admin of a channel.",
  },
  "guest-not-in-groups": {
    status: 409,
    title: "Not for guests",
    why: "Groups are sets of members; a guest is added to channels as a person.",
  },
  "group-name-taken": {
    status: 409,
    title: "Name taken",
    why: "Another group of the organization has this name.",
  },
  "group-not-open": {
    status: 403,
    title: "Not an open group",
    why: "Only a manager of the organization or a chat admin puts people into this group and takes them out.",
  },
  "too-few-people": {
    status: 400,
    title: "Too few people",
    why: "A conversation has at least two people.",
  },
  "too-many-people": {
    status: 400,
    title: "Too many people",
    why: "A group conversation has at most eight people; a channel takes more.",
  },
  "shares-no-channel": {
    status: 403,
    title: "No channel in common",
    why: "A guest is in conversations only with people they share a channel with.",
  },
  "channel-archived": {
    status: 409,
    title: "Channel archived",
    why: "An archived channel can be read only.",
  },
} as const satisfies Record<string, Denial>;
