import { punycode } from "./punycode.ts";

/** RFC 5321, section 4.5.3.1. */
const LOCAL_MAX_CHARACTERS = 64;
const ADDRESS_MAX_CHARACTERS = 254;
const DOMAIN_MAX_CHARACTERS = 253;
const LABEL_MAX_CHARACTERS = 63;
const NAME_MAX_CHARACTERS = 100;

/** RFC 5322's dot-atom. Quoted local parts and such of other scripts are not delivered by SES, so not taken. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** The dots that UTS 46 takes for one, as they are typed with an ideographic keyboard. */
const DOTS = /[.\u3002\uFF0E\uFF61]/u;

/** UTS 46 in short: letters, digits and marks of any script, no mark first; hyphens neither first nor last. */
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}\u00B7\u30FB-]*[\p{L}\p{M}\p{N}])?$/u;
const ASCII_LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/u;
/** What UTS 46 leaves out, selectors of variants among them: with it, one domain would have many addresses. */
const LEFT_OUT = /\p{Default_Ignorable_Code_Point}/u;
const IS_ASCII = /^[\u0020-\u007E]*$/u;
const ALL_DIGITS = /^[0-9]+$/u;

/**
 * INV-6, INV-10: an address as it is mailed: the local part as it is, the domain in small letters and in ASCII
 * (`bücher.example` is `xn--bcher-kva.example`). `undefined` of what is no address.
 */
export function normalAddress(email: string): string | undefined {
  const at = email.lastIndexOf("@");
  const local = email.slice(0, Math.max(at, 0));
  const domain = asciiDomain(email.slice(at + 1));
  if (domain === undefined || local.length > LOCAL_MAX_CHARACTERS || !LOCAL_PART.test(local))
    return undefined;
  const address = `${local}@${domain}`;
  return address.length > ADDRESS_MAX_CHARACTERS ? undefined : address;
}

function asciiDomain(domain: string): string | undefined {
  const labels = domain.split(DOTS).map(asciiLabel);
  if (labels.length < 2 || !labels.every((label) => label !== undefined)) return undefined;
  const ascii = labels.join(".");
  return ascii.length > DOMAIN_MAX_CHARACTERS || ALL_DIGITS.test(labels.at(-1) ?? "") ? undefined : ascii;
}

function asciiLabel(typed: string): string | undefined {
  // One by one: a whole word's last Σ would become ς, which is another letter in a domain.
  const label = Array.from(typed.normalize("NFKC"), (character) => character.toLowerCase())
    .join("")
    .normalize("NFC");
  const isAscii = IS_ASCII.test(label);
  if (!(isAscii ? ASCII_LABEL : LABEL).test(label) || LEFT_OUT.test(label)) return undefined;
  const ascii = isAscii ? label : `xn--${punycode(label)}`;
  return ascii.length > LABEL_MAX_CHARACTERS ? undefined : ascii;
}

/** Somebody to invite, as a mail client writes them. */
export type ParsedInvitee = {
  /** As it was typed; `normalAddress` of it is there. */
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
};

/** `"Name" <a@b>`, `Name <a@b>` and `<a@b>`. */
const NAMED = /^(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^"<>]*))\s*<(?<address>[^<>\s]+)>$/su;

/** INV-10: one invitee out of a pasted list; `undefined` where no address can be found. */
export function parseInvitee(text: string): ParsedInvitee | undefined {
  const trimmed = text.trim();
  const named = NAMED.exec(trimmed)?.groups;
  const email = named?.["address"] ?? trimmed;
  if (normalAddress(email) === undefined) return undefined;
  const quoted = named?.["quoted"]?.replaceAll(/\\(.)/gsu, "$1");
  return { email, ...namesIn(quoted ?? named?.["plain"] ?? "") };
}

/** `Ada Lovelace`, or `Lovelace, Ada` as directories write it; of one word, the first name. */
function namesIn(text: string): Omit<ParsedInvitee, "email"> {
  const name = cleaned(text);
  const comma = name.indexOf(",");
  if (comma >= 0) return namesOf(cleaned(name.slice(comma + 1)), cleaned(name.slice(0, comma)));
  const space = name.indexOf(" ");
  return space < 0 ? namesOf(name, "") : namesOf(name.slice(0, space), name.slice(space + 1));
}

function namesOf(firstName: string, lastName: string): Omit<ParsedInvitee, "email"> {
  return { ...(firstName === "" ? {} : { firstName }), ...(lastName === "" ? {} : { lastName }) };
}

/** Without what no name is made of, and no longer than names are. */
function cleaned(text: string): string {
  const name = text.replaceAll(/[\p{C}\s]+/gu, " ").trim();
  return Array.from(name).slice(0, NAME_MAX_CHARACTERS).join("").trim();
}
