import { RIGHTS, type Rights, SHARE_RIGHTS, type ShareRight } from "@vestibule/domain/vocabulary";
import type { Phrases } from "./phrases.ts";

/** A time in the mail's language, in UTC. */
export function shownDate(epochMs: number, { dates }: Phrases): string {
  const format = new Intl.DateTimeFormat(dates, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(epochMs)} UTC`;
}

/** Several things in one line, as the language lists them. */
export function shownList(names: readonly string[], { dates }: Phrases): string {
  return new Intl.ListFormat(dates).format(names);
}

/** What somebody manages by their rights (RGT-5); empty if nothing. */
export function shownRights(rights: Rights, phrases: Phrases): string {
  return shownList(
    RIGHTS.filter((right) => rights[right]).map((right) => phrases.rightNames[right]),
    phrases,
  );
}

/** What somebody may do with a mail address (SHR-5), in the vocabulary's order. */
export function shownShareRights(rights: readonly ShareRight[], phrases: Phrases): string {
  return shownList(
    SHARE_RIGHTS.filter((right) => rights.includes(right)).map((right) => phrases.shareRightNames[right]),
    phrases,
  );
}
