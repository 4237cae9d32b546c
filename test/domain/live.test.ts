import { AUDIENCES, EVENT_AUDIENCES, EVENT_TYPES, type EventType, mayReceive } from "@vestibule/domain/live";
import { CHANNEL_RELATIONS } from "@vestibule/domain/vocabulary";
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
