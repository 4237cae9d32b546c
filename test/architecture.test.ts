import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";

/** A folder of the house and what its files may import: own files always, and what `allows` says. */
type Room = {
  readonly folder: string;
  readonly except?: RegExp;
  readonly allows: (imported: string) => boolean;
};

const isNode = (imported: string): boolean => imported.startsWith("node:");
const isPackage = (imported: string): boolean =>
  !imported.includes(":") && !/^[a-z-]+\/.*\.ts$/u.test(imported);
const isIn = (imported: string, ...folders: string[]): boolean =>
  folders.some((folder) => imported.startsWith(`${folder}/`));

const SDK_FOLDERS = ["functions/table", "functions/mail", "functions/realtime", "functions/shell"];

/** architecture.md, "The house". */
const HOUSE: readonly Room[] = [
  { folder: "domain", allows: () => false },
  {
    folder: "functions",
    except: /^functions\/page\/browser\//u,
    allows: (imported) =>
      isNode(imported) || (isPackage(imported) && !/^(aws-cdk-lib|constructs|cdk-nag)\b/u.test(imported)),
  },
  // What runs in a browser is bundled by itself and may use the domain.
  {
    folder: "functions/page/browser",
    except: /^functions\/page\/browser\/chat\//u,
    allows: (imported) => imported.startsWith("@vestibule/domain/"),
  },
  // The chat page is a client like any other.
  {
    folder: "functions/page/browser/chat",
    allows: (imported) => isIn(imported, "functions/page/browser", "@vestibule/domain", "@vestibule/client"),
  },
  {
    folder: "infra",
    allows: (imported) => isNode(imported) || (isPackage(imported) && !imported.startsWith("@vestibule/")),
  },
  // node:util reads the command line of the tour; the library itself runs in any browser.
  { folder: "client", allows: (imported) => imported === "node:util" },
];

