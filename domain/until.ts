const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MAX_DURATION_MS = 366 * DAY_MS;

/** Where somebody types a time: now, and how far their clock is ahead of UTC. */
export type Clock = { readonly now: number; readonly utcOffsetMinutes: number };

const PART = /(\d{1,5})\s*(d|days?|h|hours?|m|min|mins|minutes?)(?![a-z])\s*/gu;
const DURATION = /^(?:\d{1,5}\s*(?:d|days?|h|hours?|m|min|mins|minutes?)(?![a-z])\s*)+$/u;
const ZONE = "(z|[+-]\\d{2}:?\\d{2})?";
const TIME_OF_DAY = new RegExp(`^(\\d{1,2}):(\\d{2})\\s*${ZONE}$`, "u");
const MOMENT = new RegExp(
  `^(\\d{4})-(\\d{2})-(\\d{2})(?:[t\\s]+(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.\\d{1,9})?)?)?\\s*${ZONE}$`,
  "u",
);

function unitMs(unit: string): number {
  if (unit.startsWith("d")) return DAY_MS;
  return unit.startsWith("h") ? HOUR_MS : MINUTE_MS;
}

function afterDuration(text: string, now: number): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let ms = 0;
  for (const [, count = "", unit = ""] of text.matchAll(PART)) ms += Number(count) * unitMs(unit);
  return ms > 0 && ms <= MAX_DURATION_MS ? now + ms : undefined;
}

function offsetMs(zone: string | undefined, utcOffsetMinutes: number): number {
  if (zone === undefined) return utcOffsetMinutes * MINUTE_MS;
  if (zone === "z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * MINUTE_MS;
}

function timeMs(hours: number, minutes: number, seconds = 0): number | undefined {
  return hours < 24 && minutes < 60 && seconds < 60
    ? hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1_000
    : undefined;
}

/** The next time that a clock there shows this. */
function nextTimeOfDay(text: string, { now, utcOffsetMinutes }: Clock): number | undefined {
  const found = TIME_OF_DAY.exec(text);
  if (found === null) return undefined;
  const offset = offsetMs(found[3], utcOffsetMinutes);
  const time = timeMs(Number(found[1]), Number(found[2]));
  if (time === undefined) return undefined;
  const today = Math.floor((now + offset) / DAY_MS) * DAY_MS - offset + time;
  return today > now ? today : today + DAY_MS;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from 1970-01-01 to a day of the Gregorian calendar; `undefined` if there is no such day. */
function dayNumber(year: number, month: number, day: number): number | undefined {
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
  let days = (year - 1970) * 365 + leapDays;
  for (let earlier = 1; earlier < month; earlier += 1) days += daysIn(year, earlier);
  return days + day - 1;
}

function momentMs(text: string, { utcOffsetMinutes }: Clock): number | undefined {
  const found = MOMENT.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hours = "0", minutes = "0", seconds = "0", zone] = found;
  const days = dayNumber(Number(year), Number(month), Number(day));
  const time = timeMs(Number(hours), Number(minutes), Number(seconds));
  if (days === undefined || time === undefined) return undefined;
  return days * DAY_MS + time - offsetMs(zone, utcOffsetMinutes);
}

/**
 * When something ends, as people type it: `30m`, `1h 30m`, `2 days`; `18:30`, the next time it is; `2026-12-24 18:30`.
 * Epoch ms; `undefined` for what says no time.
 */
export function parseUntil(text: string, clock: Clock): number | undefined {
  const typed = text.trim().toLowerCase();
  return afterDuration(typed, clock.now) ?? nextTimeOfDay(typed, clock) ?? momentMs(typed, clock);
}
