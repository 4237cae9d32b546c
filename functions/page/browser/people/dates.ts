import { locale } from "./language.ts";

/** British English where it is English: nobody has to guess which number of a date is the month. */
function format(): string {
  return locale() === "en" ? "en-GB" : locale();
}

/** A day in words; empty where there is none. */
export function dayOf(time: string): string {
  if (time === "") return "";
  return new Intl.DateTimeFormat(format(), { dateStyle: "medium" }).format(new Date(time));
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long from now, in days, or in hours when it is less than one: "in 6 days", "2 hours ago". */
export function fromNow(time: string, now: number): string {
  const away = new Date(time).getTime() - now;
  const words = new Intl.RelativeTimeFormat(format(), { numeric: "auto" });
  if (Math.abs(away) < DAY_MS) return words.format(Math.trunc(away / HOUR_MS), "hour");
  return words.format(Math.trunc(away / DAY_MS), "day");
}

/** A wait in words, never shorter than it is: "in 3 minutes", "in 2 hours". */
export function inWords(waitMs: number): string {
  const words = new Intl.RelativeTimeFormat(format());
  if (waitMs <= HOUR_MS) return words.format(Math.ceil(waitMs / MINUTE_MS), "minute");
  return words.format(Math.ceil(waitMs / HOUR_MS), "hour");
}

/** A number as the reader writes it. */
export function numberOf(value: number): string {
  return new Intl.NumberFormat(format()).format(value);
}

/** Words in a row: "a, b and c". */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat(format(), { type: "conjunction" }).format(words);
}
