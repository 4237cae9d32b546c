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
 * The headers of a page: it loads its own files, talks to this API and, to exchange the sign-in code, to the issuer's
 * token endpoint; nothing else, and nobody frames it.
 */
export function pageHeaders(tokenEndpoint: string | undefined): Record<string, string> {
  const connect = tokenEndpoint === undefined ? "'self'" : `'self' ${new URL(tokenEndpoint).origin}`;
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
