import {
  conversationType,
  mayOpenConversation,
  mayOpenWithAssistant,
  type Participant,
} from "@vestibule/domain/conversations";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import { anyMember, chatAdmin, deactivated, guest, outsider, user } from "./people.ts";

const allowed = { allowed: true };
const refused = (code: string, rule: string) => ({ allowed: false, code, rule });

/** A member who shares channels with everybody, unless said otherwise. */
function someone(facts: Partial<Participant> = {}): Participant {
  return { standing: user, sharesChannelWithActor: true, sharesChannelWithGuests: true, ...facts };
}

test("CH-3 two people are a direct conversation, three to eight a group one", () => {
  expect([2, 3, 8].map(conversationType)).toEqual(["direct", "group", "group"]);
  for (const count of [1, 2, 7])
    expect(
      mayOpenConversation({ actor: user, others: Array.from({ length: count }, () => someone()) }),
    ).toEqual(allowed);
  expect(mayOpenConversation({ actor: user, others: [] })).toMatchObject(refused("too-few-people", "CH-3"));
  expect(
    mayOpenConversation({ actor: user, others: Array.from({ length: 8 }, () => someone()) }),
  ).toMatchObject(refused("too-many-people", "CH-3"));
});

test("CH-3 members talk with each other whether or not they share a channel", () => {
  const others = [
    someone({ sharesChannelWithActor: false }),
    someone({ standing: chatAdmin, sharesChannelWithActor: false }),
  ];
  expect(mayOpenConversation({ actor: user, others })).toEqual(allowed);
});

test("GST-8 a guest opens a conversation with people they share a channel with, GST-7 guests among them", () => {
  expect(mayOpenConversation({ actor: guest, others: [someone()] })).toEqual(allowed);
  expect(mayOpenConversation({ actor: guest, others: [someone(), someone({ standing: guest })] })).toEqual(
    allowed,
  );
});

test("GST-16 whom a guest shares no channel with does not exist to them, any more than a stranger", () => {
  const hidden = someone({ sharesChannelWithActor: false });
  const stranger = someone({ standing: outsider, sharesChannelWithActor: false });
  for (const other of [hidden, stranger, someone({ standing: deactivated })])
    expect(mayOpenConversation({ actor: guest, others: [someone(), other] })).toEqual(
      refused("not-found", "GST-16"),
    );
});

test("GST-11 everybody in it shares a channel with every guest in it", () => {
  const far = someone({ standing: guest, sharesChannelWithActor: false });
  expect(mayOpenConversation({ actor: user, others: [far] })).toEqual(refused("shares-no-channel", "GST-11"));
  const apart = [someone({ sharesChannelWithGuests: false }), someone({ standing: guest })];
  for (const actor of [user, guest])
    expect(mayOpenConversation({ actor, others: apart })).toEqual(refused("shares-no-channel", "GST-11"));
});

test("INV-15 members find strangers and the deactivated no more than guests do", () => {
  for (const standing of [outsider, deactivated, { ...guest, state: "deactivated" } as const])
    expect(mayOpenConversation({ actor: user, others: [someone({ standing })] })).toEqual(
      refused("not-found", "INV-15"),
    );
});

test("GST-8 GST-11 no guest ever comes together with somebody they share no channel with", () => {
  const anyone = fc.record({
    standing: fc.oneof(anyMember, fc.constant(guest)),
    sharesChannelWithActor: fc.boolean(),
    sharesChannelWithGuests: fc.boolean(),
  });
  const anyActor = fc.constantFrom(user, chatAdmin, guest);
  holds(
    fc.property(anyActor, fc.array(anyone, { minLength: 1, maxLength: 7 }), (actor, others) => {
      if (!mayOpenConversation({ actor, others }).allowed) return;
      for (const other of others) {
        expect(other.sharesChannelWithGuests).toBe(true);
        if (actor.kind === "guest" || other.standing.kind === "guest")
          expect(other.sharesChannelWithActor).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("BOT-1, BOT-2, BOT-4 members and guests converse with the assistant, one at a time; nobody else does", () => {
  for (const actor of [user, chatAdmin, guest]) {
    expect(mayOpenWithAssistant({ actor, people: 2 })).toEqual(allowed);
    expect(mayOpenWithAssistant({ actor, people: 3 })).toMatchObject(refused("bot-one-to-one", "BOT-2"));
  }
  expect(mayOpenWithAssistant({ actor: outsider, people: 2 })).toMatchObject(refused("not-found", "INV-15"));
  expect(mayOpenWithAssistant({ actor: deactivated, people: 2 })).toMatchObject({ allowed: false });
});
