import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Every process that a step starts inherits this variable, those in a process group of their own too. */
export const MARK = "VESTIBULE_TEST_RUN";
export const mark = randomUUID();

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It ended meanwhile, or it is somebody else's.
    return "";
  }
}

type Process = { readonly id: number; readonly command: string };

/** The processes of this run that still live. Linux knows them by /proc; elsewhere nothing is said. */
function marked(): Process[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .filter((name) => textOf(`/proc/${name}/environ`).includes(`${MARK}=${mark}`))
    .map((name) => ({ id: Number(name), command: textOf(`/proc/${name}/cmdline`).replaceAll("\0", " ") }));
}

/** How long a process may take to end after those who used it. */
const GRACE_MS = 3_000;

/** Ends what the steps left running. @returns what it was */
export async function endLeftBehind(): Promise<string[]> {
  const until = Date.now() + GRACE_MS;
  while (marked().length > 0 && Date.now() < until) await sleep(100);
  const left = marked();
  for (const { id } of left) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // It ended by itself in this very moment.
    }
  }
  return left.map(({ id, command }) => `${id} ${command}`);
}
