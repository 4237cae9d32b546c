import { marshall } from "@aws-sdk/util-dynamodb";
import type { Channel } from "../../../functions/table/channels.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { PersonRecord } from "../../../functions/table/person-records.ts";
import { GENERAL, member, ORG, SIDE, userId } from "../message/people.ts";

type Item = Record<string, unknown> | undefined;

let made = 0;

/** A record of the table's stream, as Lambda delivers it. */
export function record(key: { pk: string; sk: string }, before: Item, after: Item, principalId?: string) {
  made += 1;
  const image = (item: Item) =>
    item === undefined ? undefined : marshall({ ...key, ...item }, { removeUndefinedValues: true });
  return {
    eventName: before === undefined ? "INSERT" : after === undefined ? "REMOVE" : "MODIFY",
    ...(principalId === undefined ? {} : { userIdentity: { type: "Service", principalId } }),
    dynamodb: {
      SequenceNumber: String(made),
      Keys: marshall(key),
      OldImage: image(before),
      NewImage: image(after),
    },
  };
}

export const messageRecord = (seq: number, text = "hello", org = ORG) =>
  record(keys.message(org, GENERAL, seq), undefined, {
    messageId: `msg_${seq}`,
    authorKind: "member",
    authorId: userId("ann"),
    authorName: "Ann Lee",
    text,
    nonce: "n",
    createdAt: "2026-11-22T10:00:00.000Z",
  });

type MemberChange = Parameters<typeof member>[1];

export function memberRecord(name: string, before: MemberChange | null, after: MemberChange | null) {
  const item = (change: MemberChange | null) => (change === null ? undefined : member(name, change));
  return record(keys.member(ORG, userId(name)), item(before), item(after));
}

export const personRecord = (before: PersonRecord | undefined, after: PersonRecord | undefined) =>
  record(keys.member(ORG, (after ?? before)?.userId ?? ""), before, after);

export const channelRecord = (before: Channel | undefined, after: Channel | undefined) =>
  record(keys.channel(ORG, SIDE), before, after);

/** A line of the roster of `SIDE` that comes or goes. */
export function lineRecord(rank: number, who: string, change: "comes" | "moves" | "goes") {
  const line = {
    ...(rank === 4 ? { invitationId: who } : { userId: who }),
    joinedAt: "2026-11-22T10:00:00.000Z",
    ...(change === "moves" ? { isMoved: true } : {}),
  };
  const key = keys.rosterEntry(ORG, SIDE, rank, who);
  return change === "goes" ? record(key, line, undefined) : record(key, undefined, line);
}

export const invitation = {
  organizationId: ORG,
  invitationId: `inv_${"0".repeat(26)}`,
  kind: "member",
  email: "new@example.com",
  addressKey: "new@example.com",
  orgRole: "user",
  chatRole: "user",
  rights: { suite: false, chat: false, mail: false, accounting: false },
  channelIds: [],
  groupIds: [],
  strict: true,
  locale: "en",
  delivery: "email",
  mail: { state: "queued" },
  state: "pending",
  secretHashes: new Set(["hash-of-the-secret"]),
  invitedBy: { userId: userId("ann"), name: "Ann Lee" },
  createdAt: "2026-11-22T10:00:00.000Z",
  endsAt: Date.parse("2026-11-29T10:00:00.000Z"),
  version: 1,
};

export const invitationRecord = (before: Item, after: Item) =>
  record(keys.invitation(ORG, invitation.invitationId), before, after);

export const organization = {
  organizationId: ORG,
  name: "Acme",
  plan: "business",
  limits: { seats: 5, guests: 0, publicChannels: null, privateChannels: null, historyDays: null },
  settings: { memberInvitationDays: 7, termsVersion: "1" },
  seatsHeld: 1,
  seatsReserved: 0,
  seatsUsed: 1,
  legalRepresentatives: 1,
  guests: 0,
  pendingGuests: 0,
  guestsUsed: 0,
  publicChannels: 1,
  privateChannels: 0,
  defaultChannelIds: [],
  version: 1,
  createdAt: "2026-11-22T10:00:00.000Z",
};

export const organizationRecord = (before: Item, after: Item) =>
  record(keys.organization(ORG), before, after);

export const liveRecord = (before: Item, after: Item, principalId?: string) =>
  record(keys.livePerson(ORG, userId("ann")), before, after, principalId);
