import { existsSync } from "node:fs";

export type Check = {
  readonly name: string;
  readonly command: readonly string[];
  readonly limitSeconds: number;
};

/** Everything that has a `tsconfig.json` of its own. */
const PROGRAMS = ["tsconfig.json", "infra/tsconfig.json", "functions/page/browser/tsconfig.json"];

/** What is checked without running anything of ours; a warning is an error. */
export const CHECKS: readonly Check[] = [
  { name: "Biome", command: ["biome", "check", "--error-on-warnings", "."], limitSeconds: 180 },
  ...PROGRAMS.filter((file) => existsSync(file)).map((file) => ({
    name: `tsc -p ${file}`,
    command: ["tsc", "-p", file],
    limitSeconds: 180,
  })),
  { name: "knip", command: ["knip", "--no-progress", "--treat-config-hints-as-errors"], limitSeconds: 180 },
];
