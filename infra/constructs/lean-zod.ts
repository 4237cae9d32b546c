import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Every schema of zod brings along what describes it as JSON Schema; here nobody asks for it. */
const NO_DESCRIPTIONS: Readonly<Record<string, string>> = {
  "v4/core/to-json-schema.js": `
const none = () => { throw new Error("A function describes no schemas."); };
export { none as initializeContext, none as handleUnrepresentable, none as processSchema, none as process, none as extractDefs, none as finalize };
export const createToJSONSchemaMethod = () => none;
export const createStandardJSONSchemaMethod = () => none;
`,
  "v4/core/json-schema-processors.js": `
export const allProcessors = {};
export const aggregateChecks = () => ({});
export const toJSONSchema = () => { throw new Error("A function describes no schemas."); };
`,
};

const isWanted = (path: string): boolean => !/\/(?:src|v3|mini)(?:\/|$)|\.(?:cjs|cts|d\.ts)$/u.test(path);

/**
 * A copy of zod without its JSON Schema half, which no bundler can take away: 17 KB of every function, of which the documents'
 * generator, and nothing that runs in Lambda, makes use. @returns its folder, made once
 */
export function leanZod(repository: string): string {
  const original = join(repository, "node_modules/zod");
  const { version }: { version: string } = JSON.parse(readFileSync(join(original, "package.json"), "utf8"));
  const modules = join(repository, "node_modules");
  const digest = createHash("sha256").update(JSON.stringify(NO_DESCRIPTIONS)).digest("hex").slice(0, 8);
  const copy = join(modules, `.lean-zod-${version}-${digest}`);
  if (existsSync(copy)) return copy;
  const made = mkdtempSync(join(modules, ".lean-zod-making-"));
  cpSync(original, made, { recursive: true, filter: (path) => isWanted(path.slice(original.length)) });
  for (const [file, source] of Object.entries(NO_DESCRIPTIONS)) {
    if (!existsSync(join(made, file))) throw new Error(`zod ${version} has no ${file}`);
    writeFileSync(join(made, file), source);
  }
  try {
    renameSync(made, copy);
  } catch (error) {
    // Another process was first.
    if (!existsSync(copy)) throw error;
    rmSync(made, { recursive: true });
  }
  return copy;
}
