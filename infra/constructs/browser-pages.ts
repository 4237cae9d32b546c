import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** The pages in a function's `browser` folder: every folder there that holds an HTML file of its own name. */
function pagesIn(browser: string): string[] {
  return readdirSync(browser).filter((name) => existsSync(join(browser, name, `${name}.html`)));
}

/**
 * Builds each page of `browser` into a folder of its own name in `output`: its HTML copied, its style and its script
 * bundled, and what the script imports only when it needs it (a language's sentences) as files beside it.
 */
export function bundlePages(browser: string, output: string): void {
  for (const page of pagesIn(browser)) {
    buildSync({
      entryPoints: ["ts", "css", "html"].map((type) => join(browser, page, `${page}.${type}`)),
      outdir: join(output, page),
      bundle: true,
      splitting: true,
      chunkNames: "[name]-[hash]",
      format: "esm",
      target: "es2022",
      charset: "utf8",
      loader: { ".html": "copy" },
      minify: true,
      logLevel: "warning",
    });
  }
}
