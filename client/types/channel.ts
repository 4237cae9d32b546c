import type { Page, PageQuery } from "./page.ts";

export type Channel = {
  id: string;
  name: string;
  handle: string;
  type: "public" | "private" | "direct" | "group";
  purpose: string;
  header: string;
  archived: boolean;
  general: boolean;
  default: boolean;
  memberCount: number;
  guestCount: number;
  lastSeq: number;
  /** The people of a direct or group conversation, which has no name. */
  userIds?: string[];
  me: {
    member: boolean;
    role: "admin" | "member" | null;
    favourite: boolean;
    muted: boolean;
    /** Of what one is notified (MSG-13, PRS-4). */
    level?: NotificationLevel;
    lastReadSeq: number;
  };
};

/** Conversations notify of everything and channels of mentions, unless told. */
export type NotificationLevel = "all" | "mentions" | "none";

export type ChannelQuery = PageQuery & {
  mine?: "true";
  type?: Channel["type"];
  archived?: "true" | "false";
  search?: string;
};

export type NewChannel = {
  name: string;
  type: "public" | "private";
  handle?: string;
  purpose?: string;
  header?: string;
};

export type ChannelChange = Partial<NewChannel> & { default?: boolean };

export type Unread = {
  channelId: string;
  lastSeq: number;
  lastReadSeq: number;
  unread: number;
  /** Messages among them that mention the caller (MSG-11). */
  mentions?: number;
  muted: boolean;
  /** Of what one is notified (PRS-4). */
  level: NotificationLevel;
  favourite: boolean;
};

/** Somebody in a channel; guests are not told addresses. */
export type ChannelMember = {
  userId: string;
  firstName: string;
  lastName: string;
  handle: string;
  email?: string;
  kind: "member" | "guest";
  role: "admin" | "member";
  state: "active" | "deactivated";
  joinedAt: string;
  groupIds: string[];
};

/** Somebody who was invited to a channel and has not come yet (GINV-4). */
export type PendingGuest = {
  invitationId: string;
  email: string;
  kind: "guest";
  state: "pending";
  invitedAt: string;
};

/** CH-10: a page of a channel's people, with the figures of the whole. */
export type ChannelPeople = Page<ChannelMember | PendingGuest> & { memberCount: number; guestCount: number };

/** What became of one person of an addition; more statuses may come. */
export type AdditionResult = {
  userId: string;
  status: "added" | "already-member" | "not-found" | "not-allowed" | "busy" | (string & {});
  groupId?: string;
};

export type AdditionResults = { results: AdditionResult[]; summary: Record<string, number> };

export type MyChannelChange = {
  favourite?: boolean;
  muted?: boolean;
  level?: NotificationLevel;
  lastReadSeq?: number;
};
