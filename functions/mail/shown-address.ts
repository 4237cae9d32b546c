import { normalAddress } from "@vestibule/domain/mail-address";

/** The longest address there is (RFC 5321). */
const ADDRESS_LENGTH = 254;

/** A mail address of the organization as a mail shows it; `undefined` for what is no single address (INV-16). */
export function shownAddress(address: string): string | undefined {
  const isShown = address.length <= ADDRESS_LENGTH && normalAddress(address) !== undefined;
  return isShown ? address : undefined;
}
