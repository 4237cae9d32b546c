import { AUDIENCES, EVENT_AUDIENCES, EVENT_TYPES, type EventType, mayReceive } from "@vestibule/domain/live";
import { CHANNEL_RELATIONS, type ChannelType } from "@vestibule/domain/vocabulary";
import { expect, test } from "vitest";
import {
  administrator,
  chatAdmin,
  deactivated,
  guest,
  legalRepresentative,
  outsider,
  user,
} from "./people.ts";

const people = { legalRepresentative, administrator, chatAdmin, user, guest, deactivated, outsider };

/** Who is told, among people who are in the channel and not the one concerned. */
const TOLD: Record<EventType, readonly (keyof typeof people)[]> = {
  "message.posted": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "message.edited": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "message.deleted": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "message.pinned": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "message.unpinned": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "message.thread": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "reaction.added": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "reaction.removed": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "call.started": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "call.updated": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "call.ended": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "call.ringing": [],
  "status.changed": [],
  typing: [],
  notification: [],
  "channel.created": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "channel.updated": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "channel.archived": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "channel.restored": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "channel.deleted": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "channel.member.added": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "channel.member.removed": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "channel.member.updated": ["legalRepresentative", "administrator", "chatAdmin", "user", "guest"],
  "guest.joined": ["legalRepresentative", "administrator", "chatAdmin"],
  "guest.removed": ["legalRepresentative", "administrator", "chatAdmin"],
  "member.joined": ["legalRepresentative", "administrator", "chatAdmin", "user"],
  "member.updated": ["legalRepresentative", "administrator", "chatAdmin", "user"],
  "member.removed": ["legalRepresentative", "administrator", "chatAdmin", "user"],
  "invitation.created": ["legalRepresentative", "administrator", "chatAdmin"],
  "invitation.updated": ["legalRepresentative", "administrator", "chatAdmin"],
  "usage.changed": ["legalRepresentative", "administrator", "chatAdmin"],
  "unread.changed": [],
  "session.revoked": [],
};

test.each(EVENT_TYPES)("MSG-4 INV-17 GST-16 %s reaches exactly those it should", (type) => {
  const told = Object.entries(people)
    .filter(([, standing]) => mayReceive(type, { standing, relation: "member", isConcerned: false }))
    .map(([name]) => name);
  expect(told).toEqual(TOLD[type]);
});

test("MSG-4 nobody outside the channel receives its messages, even those whom they concern", () => {
  for (const standing of Object.values(people))
    expect(mayReceive("message.posted", { standing, relation: "none", isConcerned: true })).toBe(false);
});

test("MSG-4 only the person concerned receives what is for one person, wherever they stand", () => {
  for (const type of EVENT_TYPES.filter((name) => EVENT_AUDIENCES[name] === "person"))
    for (const standing of Object.values(people))
      for (const relation of CHANNEL_RELATIONS)
        for (const isConcerned of [true, false])
          expect(mayReceive(type, { standing, relation, isConcerned })).toBe(isConcerned);
});

test("MSG-4 every audience is somebody's", () => {
  expect(new Set(Object.values(EVENT_AUDIENCES))).toEqual(new Set(AUDIENCES));
});

test("CH-5 GST-9 of a public channel all members are told, of any other, and guests, only those in it", () => {
  const told = (channelType: ChannelType) =>
    Object.entries(people)
      .filter(([, standing]) =>
        mayReceive("channel.updated", { standing, relation: "none", channelType, isConcerned: true }),
      )
      .map(([name]) => name);
  expect(told("public")).toEqual(["legalRepresentative", "administrator", "chatAdmin", "user"]);
  for (const channelType of ["private", "direct", "group"] as const) expect(told(channelType)).toEqual([]);
});

test("GST-16 who is removed from a channel is told that, and of others there nothing more", () => {
  const gone = { standing: guest, relation: "none" } as const;
  expect(mayReceive("channel.member.removed", { ...gone, isConcerned: true })).toBe(true);
  expect(mayReceive("channel.member.removed", { ...gone, isConcerned: false })).toBe(false);
  expect(mayReceive("channel.member.added", { ...gone, isConcerned: false })).toBe(false);
});

test("GST-13 GST-16 events of the organization never reach guests", () => {
  for (const type of EVENT_TYPES.filter((name) =>
    ["organization", "managers"].includes(EVENT_AUDIENCES[name]),
  ))
    for (const relation of CHANNEL_RELATIONS)
      expect(mayReceive(type, { standing: guest, relation, isConcerned: true })).toBe(false);
});

test("PRS-3 GST-16 only those who look are told how somebody is, or that they type", () => {
  for (const type of EVENT_TYPES.filter((name) => EVENT_AUDIENCES[name] === "watchers"))
    for (const standing of Object.values(people))
      for (const isWatching of [true, false])
        expect(mayReceive(type, { standing, relation: "member", isConcerned: true, isWatching })).toBe(
          isWatching,
        );
});
