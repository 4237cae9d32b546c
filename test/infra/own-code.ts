import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { functionPlans } from "../../infra/constructs/function-plans.ts";

const { outputFiles } = buildSync({
  absWorkingDir: fileURLToPath(new URL("../../", import.meta.url)),
  entryPoints: Object.keys(functionPlans).map((name) => ({ in: `functions/${name}/handler.ts`, out: name })),
  outdir: "never-written",
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  write: false,
});

/** What is left of a function's own files after tree shaking, by file: what it can do at all. */
export function ownCodeOf(name: string): ReadonlyMap<string, string> {
  const bundle = outputFiles.find((file) => file.path.endsWith(`/${name}.js`))?.text ?? "";
  // esbuild heads each file's part with a comment that is its path.
  const parts = bundle.split(/^\/\/ (\w[\w./-]+\.\w+)$/m);
  return new Map(
    parts.flatMap((path, index): [string, string][] =>
      index % 2 === 1 && path.startsWith("functions/") ? [[path, parts[index + 1] ?? ""]] : [],
    ),
  );
}
