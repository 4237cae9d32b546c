import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Runs an action while no other process does so under the same file; a lock whose process died is taken over. */
export async function withFileLock<T>(file: string, action: () => Promise<T>): Promise<T> {
  while (!tryLock(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await sleep(50);
  }
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function isAbandoned(file: string): boolean {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    // Just created and not yet written.
    if (holder === 0) return false;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return hasCode(error, "ESRCH");
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
