import { locale } from "./language.ts";

/** British English where it is English: nobody has to guess which number of a date is the month. */
function format(): string {
  return locale() === "en" ? "en-GB" : locale();
}

const DAY_MS = 86_400_000;

/** The hour of a time: "14:02". */
export function hourOf(time: string): string {
  return new Intl.DateTimeFormat(format(), { timeStyle: "short" }).format(new Date(time));
}

/** A time in full. */
export function timeOf(time: string): string {
  const full = new Intl.DateTimeFormat(format(), { dateStyle: "medium", timeStyle: "short" });
  return full.format(new Date(time));
}

/** A day `2026-12-24` in words: today and yesterday as such. */
export function dayInWords(day: string, today: string): string {
  const noon = (date: string) => new Date(`${date}T12:00:00`);
  const days = Math.round((noon(today).getTime() - noon(day).getTime()) / DAY_MS);
  if (days === 0 || days === 1) {
    const words = new Intl.RelativeTimeFormat(format(), { numeric: "auto" }).format(-days, "day");
    return words.charAt(0).toLocaleUpperCase(format()) + words.slice(1);
  }
  return new Intl.DateTimeFormat(format(), { dateStyle: "full" }).format(noon(day));
}

/** Words in a row: "a, b and c". */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat(format(), { type: "conjunction" }).format(words);
}

/** A number as the reader writes it. */
export function numberOf(value: number): string {
  return new Intl.NumberFormat(format()).format(value);
}
