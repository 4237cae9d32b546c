import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { buildSync } from "esbuild";
import { bundlePages } from "./browser-pages.ts";
import { leanZod } from "./lean-zod.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Where the SDK looks for credentials, by dynamic import, when the environment holds none. In Lambda it always
 * does; a quarter of a bundle (130 KB) would be the sign-in of developers' machines.
 */
const credentialSourcesElsewhere = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
];

/**
 * A function's code: functions/<name>/handler.ts and all it imports as one `index.mjs`, with its map beside it,
 * and its browser pages. esbuild is called directly, because NodejsFunction starts it through npx, which takes
 * half a second for each function.
 */
export function bundledFunction(name: string): Code {
  return Code.fromAsset(`${repository}functions/${name}`, {
    // Of the result, so that a function is deployed again only when its own bundle changed.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry("esbuild runs without a container"),
      local: {
        tryBundle(directory) {
          bundleHandler(name, directory);
          const browser = `${repository}functions/${name}/browser`;
          // Beside the handler, which reads and serves them.
          if (existsSync(browser)) bundlePages(browser, `${directory}/browser`);
          return true;
        },
      },
    },
  });
}

function bundleHandler(name: string, directory: string): void {
  buildSync({
    absWorkingDir: repository,
    entryPoints: [`functions/${name}/handler.ts`],
    outfile: `${directory}/index.mjs`,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // The SDK's main field is CommonJS, which does not tree-shake: 526 instead of 334 KB.
    mainFields: ["module", "main"],
    external: credentialSourcesElsewhere,
    alias: { zod: leanZod(repository) },
    // What describes a schema, which the copy has nothing of.
    logOverride: { "import-is-undefined": "silent" },
    minify: true,
    charset: "utf8",
    legalComments: "none",
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "warning",
  });
}
