import type { ChannelType } from "@vestibule/domain/vocabulary";
import { vi } from "vitest";
import type { PlaceDeps } from "../../../functions/message/channel-relation.ts";
import type { MentionDeps } from "../../../functions/message/mentioned.ts";
import type { ReadDeps } from "../../../functions/message/read-deps.ts";
import type { Channel } from "../../../functions/table/channels.ts";
import type { Guest } from "../../../functions/table/guests.ts";
import { generalChannelId } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import { asMembership, type PersonChannel } from "../../../functions/table/memberships.ts";
import type { PersonRecord } from "../../../functions/table/person-records.ts";

export const ORG = `org_${"0".repeat(26)}`;
export const OTHER_ORG = `org_${"1".repeat(26)}`;
export const GENERAL = generalChannelId(ORG);
export const CHANNEL = { organizationId: ORG, channelId: GENERAL };
export const SIDE = `chn_${"2".repeat(26)}`;
export const SIDE_CHANNEL = { organizationId: ORG, channelId: SIDE };
export const NOW = Date.parse("2026-11-22T10:00:00.000Z");

export const userId = (name: string): string => `usr_${name.padEnd(26, "0")}`;

/** A member of `ORG`; what a test does not say is ordinary. */
export function member(name: string, differing: Partial<Member> = {}): Member {
  return {
    kind: "member",
    organizationId: ORG,
    userId: userId(name),
    email: `${name}@example.com`,
    firstName: name,
    lastName: "Example",
    handle: name,
    orgRole: "user",
    chatRole: "user",
    rights: { suite: false, chat: false, mail: false, accounting: false },
    state: "active",
    joinedAt: "2026-01-01T00:00:00.000Z",
    addressKeys: [],
    version: 1,
    ...differing,
  };
}

/** A guest of `ORG`. */
export function guest(name: string, differing: Partial<Guest> = {}): Guest {
  return {
    kind: "guest",
    organizationId: ORG,
    userId: userId(name),
    email: `${name}@example.org`,
    firstName: name,
    lastName: "Visitor",
    handle: name,
    joinedAt: "2026-01-01T00:00:00.000Z",
    channelCount: 1,
    addressKeys: [],
    invitedBy: { userId: userId("ann"), name: "Ann Lee" },
    version: 1,
    ...differing,
  };
}

/** Somebody's row of a channel. */
export function row(differing: Partial<PersonChannel> = {}): PersonChannel {
  return {
    channelId: SIDE,
    role: "member",
    kind: "member",
    isDirect: true,
    isFavourite: false,
    isMuted: false,
    lastReadSeq: 0,
    ...differing,
  };
}

/** A channel of `ORG` that is not General. */
export function channel(type: ChannelType, differing: Partial<Channel> = {}): Channel {
  return {
    channelId: SIDE,
    name: "Side",
    handle: "side",
    type,
    purpose: "",
    header: "",
    isGeneral: false,
    isDefault: false,
    members: 1,
    guests: 0,
    createdAt: "2026-01-01T00:00:00.000Z",
    createdBy: userId("ann"),
    version: 1,
    ...differing,
  };
}

type World = {
  readonly people?: readonly PersonRecord[];
  /** Rows of `SIDE`, or of General for guests, by person: as they are, and as a replica that lags still has them. */
  readonly rows?: Record<string, PersonChannel>;
  readonly staleRows?: Record<string, PersonChannel>;
  readonly channels?: readonly Channel[];
  /** Groups, whose names are their ids. */
  readonly groups?: readonly string[];
  /** Whom guests meet in another channel. */
  readonly met?: readonly string[];
};

/** How these people stand to the channels of `ORG`, and nobody else to any. */
export function places({
  people = [],
  rows = {},
  staleRows = rows,
  channels = [],
  groups = [],
  met = [],
}: World) {
  return {
    person: vi.fn<PlaceDeps["person"]>(async (org, user) =>
      org === ORG ? people.find((one) => one.userId === user) : undefined,
    ),
    row: vi.fn<PlaceDeps["row"]>(
      async (_channel, user, { isConsistent }) => (isConsistent ? rows : staleRows)[user],
    ),
    channel: vi.fn<PlaceDeps["channel"]>(async ({ channelId }) =>
      channels.find((one) => one.channelId === channelId),
    ),
    mentions: {
      byHandle: vi.fn<MentionDeps["byHandle"]>(async (org, handles) =>
        org === ORG ? people.filter(({ handle }) => handles.includes(handle)) : [],
      ),
      groups: vi.fn<MentionDeps["groups"]>(async (_org, names) =>
        groups.filter((name) => names.includes(name)),
      ),
      memberships: vi.fn<MentionDeps["memberships"]>(async (_channel, users) => {
        const found = users.flatMap((user) => {
          const membership = asMembership(rows[user]);
          return membership === undefined ? [] : [[user, membership] as const];
        });
        return new Map(found);
      }),
      metBy: vi.fn<MentionDeps["metBy"]>(async (_guest, others) =>
        others.filter(({ userId: id }) => met.includes(id)),
      ),
    },
    now: () => NOW,
    historyDays: async (): Promise<number | null> => null,
    changes: vi.fn<ReadDeps["changes"]>(async () => ({ items: [], last: undefined, isLast: true })),
  };
}
