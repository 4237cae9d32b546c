import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { readStackModel } from "../../infra/local/stack-model/read-stack-model.ts";
import { repositoryDirectory, synthesize } from "../../infra/local/synthesis/synthesize.ts";
import { printTable } from "./print-table.ts";

/** `architecture.md`, Budgets: of an API function's bundle, in bytes. */
const BYTES = 500 * 1024;

/** `architecture.md`, Budgets: module load, as a multiple of the document client's alone. */
const LOAD = 1.3;

const ROUNDS = 15;

type Bundle = { name: string; file: string; environment: Record<string, string> };

/** A bundle that loads the DynamoDB document client and nothing else, built as the functions are. */
function baseline(directory: string): Bundle {
  const file = join(directory, "index.mjs");
  buildSync({
    stdin: {
      contents: `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
        import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
        export const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
        export const commands = [GetCommand, PutCommand, QueryCommand, UpdateCommand];`,
      resolveDir: repositoryDirectory,
    },
    outfile: file,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    minify: true,
  });
  return { name: "baseline: the document client", file, environment: {} };
}

/** Milliseconds from nothing loaded to the module loaded, in a process of its own. */
function loadOnce({ file, environment }: Bundle): number {
  const script = `const start = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)});
    process.stdout.write("\\n" + (performance.now() - start)); process.exit(0);`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...environment, AWS_REGION: "us-east-1", PATH: process.env["PATH"] },
    encoding: "utf8",
  });
  return Number(output.slice(output.lastIndexOf("\n")));
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Prints bytes and module load time of every function's bundle, beside a bundle of the document client alone. */
export async function benchBundles(): Promise<void> {
  const model = readStackModel(await synthesize(), "http://127.0.0.1:3000");
  const directory = mkdtempSync(join(tmpdir(), "vestibule-bench-"));
  try {
    const functions = model.functions.map(({ name, codeDirectory, environment }) => ({
      name,
      file: join(codeDirectory, "index.mjs"),
      environment,
    }));
    const bundles: Bundle[] = [baseline(directory), ...functions];
    const times = bundles.map((): number[] => []);
    // In turns, so that a machine that slows down slows all of them down.
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, bundle] of bundles.entries()) times[index]?.push(loadOnce(bundle));
    }
    const base = median(times[0] ?? []);
    const rows = bundles.map(({ name, file }, index) => {
      const load = median(times[index] ?? []);
      const bytes = statSync(file).size;
      return [
        name,
        `${Math.round(bytes / 1024)} KB${bytes > BYTES ? " over" : ""}`,
        `${load.toFixed(0)} ms`,
        `${(load / base).toFixed(2)}×`,
      ];
    });
    printTable(
      `Bundles (minified, budget 500 KB) and module load (median of ${ROUNDS}, budget ${LOAD}× the baseline)`,
      ["bundle", "bytes", "load", "of baseline"],
      rows,
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
