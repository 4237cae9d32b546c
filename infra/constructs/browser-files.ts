import { existsSync } from "node:fs";
import type { ICommandHooks } from "aws-cdk-lib/aws-lambda-nodejs";

const OPTIONS = "--bundle --minify --format=esm --target=es2022 --loader:.html=copy --log-level=warning";

/**
 * Builds a function's `browser` folder, if it has one, beside its bundle: script and style bundled, HTML copied. The
 * function reads them from there and serves them.
 */
export function browserFiles(functionName: string): { commandHooks?: ICommandHooks } {
  const folder = `functions/${functionName}/browser`;
  if (!existsSync(new URL(`../../${folder}`, import.meta.url))) return {};
  return {
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (projectRoot, output) => {
        const files = ["ts", "css", "html"].map((type) => `"${projectRoot}/${folder}/invite.${type}"`);
        return [`npx esbuild ${files.join(" ")} ${OPTIONS} --outdir="${output}/browser"`];
      },
    },
  };
}
