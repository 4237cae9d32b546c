import { forget, remember, remembered } from "../session.ts";

/** How this page was entered: by a link, by a reload, or back from the issuer. */
export type Arrival = { secret: string | undefined; answer: URLSearchParams | undefined };

/**
 * Reads the secret from the fragment, or the issuer's answer from the query, and takes both out of the address bar and
 * the history at once; the secret stays with the tab (INV-4).
 */
export function readArrival(): Arrival {
  const { hash, search, pathname } = location;
  const secret = hash.slice(1);
  const answer = new URLSearchParams(search);
  history.replaceState(null, "", pathname);
  if (secret !== "") {
    if (secret !== remembered("secret")) forget("outcome", "attempt", "brand");
    remember("secret", secret);
  }
  return { secret: remembered("secret"), answer: answer.has("state") ? answer : undefined };
}
