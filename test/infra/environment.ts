import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";
import { functionsByName, variablesOf } from "./template.ts";

const { template } = synthesize();
const repository = fileURLToPath(new URL("../../", import.meta.url));
/** Given to every function, read by the logger or by nobody. */
const general = ["STAGE", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_LOG_LEVEL"];
const special = [
  "TABLE_NAME",
  "PAGE_BASE_URL",
  "SOCKET_URL",
  "CONNECTIONS_URL",
  "MAIL_FROM",
  "MAIL_CONFIGURATION_SET",
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "ALLOWED_ORIGINS",
];

/** The variables named in the files that a function's bundle is made of; the shell names them all. */
async function variablesReadBy(name: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: [`functions/${name}/handler.ts`],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outdir: "never-written",
    write: false,
    metafile: true,
  });
  const sources = Object.keys(metafile.inputs)
    .filter((file) => file.endsWith(".ts") && file !== "functions/shell/environment.ts")
    .map((file) => readFileSync(`${repository}${file}`, "utf8"));
  return special.filter((variable) => sources.some((source) => new RegExp(`\\b${variable}\\b`).test(source)));
}

describe("environment variables", () => {
  test.each([...functionsByName(template).keys()])(
    "%s is given those it reads, and no other",
    async (name) => {
      const given = Object.keys(variablesOf(template, name));
      expect(given.filter((variable) => !general.includes(variable)).sort()).toEqual(
        [...(await variablesReadBy(name))].sort(),
      );
      expect(given).toEqual(expect.arrayContaining(general));
    },
  );
});
