/** DIR-1: a listing ends after so many entries, so that the directory cannot be taken away as a whole. */
export const MAX_LISTED = 500;

/** What names are searched and sorted by (DIR-1): without case, accents or doubled spaces. */
export function searchKey(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .replaceAll(/\s+/gu, " ")
    .trim();
}
