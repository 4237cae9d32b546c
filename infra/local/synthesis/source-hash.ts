import { createHash } from "node:crypto";
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const sources = [
  "infra",
  "functions",
  "domain",
  "docs/openapi.json",
  "docs/asyncapi.json",
  "package-lock.json",
  "cdk.json",
];
const unrelated = new Set(["infra/local", "node_modules"]);

/** One hash over everything that the synthesized template and its bundles are made of, the given context included. */
export function sourceHash(repository: string, context: Readonly<Record<string, string>> = {}): string {
  const hash = createHash("sha256");
  const given = Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1));
  hash.update(JSON.stringify(given)).update("\0");
  const visit = (path: string) => {
    const name = relative(repository, path);
    if (unrelated.has(name) || name.endsWith("node_modules") || !existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      const entries: Dirent[] = readdirSync(path, { withFileTypes: true });
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) visit(join(path, entry.name));
      return;
    }
    hash.update(name).update("\0").update(readFileSync(path)).update("\0");
  };
  for (const source of sources) visit(join(repository, source));
  return hash.digest("hex").slice(0, 16);
}
