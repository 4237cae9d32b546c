const EVERYWHERE = {
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
};

const NOTHING = "default-src 'none'; frame-ancestors 'none'";

/** The headers of every answer that is not a page itself. */
export const plainHeaders: Readonly<Record<string, string>> = {
  ...EVERYWHERE,
  "content-security-policy": NOTHING,
};

/**
 * The headers of a page: it loads its own files, talks to this API and to where `addresses` are (the issuer's token
 * endpoint to exchange the sign-in code, the live connection where a page has one); nothing else, and nobody frames it.
 */
export function pageHeaders(addresses: readonly string[]): Record<string, string> {
  const connect = ["'self'", ...addresses.map((address) => new URL(address).origin)].join(" ");
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${connect}`,
    "img-src 'self' data:",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    ...EVERYWHERE,
    "content-security-policy": policy.join("; "),
    "cross-origin-opener-policy": "same-origin",
  };
}
