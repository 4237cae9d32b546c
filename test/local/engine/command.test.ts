import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import * as z from "zod";
import { sourceHash } from "../../../infra/local/synthesis/source-hash.ts";
import { repositoryDirectory } from "../../../infra/local/synthesis/synthesize.ts";

const main = fileURLToPath(new URL("../../../infra/local/main.ts", import.meta.url));
const readyLine = z.object({ http: z.string(), ws: z.string(), local: z.string() });
/** The first start after a change bundles everything. */
const startTimeoutMs = 180_000;

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function run(args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const output = { text: "" };
  child.stderr.on("data", (chunk) => {
    output.text += chunk;
  });
  return { child, output, lines: createInterface({ input: child.stdout }) };
}

async function start(...args: string[]) {
  const { child, lines, output } = run(["--port", "0", "--json", ...args]);
  const first = await Promise.race([once(lines, "line"), once(child, "exit")]);
  if (typeof first[0] !== "string") throw new Error(output.text);
  return { child, ready: readyLine.parse(JSON.parse(first[0])) };
}

/** The engine's process, found by its parent's parent. */
function descendants(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return children.filter(Boolean).flatMap((child) => [Number(child), ...descendants(Number(child))]);
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

test("a busy port is refused at once, with what to do about it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const startedAt = Date.now();
  const { child, output } = run([], { PORT: String(port) });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(output.text).toContain(`port ${port} of 127.0.0.1 is busy`);
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  server.close();
});

test.each([
  [["--prot", "3000"], "--port <n>"],
  [["--port", "many"], "not a port: many"],
  [["-c", "mailsPerSenderHour"], "-c takes name=value, not: mailsPerSenderHour"],
])("%j is refused", async (args, message) => {
  const { child, output } = run(args);
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(output.text).toContain(message);
});

test("settings of the deployment have an assembly of their own, in whatever order they are given", () => {
  const hash = (context: Record<string, string>) => sourceHash(repositoryDirectory, context);
  expect(hash({ stage: "prod", mfa: "required" })).toBe(hash({ mfa: "required", stage: "prod" }));
  const hashes = [hash({}), hash({ mfa: "required" }), hash({ mfa: "optional" }), hash({ stage: "prod" })];
  expect(new Set(hashes).size).toBe(hashes.length);
});

const isLinux = process.platform === "linux";

test.runIf(isLinux).each(["SIGINT", "SIGTERM"] as const)(
  "%s stops it without a trace",
  { timeout: startTimeoutMs },
  async (signal) => {
    const { child, ready } = await start();
    expect(ready).toEqual({
      http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      ws: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/\w+$/),
      local: `${ready.http}/local`,
    });
    expect((await fetch(`${ready.http}/v1/health`)).status).toBe(200);
    const processes = descendants(child.pid ?? 0);
    expect(processes.length).toBeGreaterThan(0);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(processes.filter(isRunning)).toEqual([]);
  },
);

test.runIf(isLinux)("killed, it leaves no engine behind", { timeout: startTimeoutMs }, async () => {
  const { child } = await start();
  const processes = descendants(child.pid ?? 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  await expect.poll(() => processes.filter(isRunning), { timeout: 5000 }).toEqual([]);
});
