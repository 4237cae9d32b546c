import { type Asker, answerAlone, answerTo, welcome } from "@vestibule/domain/assistant";
import { ASSISTANT_PHRASES } from "@vestibule/domain/assistant-phrases";
import { TOPICS, topicsFor, verdictOn } from "@vestibule/domain/assistant-topics";
import { FOUNDER, NO_RIGHTS, type Standing } from "@vestibule/domain/people";
import { everyStanding } from "@vestibule/domain/permissions";
import { LOCALES, type Locale } from "@vestibule/domain/vocabulary";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const MEMBER: Standing = {
  kind: "member",
  state: "active",
  orgRole: "user",
  chatRole: "user",
  rights: NO_RIGHTS,
};
const GUEST: Standing = { kind: "guest", state: "active" };

const asker = (standing: Standing, locale: Locale = "en"): Asker => ({
  standing,
  locale,
  firstName: "Ada",
  organizationName: "Harbour",
});

const said = (question: string, standing: Standing = MEMBER, locale: Locale = "en"): string =>
  answerTo(question, asker(standing, locale)).text;

describe("BOT-3 the built-in assistant", () => {
  test.each([
    ["2+2", "2+2 = 4"],
    ["what is (2 + 3) * 4?", "(2 + 3) × 4 = 20"],
    ["2 ** 10 =", "2 ^ 10 = 1024"],
    ["Combien font 3*4 ?", "3×4 = 12"],
    ["Wie viel ist 7 : 2?", "7 : 2 = 3.5"],
  ])("works out %s", (question, answer) => {
    expect(said(question)).toBe(answer);
  });

  test("says in the asker's language why it cannot", () => {
    for (const locale of LOCALES) {
      expect(said("1/0", MEMBER, locale)).toBe(ASSISTANT_PHRASES[locale].faults["division-by-zero"]);
    }
  });

  test.each([
    ["may I invite people?", "No, you may not invite people. Only a chat admin", "RGT-1"],
    ["Can I create a channel?", "Yes, you may create channels.", ""],
    ["may I rename this channel", "in the channels that you administer", ""],
    ["can I share a mail address?", "No,", "SHR-2"],
    ["may I see the audit log?", "No,", "INV-18"],
    ["may I pin messages?", "Yes,", ""],
  ])("tells a member what the table says: %s", (question, answer, rule) => {
    expect(said(question)).toContain(answer);
    expect(said(question)).toContain(rule);
  });

  test.each([
    ["may I delete my message?", "No,", "GST-15"],
    ["can I invite somebody?", "No,", "GST-12"],
    ["can I join a channel?", "No,", ""],
    ["may I look at the directory?", "No,", "GST-13"],
    ["may I pin messages?", "Yes,", ""],
    ["may I rename the channel?", "No,", "GST-14"],
  ])("GST-17 tells a guest what the table says: %s", (question, answer, rule) => {
    expect(said(question, GUEST)).toContain(answer);
    expect(said(question, GUEST)).toContain(rule);
  });

  test("tells a chat admin that they may invite", () => {
    expect(said("may I invite people?", FOUNDER)).toBe("Yes, you may invite people.");
  });

  test.each([
    ["puis-je inviter quelqu'un ?", "fr", "Non, vous ne pouvez pas inviter des personnes. C'est réservé"],
    ["Darf ich Kanäle erstellen?", "de", "Ja, das dürfen Sie: Kanäle erstellen."],
    ["posso fissare messaggi?", "it", "Sì, puoi fissare messaggi."],
    ["¿puedo crear un canal?", "es", "Sí, puedes crear canales."],
  ] as const)("understands %s", (question, locale, answer) => {
    expect(said(question, MEMBER, locale)).toContain(answer);
  });

  test.each(["help", "Hilfe!", "aide", "aiuto", "ayuda", "?", "Hello", "what can you do?"])(
    "helps: %s",
    (question) => {
      expect(said(question)).toContain(ASSISTANT_PHRASES.en.youMay);
    },
  );

  test("says that it did not understand, and how to get help", () => {
    expect(answerTo("the boat leaves at nine", asker(MEMBER))).toEqual({
      text: "I did not understand that. Write “help” to learn what I can do.",
      isUnderstood: false,
    });
  });

  test("says so when it answers in the place of another brain", () => {
    expect(answerAlone("2+2", asker(MEMBER))).toBe(`${ASSISTANT_PHRASES.en.brainAway}\n\n2+2 = 4`);
  });

  test("has an answer to whatever is written", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.constantFrom(...LOCALES),
        (text, locale) => {
          expect(said(text, GUEST, locale)).not.toBe("");
        },
      ),
    );
  });
});

describe("the welcome", () => {
  test("INV-17 greets by name, in each language, with the organization's", () => {
    for (const locale of LOCALES) {
      const text = welcome(asker(MEMBER, locale));
      expect(text).toContain("Ada");
      expect(text).toContain("Harbour");
      expect(text).not.toMatch(/,\s?[!.]/u);
    }
    expect(welcome(asker(MEMBER))).toMatch(/^Welcome, Ada, to Harbour!/u);
    expect(welcome({ ...asker(MEMBER), firstName: "" })).toMatch(/^Welcome to Harbour!/u);
  });

  test("BOT-4 offers nobody, guest or member, what they would be refused, whatever they hold", () => {
    for (const standing of everyStanding()) {
      const refused = TOPICS.filter((topic) => verdictOn(topic, standing).kind !== "yes");
      for (const locale of LOCALES) {
        const lines = new Set(welcome(asker(standing, locale)).split("\n"));
        const { topics } = ASSISTANT_PHRASES[locale];
        expect(refused.filter((topic) => lines.has(`- ${topics[topic]}`))).toEqual([]);
      }
    }
  });

  test("BOT-4, GST-9, GST-10, GST-12 a guest is offered neither directory, invitations, channels nor groups", () => {
    expect(topicsFor(GUEST)).toEqual([
      "post",
      "reply",
      "react",
      "edit-message",
      "pin",
      "call",
      "converse",
      "set-status",
    ]);
    for (const word of ["invite", "directory", "public", "create", "group", "delete"]) {
      expect(welcome(asker(GUEST)).toLowerCase()).not.toContain(word);
    }
  });
});
