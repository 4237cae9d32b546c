import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** The prefixes of the public ids (`api.md`, Conventions). */
export const ID_PREFIXES = {
  organization: "org",
  invitation: "inv",
  channel: "chn",
  message: "msg",
  group: "grp",
  audit: "aud",
  intent: "itt",
  mailAddress: "adr",
  notice: "ntc",
  call: "call",
} as const;

/** `bytes` in lower-case Crockford base32, big-endian groups of five bits, cut to `length` characters. */
export function base32(bytes: Uint8Array, length: number): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += ALPHABET.charAt((buffer >> bits) & 31);
    }
    buffer &= (1 << bits) - 1;
  }
  return text;
}

function timeCharacters(epochMs: number): string {
  let rest = epochMs;
  let text = "";
  for (let index = 0; index < 10; index += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** A new id, for example `org_01jd…`: 48 bits of time and 80 random bits (a ULID), so ids sort by age. */
export function newId(kind: keyof typeof ID_PREFIXES, epochMs: number = Date.now()): string {
  return `${ID_PREFIXES[kind]}_${timeCharacters(epochMs)}${base32(randomBytes(10), 16)}`;
}

/** An id that follows from what it is of, where looking it up would cost a read. */
export function derivedId(kind: keyof typeof ID_PREFIXES, of: string): string {
  return `${ID_PREFIXES[kind]}_${base32(createHash("sha256").update(of).digest(), 26)}`;
}

/** The 26 characters after an id's prefix. */
export function idSuffix(id: string): string {
  return id.slice(id.indexOf("_") + 1);
}

/** Whether `text` has the form of an id of this kind; other texts cannot name anything and are a 404. */
export function isId(kind: keyof typeof ID_PREFIXES, text: string): boolean {
  return new RegExp(`^${ID_PREFIXES[kind]}_[${ALPHABET}]{26}$`, "u").test(text);
}

/** Whether `text` has the form of a person's id. */
export function isUserId(text: string): boolean {
  return new RegExp(`^usr_[${ALPHABET}]{26}$`, "u").test(text);
}

/** A person's id, derived from issuer and subject so that nothing has to be looked up (`api.md`). */
export function userIdOf(issuer: string, subject: string): string {
  return `usr_${base32(createHash("sha256").update(`${issuer}\n${subject}`).digest(), 26)}`;
}

/** SHA-256 in base64url: the only form in which a secret is stored (INV-3). */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** 256 random bits in 43 base64url characters (INV-3). */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
