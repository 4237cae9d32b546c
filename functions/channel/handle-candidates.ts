import { randomBytes } from "node:crypto";
import { handleFrom } from "@vestibule/domain/channels";
import { base32 } from "../shell/ids.ts";

const MAX_CHARACTERS = 64;

/** So many names in a row are numbered; then chance decides, since who creates many channels of one name is many. */
const NUMBERED = 4;

/** CH-4: the handle to try for a name, at the `attempt`-th time (from 0) that one was taken: `plan`, `plan-2`, … */
export function handleCandidate(name: string, attempt: number): string {
  const handle = handleFrom(name);
  if (attempt === 0) return handle;
  const suffix = attempt < NUMBERED ? String(attempt + 1) : base32(randomBytes(5), 6);
  return `${handle.slice(0, MAX_CHARACTERS - 1 - suffix.length)}-${suffix}`;
}
