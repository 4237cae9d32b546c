import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withFileLock } from "./file-lock.ts";
import { sourceHash } from "./source-hash.ts";

export const repositoryDirectory = fileURLToPath(new URL("../../../", import.meta.url));
export const cacheDirectory = join(repositoryDirectory, ".vestibule");

/** More than the contexts that are in use at once: a stack reads its bundles from there as long as it runs. */
const keptAssemblies = 8;

/** What `-c name=value` would give. */
export type Context = Readonly<Record<string, string>>;

/**
 * The directory of the synthesized app for the sources as they are, with a context: from the cache, or synthesized now.
 * Several processes may ask at once; one of them works.
 */
export async function synthesize(context: Context = {}, onStart: () => void = () => {}): Promise<string> {
  const parent = join(cacheDirectory, "cdk.out");
  const directory = join(parent, sourceHash(repositoryDirectory, context));
  mkdirSync(parent, { recursive: true });
  if (!existsSync(directory)) {
    await withFileLock(join(cacheDirectory, "synthesis.lock"), async () => {
      if (existsSync(directory)) return;
      onStart();
      const unfinished = join(cacheDirectory, `cdk.out.${process.pid}`);
      rmSync(unfinished, { recursive: true, force: true });
      try {
        await runApp(unfinished, context);
        renameSync(unfinished, directory);
      } finally {
        rmSync(unfinished, { recursive: true, force: true });
      }
    });
  }
  const now = new Date();
  utimesSync(directory, now, now);
  removeOld(parent);
  return directory;
}

async function runApp(outputDirectory: string, context: Context): Promise<void> {
  const child = spawn(process.execPath, ["infra/app.ts"], {
    cwd: repositoryDirectory,
    env: {
      ...process.env,
      CDK_OUTDIR: outputDirectory,
      CDK_CONTEXT_JSON: contextOfApp(context),
      // The template is checked by the tests and by `cdk synth`; here it would cost seconds of every cold start.
      CDK_VALIDATION: "false",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the CDK app does not synthesize:\n${output.trim()}`);
}

/** What the CDK command line would pass on: cdk.json's, and over it what was given. */
function contextOfApp(given: Context): string {
  const file = join(repositoryDirectory, "cdk.json");
  const written = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).context : undefined;
  return JSON.stringify({ ...written, ...given });
}

function removeOld(parent: string): void {
  const assemblies = readdirSync(parent)
    .map((name) => join(parent, name))
    .map((path) => ({ path, usedAt: statSync(path).mtimeMs }))
    .sort((a, b) => b.usedAt - a.usedAt);
  for (const { path } of assemblies.slice(keptAssemblies)) rmSync(path, { recursive: true, force: true });
}
