import { sha256 } from "./ids.ts";
import { Problem } from "./problem.ts";

/** What a cursor belongs to: it is refused with another route, organization or filter (`api.md`). */
export type CursorScope = readonly (string | undefined)[];

const seal = (scope: CursorScope, after: string): string =>
  sha256(JSON.stringify([scope.map((part) => part ?? null), after])).slice(0, 12);

/** The opaque cursor of the page after `after`; `null` at the end of a list. */
export function cursorOf(scope: CursorScope, after: string | undefined): string | null {
  if (after === undefined) return null;
  return Buffer.from(`${seal(scope, after)}${after}`).toString("base64url");
}

/** The key after which a page starts. @throws Problem 400 `invalid-cursor` */
export function readCursor(scope: CursorScope, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const decoded = Buffer.from(cursor, "base64url").toString("utf8");
  const after = decoded.slice(12);
  if (after === "" || seal(scope, after) !== decoded.slice(0, 12)) {
    throw new Problem(400, "invalid-cursor", "This cursor belongs to another list.", {
      data: { errors: [{ path: "cursor", message: "Belongs to another list" }] },
    });
  }
  return after;
}
