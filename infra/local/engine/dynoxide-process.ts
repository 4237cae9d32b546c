import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { indexStream, temporaryRoot } from "./database-file.ts";
import { findFreePort } from "./free-port.ts";

/** `databaseFile`: where it keeps what it holds; absent for one that is not ours. */
export type Engine = { endpoint: string; databaseFile?: string; stop(): Promise<void> };

const startPatienceMs = 10_000;

/**
 * The engine: the one that `DYNAMODB_ENDPOINT` names, else a process of our own, with what it holds in `databaseFile`, or
 * in a temporary one that goes with it.
 */
export async function startEngine(databaseFile: string | undefined): Promise<Engine> {
  const given = process.env["DYNAMODB_ENDPOINT"];
  if (given) return { endpoint: given.replace(/\/$/, ""), stop: async () => {} };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startDynoxide(databaseFile);
    } catch (error) {
      // Another process may take the port between our look and dynoxide's: it cannot choose one itself.
      if (attempt === 3 || error instanceof EngineMissing) throw error;
    }
  }
}

async function startDynoxide(databaseFile: string | undefined): Promise<Engine> {
  const binary = dynoxideBinary();
  const port = await findFreePort();
  const temporary = databaseFile === undefined ? mkdtempSync(join(temporaryRoot(), "vestibule-table-")) : "";
  const file = databaseFile ?? join(temporary, "table.sqlite");
  const flags = ["--port", String(port), "--db-path", file];
  // The shell outlives us by the blink it takes to stop dynoxide and to remove what is temporary, even when this process
  // is killed: its `read` ends with our end of the pipe. It has nobody to complain to then, and a signal must not end it.
  const guard = `"$0" "$@" & child=$!; exec 2>/dev/null; trap "" HUP INT TERM PIPE
    read -r _; kill "$child"; wait "$child"
    [ -z "$TEMPORARY" ] || rm -rf "$TEMPORARY"`;
  const child = spawn("/bin/sh", ["-c", guard, binary, ...flags], {
    env: { ...process.env, TEMPORARY: temporary },
    stdio: ["pipe", "ignore", "pipe"],
    // A group of its own: Ctrl-C in the terminal is for us, and we stop the engine last.
    detached: true,
  });
  child.stdin.on("error", () => {});
  const exit = once(child, "exit");
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const stop = async () => {
    child.stdin.end();
    await exit;
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const giveUpAt = Date.now() + startPatienceMs;
  while (!(await answers(endpoint))) {
    // A busy port also "answers", but then dynoxide has complained already.
    if (/in use|error/i.test(complaint) || Date.now() > giveUpAt) {
      await stop();
      throw new Error(`dynoxide did not start on port ${port}: ${complaint.trim()}`);
    }
    await sleep(10);
  }
  child.stderr.resume();
  try {
    indexStream(file);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, databaseFile: file, stop };
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
    return response.headers.get("server")?.startsWith("Dynoxide") ?? false;
  } catch {
    return false;
  }
}

class EngineMissing extends Error {}

function dynoxideBinary(): string {
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve("@dynoxide/linux-x64/package.json")), "dynoxide");
  } catch {
    throw new EngineMissing(
      "No DynamoDB engine for this platform: @dynoxide/linux-x64 is not installed. " +
        "Start one (e.g. docker run -p 8000:8000 amazon/dynamodb-local) and set DYNAMODB_ENDPOINT=http://127.0.0.1:8000.",
    );
  }
}
