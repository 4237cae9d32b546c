import { derivedId, idSuffix } from "../shell/ids.ts";

/** The primary key of an item. */
export type Key = { readonly pk: string; readonly sk: string };

/** The entry of an item in the sparse index `gsi1`. */
export type IndexKey = { readonly gsi1pk: string; readonly gsi1sk: string };

/** Messages are numbered up to 12 digits, so that their order as text is their order. */
const SEQ_DIGITS = 12;

/** How sort keys begin, where a partition holds several kinds or a list goes on after one of them. */
export const PREFIXES = {
  person: "USER#",
  end: "ENDS#",
  channel: "CHANNEL#",
  group: "GROUP#",
  thread: "THREAD#",
  mention: "MENTION#",
} as const;

const seqText = (seq: number): string => String(seq).padStart(SEQ_DIGITS, "0");
const tenant = (organizationId: string): string => `O#${organizationId}`;
const day = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/**
 * Every key of the single table. The tenant is the prefix of every tenant key, so that per-tenant credentials
 * (`dynamodb:LeadingKeys`) stay possible; nothing outside this file builds a key. See docs/access-patterns.md.
 */
export const keys = {
  organization: (org: string): Key => ({ pk: tenant(org), sk: "ORG" }),

  members: (org: string): string => `${tenant(org)}#MEMBERS`,
  member: (org: string, user: string): Key => ({ pk: keys.members(org), sk: `${PREFIXES.person}${user}` }),
  organizationsOf: (user: string): string => `U#${user}`,
  memberIndex: (org: string, user: string): IndexKey => ({
    gsi1pk: keys.organizationsOf(user),
    gsi1sk: tenant(org),
  }),

  guests: (org: string): string => `${tenant(org)}#GUESTS`,
  guest: (org: string, user: string): Key => ({ pk: keys.guests(org), sk: `${PREFIXES.person}${user}` }),
  guestEnd: (org: string, user: string, endsAtMs: number): Key => ({
    pk: keys.guests(org),
    sk: `${PREFIXES.end}${new Date(endsAtMs).toISOString()}#${user}`,
  }),
  endingOn: (dayText: string): string => `ENDS#${dayText}`,
  endIndex: (org: string, user: string, endsAtMs: number): IndexKey => ({
    gsi1pk: keys.endingOn(day(endsAtMs)),
    gsi1sk: `${new Date(endsAtMs).toISOString()}#${org}#${user}`,
  }),

  directory: (org: string): string => `${tenant(org)}#DIRECTORY`,
  directoryEntry: (org: string, kind: "member" | "guest", names: string, user: string): Key => ({
    pk: keys.directory(org),
    sk: `${keys.directoryPrefix(kind, names)}#${user}`,
  }),
  directoryIndex: (org: string, kind: "member" | "guest", names: string, user: string): IndexKey => ({
    gsi1pk: keys.directory(org),
    gsi1sk: `${keys.directoryPrefix(kind, names)}#${user}`,
  }),
  directoryPrefix: (kind: "member" | "guest", names: string): string =>
    `${kind === "member" ? "M" : "G"}#${names}`,

  groups: (org: string): string => `${tenant(org)}#GROUPS`,
  group: (org: string, group: string): Key => ({ pk: keys.groups(org), sk: `${PREFIXES.group}${group}` }),
  groupNames: (org: string): string => `${tenant(org)}#GROUP-NAMES`,
  groupName: (org: string, name: string): Key => ({ pk: keys.groupNames(org), sk: name }),
  groupPeople: (org: string, group: string): string => `${tenant(org)}#GROUP#${group}#PERSONS`,
  groupPerson: (org: string, group: string, user: string): Key => ({
    pk: keys.groupPeople(org, group),
    sk: `${PREFIXES.person}${user}`,
  }),
  channelGroups: (org: string, channel: string): string => `${tenant(org)}#CHANNEL#${channel}#GROUPS`,
  channelGroup: (org: string, channel: string, group: string): Key => ({
    pk: keys.channelGroups(org, channel),
    sk: `${PREFIXES.group}${group}`,
  }),

  intents: (): string => "INTENTS",
  intent: (org: string, intent: string): Key => ({ pk: `${tenant(org)}#INTENTS`, sk: intent }),
  intentIndex: (org: string, intent: string, startedAtMs: number): IndexKey => ({
    gsi1pk: keys.intents(),
    gsi1sk: `${new Date(startedAtMs).toISOString()}#${org}#${intent}`,
  }),

  managers: (org: string): string => `${tenant(org)}#MANAGERS`,
  manager: (org: string, user: string): Key => ({ pk: keys.managers(org), sk: `${PREFIXES.person}${user}` }),

  addresses: (org: string): string => `${tenant(org)}#ADDRESSES`,
  address: (org: string, kind: string, addressKey: string): Key => ({
    pk: keys.addresses(org),
    sk: `${kind}#${addressKey}`,
  }),
  expiringOn: (dayText: string): string => `EXPIRES#${dayText}`,
  expiryIndex: (org: string, invitation: string, expiresAtMs: number): IndexKey => ({
    gsi1pk: keys.expiringOn(day(expiresAtMs)),
    gsi1sk: `${new Date(expiresAtMs).toISOString()}#${org}#${invitation}`,
  }),

  invitations: (org: string): string => `${tenant(org)}#INVITATIONS`,
  invitation: (org: string, invitation: string): Key => ({
    pk: keys.invitations(org),
    sk: `INV#${invitation}`,
  }),
  pending: (org: string, kind: string): string => `${tenant(org)}#PENDING#${kind}`,
  pendingIndex: (org: string, kind: string, invitation: string, expiresAtMs: number): IndexKey => ({
    gsi1pk: keys.pending(org, kind),
    gsi1sk: `${new Date(expiresAtMs).toISOString()}#${invitation}`,
  }),

  mailAddresses: (org: string): string => `${tenant(org)}#MAIL-ADDRESSES`,
  mailAddress: (org: string, address: string): Key => ({ pk: keys.mailAddresses(org), sk: `ADR#${address}` }),
  mailAddressNames: (org: string): string => `${tenant(org)}#MAIL-ADDRESS-NAMES`,
  mailAddressName: (org: string, addressKey: string): Key => ({
    pk: keys.mailAddressNames(org),
    sk: addressKey,
  }),
  holders: (org: string, address: string): string => `${tenant(org)}#MAIL-ADDRESS#${address}#HOLDERS`,
  holder: (org: string, address: string, user: string): Key => ({
    pk: keys.holders(org, address),
    sk: `${PREFIXES.person}${user}`,
  }),
  holdingGroup: (org: string, address: string, group: string): Key => ({
    pk: keys.holders(org, address),
    sk: `${PREFIXES.group}${group}`,
  }),
  sharesOf: (user: string): string => `U#${user}#SHARES`,
  holderIndex: (org: string, address: string, user: string): IndexKey => ({
    gsi1pk: keys.sharesOf(user),
    gsi1sk: `${tenant(org)}#${address}`,
  }),
  groupShares: (org: string, group: string): string => `${tenant(org)}#GROUP#${group}#SHARES`,
  holdingGroupIndex: (org: string, address: string, group: string): IndexKey => ({
    gsi1pk: keys.groupShares(org, group),
    gsi1sk: address,
  }),

  /** What of the allowance of mails an organization and its senders have used (INV-13). */
  mailAllowance: (org: string): Key => ({ pk: `${tenant(org)}#ALLOWANCE`, sk: "MAILS" }),
  /** A recipient over all organizations, by the hash of the address: their allowance, and what they are invited to. */
  recipient: (addressHash: string): Key => ({ pk: `R#${addressHash}`, sk: "RECIPIENT" }),
  /** An address that somebody signs in with (SHR-3), by its hash. */
  login: (addressHash: string): Key => ({ pk: `L#${addressHash}`, sk: "LOGIN" }),
  /** Mails to be sent that are not an invitation's (ORG-11). */
  notices: (org: string): string => `${tenant(org)}#NOTICES`,
  notice: (org: string, notice: string): Key => ({ pk: keys.notices(org), sk: notice }),
  waitingNotices: (): string => "NOTICES",
  noticeIndex: (org: string, notice: string, queuedAtMs: number): IndexKey => ({
    gsi1pk: keys.waitingNotices(),
    gsi1sk: `${new Date(queuedAtMs).toISOString()}#${org}#${notice}`,
  }),
  logo: (org: string, hash: string): Key => ({ pk: `${tenant(org)}#LOGOS`, sk: hash }),

  audits: (org: string): string => `${tenant(org)}#AUDIT`,
  audit: (org: string, audit: string): Key => ({ pk: keys.audits(org), sk: audit }),

  profile: (user: string): Key => ({ pk: `U#${user}`, sk: "PROFILE" }),
  idempotency: (user: string, hash: string): Key => ({ pk: `I#${user}`, sk: hash }),

  channels: (org: string): string => `${tenant(org)}#CHANNELS`,
  channel: (org: string, channel: string): Key => ({
    pk: keys.channels(org),
    sk: `${PREFIXES.channel}${channel}`,
  }),
  publicChannels: (org: string): string => `${tenant(org)}#PUBLIC`,
  publicIndex: (org: string, channel: string): IndexKey => ({
    gsi1pk: keys.publicChannels(org),
    gsi1sk: `${PREFIXES.channel}${channel}`,
  }),
  handles: (org: string): string => `${tenant(org)}#HANDLES`,
  handle: (org: string, handle: string): Key => ({ pk: keys.handles(org), sk: handle }),
  conversation: (org: string, hash: string): Key => ({ pk: `${tenant(org)}#CONVERSATIONS`, sk: hash }),
  channelPartition: (org: string, channel: string): string => `${tenant(org)}#CHANNEL#${channel}`,
  channelHead: (org: string, channel: string): Key => ({
    pk: keys.channelPartition(org, channel),
    sk: "HEAD",
  }),
  /** Which batch of the relay tells a large channel's new messages, and which wait for it. */
  deliveryTurn: (org: string, channel: string): Key => ({
    pk: keys.channelPartition(org, channel),
    sk: "TURN",
  }),
  nonceMemory: (org: string, channel: string, page: number): Key => ({
    pk: keys.channelPartition(org, channel),
    sk: `MEMORY#${seqText(page)}`,
  }),
  messages: (org: string, channel: string): string => `${keys.channelPartition(org, channel)}#MESSAGES`,
  message: (org: string, channel: string, seq: number): Key => ({
    pk: keys.messages(org, channel),
    sk: seqText(seq),
  }),
  /** Messages that were changed after they were posted, by when: what somebody who was away has to look at again. */
  changes: (org: string, channel: string): string => `${keys.channelPartition(org, channel)}#CHANGES`,
  changeIndex: (org: string, channel: string, changedAt: string, seq: number): IndexKey => ({
    gsi1pk: keys.changes(org, channel),
    gsi1sk: `${changedAt}#${seqText(seq)}`,
  }),
  edits: (org: string, channel: string): string => `${keys.channelPartition(org, channel)}#EDITS`,
  edit: (org: string, channel: string, seq: number, number: number): Key => ({
    pk: keys.edits(org, channel),
    sk: `${keys.editPrefix(seq)}${String(number).padStart(3, "0")}`,
  }),
  editPrefix: (seq: number): string => `${seqText(seq)}#`,
  reactors: (org: string, channel: string): string => `${keys.channelPartition(org, channel)}#REACTORS`,
  reactor: (org: string, channel: string, seq: number, emoji: string, user: string): Key => ({
    pk: keys.reactors(org, channel),
    sk: `${keys.reactorPrefix(seq, emoji)}${user}`,
  }),
  /** Without an emoji, all of a message's. */
  reactorPrefix: (seq: number, emoji?: string): string =>
    `${seqText(seq)}#${emoji === undefined ? "" : `${emoji}#`}`,
  thread: (org: string, channel: string, root: number): string =>
    `${keys.channelPartition(org, channel)}#THREAD#${seqText(root)}`,
  threadReply: (org: string, channel: string, root: number, seq: number): Key => ({
    pk: keys.thread(org, channel, root),
    sk: seqText(seq),
  }),
  followers: (org: string, channel: string, root: number): string =>
    `${keys.thread(org, channel, root)}#FOLLOWERS`,
  personThread: (org: string, user: string, channel: string, root: number): Key => ({
    pk: keys.person(org, user),
    sk: `${PREFIXES.thread}${channel}#${seqText(root)}`,
  }),
  followerIndex: (org: string, user: string, channel: string, root: number): IndexKey => ({
    gsi1pk: keys.followers(org, channel, root),
    gsi1sk: user,
  }),
  mention: (org: string, user: string, channel: string, seq: number): Key => ({
    pk: keys.person(org, user),
    sk: `${keys.mentionPrefix(channel)}${seqText(seq)}`,
  }),
  mentionPrefix: (channel: string): string => `${PREFIXES.mention}${channel}#`,
  /** People by their handle (MSG-10): kept on the item of one of their addresses, or on one of its own without any. */
  personHandles: (org: string): string => `${tenant(org)}#PERSON-HANDLES`,
  personHandle: (org: string, handle: string): Key => ({ pk: keys.personHandles(org), sk: handle }),
  personHandleIndex: (org: string, handle: string): IndexKey => ({
    gsi1pk: keys.personHandles(org),
    gsi1sk: handle,
  }),

  calls: (org: string): string => `${tenant(org)}#CALLS`,
  call: (org: string, call: string): Key => ({ pk: keys.calls(org), sk: call }),
  /** The channel's running call: one at a time (CALL-4). */
  channelCall: (org: string, channel: string): Key => ({
    pk: keys.channelPartition(org, channel),
    sk: "CALL",
  }),
  /** Calls that are not over, by when they began: the sweep ends those that everybody forgot. */
  runningCalls: (): string => "CALLS",
  callIndex: (org: string, call: string, startedAtMs: number): IndexKey => ({
    gsi1pk: keys.runningCalls(),
    gsi1sk: `${new Date(startedAtMs).toISOString()}#${org}#${call}`,
  }),

  pins: (org: string, channel: string): string => `${keys.channelPartition(org, channel)}#PINS`,
  pin: (org: string, channel: string, pinnedAt: string, seq: number): Key => ({
    pk: keys.pins(org, channel),
    sk: `${pinnedAt}#${seqText(seq)}`,
  }),
  roster: (org: string, channel: string): string => `${keys.channelPartition(org, channel)}#PEOPLE`,
  rosterEntry: (org: string, channel: string, rank: number, id: string): Key => ({
    pk: keys.roster(org, channel),
    sk: `${rank}#${id}`,
  }),
  person: (org: string, user: string): string => `${tenant(org)}#PERSON#${user}`,
  personGroup: (org: string, user: string, group: string): Key => ({
    pk: keys.person(org, user),
    sk: `${PREFIXES.group}${group}`,
  }),
  personChannel: (org: string, user: string, channel: string): Key => ({
    pk: keys.person(org, user),
    sk: `${PREFIXES.channel}${channel}`,
  }),

  statuses: (org: string): string => `${tenant(org)}#STATUSES`,
  status: (org: string, user: string): Key => ({ pk: keys.statuses(org), sk: `${PREFIXES.person}${user}` }),
  /** What each connection looks at, one channel at most, and in the index who looks at a channel (typing). */
  lookers: (org: string): string => `${tenant(org)}#LOOKERS`,
  looker: (org: string, connection: string, user: string): Key => ({
    pk: keys.lookers(org),
    sk: `${connection}#${user}`,
  }),
  looking: (org: string, channel: string): string => `${tenant(org)}#LOOKING#${channel}`,
  lookerIndex: (org: string, channel: string, connection: string): IndexKey => ({
    gsi1pk: keys.looking(org, channel),
    gsi1sk: connection,
  }),
  /** The connections that watch how people are (PRS-3). */
  watching: (org: string): string => `${tenant(org)}#WATCHING`,
  watcher: (org: string, connection: string): Key => ({ pk: keys.watching(org), sk: connection }),
  /** Organizations whose plan deletes old messages (SEAT-7). */
  retention: (org: string): Key => ({ pk: "RETENTION", sk: tenant(org) }),

  live: (org: string): string => `${tenant(org)}#LIVE`,
  livePerson: (org: string, user: string): Key => ({ pk: keys.live(org), sk: `${PREFIXES.person}${user}` }),
  ticket: (org: string, hash: string): Key => ({ pk: `${tenant(org)}#TICKETS`, sk: hash }),
} as const;

/** The last part of a sort key, for example the person's id of `USER#usr_…`. */
export function idIn(key: string): string {
  return key.slice(key.lastIndexOf("#") + 1);
}

/** General's id is the organization's, with a channel's prefix: it is known without a look-up (CH-1). */
export function generalChannelId(organizationId: string): string {
  return `chn_${idSuffix(organizationId)}`;
}

/** The assistant's id is the organization's, with a person's prefix (BOT-1); it has no record. */
export function assistantId(organizationId: string): string {
  return `usr_${idSuffix(organizationId)}`;
}

/**
 * The conversation of somebody with the assistant is known without a look-up too, so that posting in it costs what posting
 * anywhere does (BOT-3).
 */
export function assistantChannelId(organizationId: string, userId: string): string {
  return derivedId("channel", `${organizationId}\n${userId}\nassistant`);
}
