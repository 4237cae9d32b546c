import { createHash } from "node:crypto";

/** Somebody as the issuer saw them sign in. */
export type SignedInPerson = {
  email: string;
  isEmailVerified: boolean;
  hasSecondFactor: boolean;
  authTimeSeconds: number;
  name: string;
};

/** The same address, however written, is always the same subject, on every machine. */
export function subjectOf(email: string): string {
  const hash = createHash("sha256").update(`vestibule local issuer\n${email.toLowerCase()}`).digest("hex");
  // The shape of a version 8 UUID, which is the one for hashes of one's own.
  const variant = "89ab"[Number.parseInt(hash[16] ?? "0", 16) % 4];
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}

/** `jane.doe+work@example.com` is called Jane Doe until somebody says otherwise. */
export function nameFromAddress(email: string): string {
  const local = email.slice(0, email.lastIndexOf("@")).split("+")[0] ?? "";
  const words = local.split(/[._-]+/).filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
  return name || email;
}

/** An address that a mail could go to, as far as its form tells. */
export function isAddress(text: string): boolean {
  return text.length <= 320 && /^[^\s@<>"]+@[^\s@<>"]+$/.test(text);
}
