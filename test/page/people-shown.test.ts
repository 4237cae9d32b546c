import fc from "fast-check";
import { expect, test } from "vitest";
import { waitMs } from "../../functions/page/browser/backoff.ts";
import { inWords } from "../../functions/page/browser/people/dates.ts";
import { laterOf } from "../../functions/page/browser/people/invitation-order.ts";
import { countOf, entriesIn } from "../../functions/page/browser/people/invitees.ts";
import { guestIn, invitationIn, memberIn, usageIn } from "../../functions/page/browser/people/shapes.ts";

const ADA = '"Lovelace, Ada" <ada@example.com>';

test.each([
  ["ada@example.com\nben@example.com", ["ada@example.com", "ben@example.com"]],
  [
    "ada@example.com, ben@example.com;gil@example.com",
    ["ada@example.com", "ben@example.com", "gil@example.com"],
  ],
  [`${ADA}, Ben <ben@example.com>\r\n\r\n`, [ADA, "Ben <ben@example.com>"]],
  ['"never closed, ada@example.com\nben@example.com', ['"never closed, ada@example.com', "ben@example.com"]],
  [" ,;\n\t", []],
])("INV-10 pasted %j is the entries %j", (text, entries) => {
  expect(entriesIn(text)).toEqual(entries);
});

test("INV-10 no entry of a list is lost or made, however it is written", () => {
  const address = fc.stringMatching(/^[a-z]{1,8}@example\.com$/u);
  const between = fc.constantFrom("\n", ", ", ";", "\r\n", "\t", ",\n");
  fc.assert(
    fc.property(fc.array(address), between, (addresses, separator) => {
      expect(entriesIn(addresses.join(separator))).toEqual(addresses);
    }),
  );
});

test("INV-10 what is no address is counted while it is typed", () => {
  expect(countOf(`${ADA}\nnot one\nben@example.com`)).toEqual({ all: 3, odd: 1 });
  expect(countOf("")).toEqual({ all: 0, odd: 0 });
});

const TOLD = { id: "inv_1", kind: "member", email: "ada@example.com", state: "pending" };
const told = (fields: object) => invitationIn({ ...TOLD, ...fields });
const mail = (state: string) => ({ delivery: { by: "email", state } });

test("INV-11 a mail's state never goes back, in whatever order frames come", () => {
  const bounced = told(mail("bounced"));
  expect(laterOf(bounced, told(mail("queued"))).deliveryState).toBe("bounced");
  expect(laterOf(bounced, told(mail("sent"))).deliveryState).toBe("bounced");
  expect(laterOf(told(mail("queued")), bounced).deliveryState).toBe("bounced");
});

test("INV-9 sent again, a mail starts anew, and what is told of the earlier one comes too late", () => {
  const again = told({ ...mail("queued"), resentAt: "2026-03-01T10:00:00.000Z" });
  expect(laterOf(told(mail("bounced")), again).deliveryState).toBe("queued");
  expect(laterOf(again, told(mail("bounced")))).toBe(again);
});

test("INV-1 what is over stays so; an expired one can be sent again", () => {
  const revoked = told({ state: "revoked" });
  expect(laterOf(revoked, told({ state: "pending" }))).toBe(revoked);
  const again = told({ state: "pending", resentAt: "2026-03-01T10:00:00.000Z" });
  expect(laterOf(told({ state: "expired" }), again).state).toBe("pending");
});

test("CH-5 what is told live names no channels: the known ones stay", () => {
  const known = told({ channelIds: ["chn_1"] });
  expect(laterOf(known, told(mail("sent"))).channelIds).toEqual(["chn_1"]);
  expect(laterOf(known, told({ channelIds: [] })).channelIds).toEqual([]);
  expect(laterOf(undefined, told({})).channelIds).toBeUndefined();
});

test("SEAT-7 a limit of 0 is one, and none is none", () => {
  const usage = usageIn({ seats: { limit: 0, held: 1, reserved: 0, overLimit: 1 }, guestLimit: null });
  expect(usage.seats.limit).toBe(0);
  expect(usage.guestLimit).toBeUndefined();
  expect(usageIn({})).toMatchObject({ members: 0, seats: { held: 0, reserved: 0, limit: undefined } });
});

test("what an answer lacks, or has in another form, is empty and breaks nothing", () => {
  expect(memberIn({ state: 3, rights: "all" })).toMatchObject({
    name: "",
    rights: { mail: false },
    isActive: true,
  });
  expect(guestIn({ channelIds: "chn_1", endsAt: null })).toMatchObject({ channelIds: undefined, endsAt: "" });
});

test("the wait before another attempt grows, is spread over its whole length and has an end", () => {
  expect(waitMs(0, () => 1)).toBe(1_000);
  expect(waitMs(3, () => 0.5)).toBe(4_000);
  expect(waitMs(3, () => 0)).toBe(0);
  expect(waitMs(1_000, () => 1)).toBe(30_000);
});

test.each([
  [1, "in 1 minute"],
  [60_001, "in 2 minutes"],
  [3_600_000, "in 60 minutes"],
  [3_600_001, "in 2 hours"],
])("INV-13 a wait of %i ms is %s: nobody comes back too early", (ms, words) => {
  expect(inWords(ms)).toBe(words);
});
