import { createHash } from "node:crypto";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const length = 26;

/** Whom the functions will take this person for: `usr_` and the hash of issuer and subject, as they compute it. */
export function userIdOf(issuer: string, subject: string): string {
  const hash = createHash("sha256").update(`${issuer}\n${subject}`).digest("hex");
  let bits = BigInt(`0x${hash}`) >> BigInt(256 - length * 5);
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text = `${alphabet[Number(bits & 31n)]}${text}`;
    bits >>= 5n;
  }
  return `usr_${text}`;
}
