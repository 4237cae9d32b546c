/**
 * What mail programs turn into something to click, as one token up to the next space or closing mark. The dots of other
 * scripts (`。．｡`), and those that are normalised to one (`․﹒`), count as dots, as they do in address bars.
 */
const REST = "[^\\s<>\"'()\\[\\]]*";
/** Bounded, as everything repeated below is, so that a hostile text costs no more than its length: nothing real is longer. */
const LABEL = "[\\p{L}\\p{M}\\p{N}_-]{1,63}";
const DOT = "[.\\u2024\\u3002\\ufe52\\uff0e\\uff61]";

const REMOVED = [
  /** `https://…`, and any other scheme with an authority. */
  new RegExp(`\\p{L}[\\p{L}\\p{N}+.-]{0,32}:[/\\\\]{1,2}${REST}`, "giu"),
  /** Schemes that need none. */
  new RegExp(`(?<!\\p{L})(?:mailto|tel|sms|javascript|data|vbscript):(?=\\S)${REST}`, "giu"),
  /** `www.…` and `//host/path`. */
  new RegExp(`(?:(?<!\\p{L})www${DOT}|//(?=[\\p{L}\\p{N}]))${REST}`, "giu"),
  /** `somebody@host`. */
  new RegExp(`[\\p{L}\\p{N}._%+-]{1,64}@${LABEL}${REST}`, "giu"),
  /** `host.tld/path`, `host.tld:8080`. */
  new RegExp(`(?:${LABEL}${DOT}){1,8}\\p{L}[\\p{L}\\p{M}\\p{N}-]{1,62}(?:/|:\\d)${REST}`, "giu"),
  /** `10.0.0.1/path`. */
  new RegExp(`\\d{1,3}(?:\\.\\d{1,3}){3}(?:/|:\\d)${REST}`, "giu"),
];

/** A dot that could stand before a top-level domain, as in `example.com` or `❤.example`; not those of `3.50`, `z.B.`, `...`. */
const DOMAIN_DOT = new RegExp(`(?<=[^\\s.])${DOT}(?=[\\p{L}\\p{M}\\p{N}_-]*[\\p{L}]{2})`, "giu");

/**
 * `text` without links (INV-16). Addresses are removed; a bare domain, which may be a name (`Booking.com`) or a missing
 * space (`soon.See you`), keeps its words and loses its dots. Repeated until nothing is left that a removal put together.
 */
export function stripLinks(text: string): string {
  let before: string;
  let after = text;
  do {
    before = after;
    for (const link of REMOVED) after = after.replace(link, "");
  } while (after !== before);
  return after.replace(DOMAIN_DOT, " ");
}
