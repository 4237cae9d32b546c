import { parseUntil } from "@vestibule/domain/until";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";

const NOW = Date.UTC(2026, 10, 22, 16, 52, 30);
const at = (text: string, utcOffsetMinutes = 0) => parseUntil(text, { now: NOW, utcOffsetMinutes });
const MINUTE = 60_000;

test.each([
  ["30m", 30],
  ["1h", 60],
  ["1h30m", 90],
  ["1h 30 min", 90],
  ["2 days", 2 * 24 * 60],
  ["90 MINUTES", 90],
  ["1d1h1m", 25 * 60 + 1],
])("PRS-1 DND for %s", (text, minutes) => {
  expect(at(text)).toBe(NOW + minutes * MINUTE);
});

test.each([
  ["17:00", 0, Date.UTC(2026, 10, 22, 17)],
  ["16:52", 0, Date.UTC(2026, 10, 23, 16, 52)],
  ["8:30", 60, Date.UTC(2026, 10, 23, 7, 30)],
  ["18:00", 60, Date.UTC(2026, 10, 22, 17)],
  ["00:30", 11 * 60, Date.UTC(2026, 10, 23, 13, 30)],
  ["18:00+02:00", 0, Date.UTC(2026, 10, 23, 16)],
  ["18:00Z", 60, Date.UTC(2026, 10, 22, 18)],
])("PRS-1 DND until %s, on a clock %i minutes ahead of UTC", (text, offset, expected) => {
  expect(at(text, offset)).toBe(expected);
});

test.each([
  ["2026-12-24 18:30", 0, Date.UTC(2026, 11, 24, 18, 30)],
  ["2026-12-24", 60, Date.UTC(2026, 11, 23, 23)],
  ["2028-02-29T08:00:15.250Z", 60, Date.UTC(2028, 1, 29, 8, 0, 15)],
  ["2026-12-24T18:30+0100", 0, Date.UTC(2026, 11, 24, 17, 30)],
  ["2026-01-01 00:00", 0, Date.UTC(2026, 0, 1)],
])("PRS-1 DND until the moment %s", (text, offset, expected) => {
  expect(at(text, offset)).toBe(expected);
});

test.each(["", "soon", "30", "0m", "24:00", "18:60", "2026-02-29", "2026-13-01", "99999d", "1h x", "1hm"])(
  "PRS-1 %j says no time",
  (text) => {
    expect(at(text)).toBeUndefined();
  },
);

test("PRS-1 a moment is what the calendar says", () => {
  const moments = fc.date({
    min: new Date("1970-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59Z"),
    noInvalidDate: true,
  });
  holds(
    fc.property(moments, (moment) => {
      const whole = Math.floor(moment.getTime() / 1_000) * 1_000;
      expect(at(moment.toISOString(), 60)).toBe(whole);
    }),
  );
});
