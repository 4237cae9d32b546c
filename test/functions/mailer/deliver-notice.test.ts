import { setImmediate } from "node:timers/promises";
import type { Locale } from "@vestibule/domain/vocabulary";
import { expect, test } from "vitest";
import type { OutgoingMail, SendOutcome } from "../../../functions/mail/send-mail.ts";
import { deliverNotice, type NoticeDeps } from "../../../functions/mailer/deliver-notice.ts";
import { LEASE_MS } from "../../../functions/mailer/delivery.ts";
import type { Notice } from "../../../functions/table/notices.ts";
import type { PersonRecord } from "../../../functions/table/person-records.ts";
import { memberOf } from "../table/items.ts";
import { acme, ORG, START } from "./mail-world.ts";

const BOB = "usr_01jd0000000000000000000002";
const OF = { organizationId: ORG, noticeId: "ntc_01jd0000000000000000000001" };

function setup(changes: Partial<Notice> = {}) {
  const world = {
    now: START,
    notice: {
      ...OF,
      userId: BOB,
      actor: { userId: "usr_ada", name: "Ada" },
      facts: { kind: "org-role", from: "user", to: "administrator" },
      mail: { state: "queued" },
      expiresAt: START / 1_000 + 3_600,
      ...changes,
    } as Notice,
    person: memberOf(BOB, { email: "bob@example.com", firstName: "Bob" }) as PersonRecord | undefined,
    locale: undefined as Locale | undefined,
    answers: [] as (SendOutcome | "die-after")[],
    mails: [] as OutgoingMail[],
  };
  const ifOurs = (leaseUntil: number, mail: Notice["mail"]) => {
    const isOurs = world.notice.mail.state === "sending" && world.notice.mail.leaseUntil === leaseUntil;
    if (isOurs) world.notice = { ...world.notice, mail };
    return isOurs;
  };
  const deps: NoticeDeps = {
    loadNotice: async () => world.notice,
    loadOrganization: async () => acme(),
    loadPerson: async () => world.person,
    loadLocale: async () => world.locale,
    claim: async ({ leaseUntil }, now) => {
      const { state, leaseUntil: held = 0 } = world.notice.mail;
      if (state !== "queued" && (state !== "sending" || held > now)) return false;
      world.notice = { ...world.notice, mail: { state: "sending", leaseUntil } };
      return true;
    },
    markSent: async ({ leaseUntil }) => ifOurs(leaseUntil, { state: "sent" }),
    markFailed: async ({ leaseUntil }) => ifOurs(leaseUntil, { state: "failed" }),
    release: async ({ leaseUntil }, { until }) => ifOurs(leaseUntil, { state: "sending", leaseUntil: until }),
    send: async (mail) => {
      const answer = world.answers.shift();
      if (typeof answer === "object") return answer;
      world.mails.push(mail);
      if (answer === "die-after") return await new Promise<never>(() => {});
      return { kind: "accepted", messageId: "m-1" };
    },
    now: () => world.now,
    pageBaseUrl: "https://app.example",
  };
  return { world, deliver: () => deliverNotice(deps, OF) };
}

test("ORG-11 a role change is mailed once to the person it concerns, however often its record comes", async () => {
  const { world, deliver } = setup();
  const all = await Promise.all(Array.from({ length: 10 }, deliver));
  expect(all.filter(({ kind }) => kind === "sent")).toHaveLength(1);
  expect(await deliver()).toEqual({ kind: "skipped", why: "sent" });
  expect(world.mails).toHaveLength(1);
  expect(world.mails[0]).toMatchObject({
    to: "bob@example.com",
    subject: "Your role in Acme has changed",
    tags: { organization: ORG, notice: OF.noticeId },
  });
});

test("ORG-11 in the person's language, if they chose one", async () => {
  const { world, deliver } = setup();
  world.locale = "fr";
  await deliver();
  expect(world.mails[0]?.subject).toBe("Votre rôle a changé : Acme");
});

test("ORG-11 their own change is told as theirs", async () => {
  const { world, deliver } = setup({ actor: { userId: BOB, name: "Bob" } });
  await deliver();
  expect(world.mails[0]?.text).toContain("You have changed your role");
});

test("ORG-11 throttled: sent by the next attempt; refused: never tried again", async () => {
  const { world, deliver } = setup();
  world.answers = [{ kind: "deferred", code: "Throttling" }];
  expect(await deliver()).toMatchObject({ kind: "later" });
  world.answers = [{ kind: "refused", code: "MessageRejected" }];
  expect(await deliver()).toEqual({ kind: "failed", code: "MessageRejected" });
  expect(await deliver()).toEqual({ kind: "skipped", why: "failed" });
  expect(world.mails).toHaveLength(0);
});

test("ORG-11 a mailer killed after sending: not before its lease is over, and one mail too many", async () => {
  const { world, deliver } = setup();
  world.answers = ["die-after"];
  void deliver();
  await setImmediate();
  expect(await deliver()).toMatchObject({ kind: "later", at: START + LEASE_MS });
  world.now += LEASE_MS;
  expect(await deliver()).toMatchObject({ kind: "sent" });
  expect(world.mails).toHaveLength(2);
});

test("ORG-11 who has left, and what is too old, is not mailed", async () => {
  const gone = setup();
  gone.world.person = undefined;
  expect(await gone.deliver()).toEqual({ kind: "skipped", why: "unknown" });
  const old = setup({ expiresAt: START / 1_000 });
  expect(await old.deliver()).toEqual({ kind: "skipped", why: "expired" });
  expect([...gone.world.mails, ...old.world.mails]).toEqual([]);
});
