import { build } from "esbuild";
import { expect, test } from "vitest";

test("the session with all calls is less than 40 KB for a browser, and needs nothing beyond the platform", async () => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents:
        'export * from "@vestibule/client/http"; export * from "@vestibule/client/session"; export * from "@vestibule/client/problem";',
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    platform: "browser",
    target: "es2024",
    format: "esm",
  });
  const code = outputFiles[0]?.text ?? "";
  expect(new TextEncoder().encode(code).length).toBeLessThan(40 * 1024);
  expect(Object.keys(metafile.inputs).filter((path) => path.includes("node_modules/"))).toEqual([]);
  expect(code).not.toMatch(/\b(process|Buffer|require)\b[.(]/u);
});