/** What a module imports, types included: files as paths from the repository's root, packages as they are named. */
function importsOf(file: string, source: string): string[] {
  const code = source.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gmu, "");
  const specifiers = [
    ...code.matchAll(/(?:^|[;}\s])(?:import|export)\s[^"'`;]*?from\s*["']([^"']+)["']/gmu),
    ...code.matchAll(/(?:^|[;}\s])import\s*["']([^"']+)["']/gmu),
    ...code.matchAll(/\bimport\s*\(\s*["'`]([^"'`]+)["'`]/gmu),
  ].map(([, specifier = ""]) => specifier);
  return specifiers.map((specifier) =>
    specifier.startsWith(".") ? join(dirname(file), specifier) : specifier,
  );
}

function violations({ folder, allows }: Room, file: string, source: string): string[] {
  return importsOf(file, source)
    .filter((imported) => !isIn(imported, folder) && !allows(imported))
    .map((imported) => `${file} imports ${imported}`);
}

function filesIn(folder: string): string[] {
  return globSync(`${folder}/**/*.{ts,mjs}`, { exclude: ["**/node_modules/**"] }).sort();
}

const read = (file: string): string => readFileSync(file, "utf8");

describe.each(HOUSE)("$folder", (room) => {
  test("imports only what it may", () => {
    const files = filesIn(room.folder).filter((file) => !room.except?.test(file));
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => violations(room, file, read(file)))).toEqual([]);
  });
});

test.each([
  ["domain", "domain/x.ts", 'import { readFileSync } from "node:fs";'],
  ["domain", "domain/x.ts", 'import * as z from "zod";'],
  ["domain", "domain/x.ts", 'export type { Route } from "../functions/shell/route.ts";'],
  ["functions", "functions/invite/x.ts", 'import { stack } from "../../infra/stack.ts";'],
  ["functions", "functions/invite/x.ts", 'const cdk = await import("aws-cdk-lib");'],
  ["functions", "functions/invite/x.ts", 'import {\n  createClient,\n} from "../../client/http.ts";'],
  ["infra", "infra/local/x.ts", 'import { keys } from "../../functions/table/keys.ts";'],
  ["infra", "infra/x.ts", 'import { PLANS } from "@vestibule/domain/vocabulary";'],
  ["client", "client/tour/x.ts", 'import "../../functions/routes.ts";'],
  ["client", "client/x.ts", 'import * as z from "zod";'],
])("a forbidden import of %s is seen: %s %s", (folder, file, source) => {
  const room = HOUSE.find((one) => one.folder === folder);
  expect(room && violations(room, file, source)).toHaveLength(1);
});

test("the domain knows no clock, no chance and no waiting", () => {
  const IMPURE =
    /\bDate\b|\bMath\.random\b|\basync\b|\bawait\b|\bPromise\b|\bsetTimeout\b|\bprocess\b|\bcrypto\b|\bglobalThis\b/u;
  const codeOf = (source: string) => source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, "");
  expect(filesIn("domain").filter((file) => IMPURE.test(codeOf(read(file))))).toEqual([]);
  expect(IMPURE.test(codeOf("const now = Date.now();"))).toBe(true);
  expect(IMPURE.test(codeOf("/** No Date here. */ export const a = 1;"))).toBe(false);
});

test("the AWS SDK is used in table/, mail/, realtime/ and shell/ only", () => {
  const users = filesIn("functions").filter((file) =>
    importsOf(file, read(file)).some((imported) => imported.startsWith("@aws-sdk/")),
  );
  expect(users.length).toBeGreaterThan(5);
  expect(users.filter((file) => !isIn(file, ...SDK_FOLDERS))).toEqual([]);
});

/** What functions share; every other folder of functions/ is one Lambda. */
const SHARED = ["contract", "documents", "mail", "membership", "realtime", "shell", "table"];
/**
 * Frames are served by the use cases of `message`: posting by HTTP and by WebSocket is one act (MSG-1), and so is marking
 * read, which `channel` serves by HTTP (CH-11). A slash command carries out the use case of the route that does the same
 * (MSG-13), by HTTP and by frame, and so does a frame that sets a status (PRS-1).
 * The assistant reads the stream as `relay` does, and speaks by the same placing of messages (BOT-3). The relay asks whom
 * a guest may know of as a list of statuses does (GST-16). The sweep ends a forgotten call as its last person would (CALL-3).
 */
const BORROWS: Readonly<Record<string, readonly string[]>> = {
  socket: ["message", "organization"],
  relay: ["message", "organization"],
  sweep: ["message"],
  channel: ["message"],
  assistant: ["message", "relay"],
  command: ["message", "channel", "organization", "socket"],
};

const lambdas = globSync("functions/*/")
  .map((path) => path.split("/")[1] ?? "")
  .filter((name) => !SHARED.includes(name));

test.each(lambdas)("functions/%s has an entry of a few lines and keeps to itself", (name) => {
  const handler = read(`functions/${name}/handler.ts`);
  expect(handler).toMatch(/^export const handler = /mu);
  expect(handler.trim().split("\n").length).toBeLessThanOrEqual(15);
  const others = lambdas.filter((other) => other !== name && !BORROWS[name]?.includes(other));
  const borrowed = filesIn(`functions/${name}`).flatMap((file) =>
    importsOf(file, read(file)).filter((imported) =>
      isIn(imported, ...others.map((other) => `functions/${other}`)),
    ),
  );
  expect(borrowed).toEqual([]);
});

/** The one place that programs take the client's types from; inside the client, too, they are imported as one namespace. */
const DOORS_OF_PACKAGES = ["client/types.ts"];

test("there are no barrels and no drawers for everything", () => {
  const files = ["domain", "functions", "infra", "client", "test"].flatMap(filesIn);
  expect(files.filter((file) => /\/(index|utils?|helpers?|common)(\.ts|\/)/u.test(file))).toEqual([]);
  expect(
    files.filter(
      (file) => !/^[a-z0-9-]+(\.test|\.config|\.d)?\.(ts|mjs)$/u.test(file.split("/").at(-1) ?? ""),
    ),
  ).toEqual([]);
  const isBarrel = (source: string) =>
    source
      .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, "")
      .split(/;\s*/u)
      .map((part) => part.trim())
      .filter(Boolean)
      .every((statement) => /^export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s/u.test(statement));
  expect(files.filter((file) => isBarrel(read(file)))).toEqual(DOORS_OF_PACKAGES);
  expect(isBarrel('export * from "./a.ts";\nexport { b } from "./b.ts";\n')).toBe(true);
});

/**
 * Biome's own verdict on a file, under the repository's configuration and in a folder of its own: a pattern that silently
 * matches nothing, or an override that takes another one's place, shows here.
 */
function restricted(file: string, imports: readonly string[]): number {
  const root = mkdtempSync(join(tmpdir(), "vestibule-biome-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const { vcs: _vcs, $schema: _schema, ...configuration } = JSON.parse(read("biome.json"));
  writeFileSync(join(root, "biome.json"), JSON.stringify(configuration));
  mkdirSync(join(root, dirname(file)), { recursive: true });
  const lines = imports.map((specifier, index) => `import { a${index} } from "${specifier}";\n`);
  writeFileSync(join(root, file), lines.join(""));
  const biome = resolve("node_modules/.bin/biome");
  const { stdout } = spawnSync(biome, ["lint", "--only=style/noRestrictedImports", "--reporter=json", file], {
    cwd: root,
    encoding: "utf8",
  });
  return JSON.parse(stdout).summary.errors;
}

test.each([
  ["domain/x.ts", ["node:fs", "zod", "../functions/routes.ts", "@vestibule/client/http"], ["./seats.ts"]],
  [
    "functions/invite/x.ts",
    [
      "@aws-sdk/client-ses",
      "../../infra/stack.ts",
      "aws-cdk-lib",
      "aws-cdk-lib/aws-sqs",
      "../../client/http.ts",
    ],
    ["zod", "../table/keys.ts", "@vestibule/domain/seats"],
  ],
  ["functions/table/x.ts", ["../../infra/stack.ts", "aws-cdk-lib"], ["@aws-sdk/client-dynamodb", "zod"]],
  ["infra/local/x.ts", ["../../functions/table/keys.ts"], ["aws-cdk-lib", "./clock.ts"]],
  ["client/x.ts", ["zod", "../functions/routes.ts", "node:fs"], ["./http.ts"]],
  ["client/tour/x.ts", ["../../functions/routes.ts"], ["../http.ts", "./person.ts"]],
])("Biome refuses forbidden imports in %s, and no others", (file, forbidden, allowed) => {
  expect(restricted(file, forbidden)).toBe(forbidden.length);
  expect(restricted(file, allowed)).toBe(0);
});
