/** Every sentence by its place, of many, with what it was given in it. */
export function sentencesIn(part: unknown, place = ""): [place: string, sentence: string][] {
  if (typeof part === "string") return [[place, part]];
  // Numbers come twice, to choose the sentence by and to show; three texts are the most that one shows.
  if (typeof part === "function") {
    const isCounted = /^\((count|_), shown|^\(count/u.test(String(part));
    return [[place, String(isCounted ? part(5, "{a}") : part("{a}", "{b}", "{c}"))]];
  }
  // Reasons are the service's in English.
  const parts = Object.entries(part as object).filter(([key]) => key !== "reasons");
  return parts.flatMap(([key, inner]) => sentencesIn(inner, `${place}.${key}`));
}
