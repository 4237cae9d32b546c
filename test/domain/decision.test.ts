import { DENIALS, type DenialCode, GUEST_RULES } from "@vestibule/domain/codes";
import { allow, deny, explain, explainDenial, firstDenial } from "@vestibule/domain/decision";
import { MAIL_STATE_SHOWN } from "@vestibule/domain/vocabulary";
import { expect, test } from "vitest";

const codes = Object.keys(DENIALS) as DenialCode[];

test("GST-17 every code has a status, a title, and says why in a sentence", () => {
  for (const code of codes) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect([400, 401, 403, 404, 409, 410, 429]).toContain(DENIALS[code].status);
    expect(DENIALS[code].title).toMatch(/^[A-Z].*[^.]$/);
    expect(explain(code)).toMatch(/^[A-Z].*\.$/);
  }
});

test("INV-15 SEAT-8 the statuses that clients rely on stand", () => {
  const status = (code: DenialCode) => DENIALS[code].status;
  expect(status("not-found")).toBe(404);
  expect(status("quota-exceeded")).toBe(409);
  expect(status("recipient-mismatch")).toBe(403);
  expect(status("registration-required")).toBe(409);
  expect(codes.filter((code) => status(code) === 410)).toEqual([
    "invitation-used",
    "invitation-declined",
    "invitation-revoked",
    "invitation-expired",
  ]);
});

test("GST-17 guests are told their own rule, everybody else what the code says", () => {
  for (const rule of [
    "GST-2",
    "GST-9",
    "GST-10",
    "GST-11",
    "GST-12",
    "GST-13",
    "GST-14",
    "GST-15",
    "GST-16",
  ] as const) {
    expect(explainDenial(deny("guest-restricted", rule))).toBe(GUEST_RULES[rule]);
    expect(GUEST_RULES[rule]).toMatch(/^Guests .*\.$/);
  }
  expect(explainDenial(deny("not-found", "GST-16"))).toBe(GUEST_RULES["GST-16"]);
  expect(explainDenial(deny("shares-no-channel", "GST-11"))).toBe(explain("shares-no-channel"));
  expect(explainDenial(deny("not-found", "CH-5"))).toBe(explain("not-found"));
});

test("GST-17 the first rule that denies decides, and none denying allows", () => {
  const first = deny("not-chat-admin", "RGT-1");
  expect(firstDenial(allow(), first, deny("not-found", "INV-15"))).toBe(first);
  expect(firstDenial(allow(), allow())).toEqual({ allowed: true });
  expect(firstDenial()).toEqual({ allowed: true });
});

test("GST-17 the data of a case is there or it is not", () => {
  expect(first()).not.toHaveProperty("details");
  expect(deny("quota-exceeded", "SEAT-8", { limit: 1 })).toHaveProperty("details", { limit: 1 });
  function first() {
    return deny("not-found", "INV-15");
  }
});

test("INV-11 a mail that the mailer holds is shown as queued, every other state as it is", () => {
  for (const [state, shown] of Object.entries(MAIL_STATE_SHOWN))
    expect(shown).toBe(state === "sending" ? "queued" : state);
});

test("INV-9 INV-13 SHR-2 what time heals is 429, what a new sign-in heals 401", () => {
  const withStatus = (status: number) => codes.filter((code) => DENIALS[code].status === status);
  expect(withStatus(429)).toEqual(["resent-too-soon", "mail-limit-exceeded"]);
  expect(withStatus(401)).toEqual(["reauthentication-required"]);
});
