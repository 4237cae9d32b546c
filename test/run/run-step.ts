import { spawn } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { MARK, mark } from "./left-behind.ts";

const groups = new Set<number>();

function endGroup(id: number): void {
  groups.delete(id);
  try {
    process.kill(-id, "SIGKILL");
  } catch {
    // Nobody of the group is left: the usual case.
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    for (const id of groups) endGroup(id);
    process.exit(130);
  });
}

/**
 * Runs a program of node_modules/.bin to its end, in a process group that ends with it.
 * @returns its exit code; 1 if it had to be ended after `limitSeconds`
 */
export async function runStep([program = "", ...args]: readonly string[], limitSeconds: number) {
  const bin = resolve("node_modules/.bin");
  const child = spawn(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"]}`, [MARK]: mark },
    detached: true,
  });
  const { pid } = child;
  if (pid !== undefined) groups.add(pid);
  const timer = setTimeout(() => {
    console.log(`${program} took longer than ${limitSeconds} s and was ended`);
    if (pid !== undefined) endGroup(pid);
  }, limitSeconds * 1_000);
  try {
    return await new Promise<number>((done, fail) => {
      child.once("error", fail);
      child.once("exit", (code) => done(code ?? 1));
    });
  } finally {
    clearTimeout(timer);
    if (pid !== undefined) endGroup(pid);
  }
}
