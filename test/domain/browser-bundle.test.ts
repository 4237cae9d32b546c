import { createContext, Script } from "node:vm";
import { everyCell, permit } from "@vestibule/domain/permissions";
import { maySeePerson } from "@vestibule/domain/visibility";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** What a client asks before it shows a button: the table and the decisions around it. */
const DECISIONS = [
  "permissions",
  "posting",
  "channels",
  "conversations",
  "guests",
  "groups",
  "directory",
  "visibility",
] as const;

/** The sentences are apart: only whoever shows a refusal needs them, and many have their own words for a code. */
const WITH_SENTENCES = [...DECISIONS, "decision"] as const;

async function bundle(format: "esm" | "iife", files: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: files.map((file) => `export * from "@vestibule/domain/${file}";`).join("\n"),
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    target: "es2022",
    format,
    globalName: "domain",
  });
  return outputFiles[0]?.text ?? "";
}

/** Runs an expression over the bundle where nothing of Node exists; facts and answers travel as text. */
async function inBrowser(
  files: readonly string[] = DECISIONS,
): Promise<(expression: string, facts?: unknown) => unknown> {
  const context = createContext({ facts: "" }, { codeGeneration: { strings: false, wasm: false } });
  new Script(await bundle("iife", files)).runInContext(context);
  return (expression, facts = null) => {
    context["facts"] = JSON.stringify(facts);
    const code = `JSON.stringify(((facts) => ${expression})(JSON.parse(facts)))`;
    return JSON.parse(new Script(code).runInContext(context) as string) as unknown;
  };
}

test("GST-17 the rules for a browser are less than 20 KB and need nothing of Node", async () => {
  const code = await bundle("esm", DECISIONS);
  expect(new TextEncoder().encode(code).length).toBeLessThan(20 * 1024);
  expect(code).not.toMatch(/\b(require|import)\b\s*[("']/u);
  const ask = await inBrowser();
  expect(ask("[typeof process, typeof require, typeof Buffer, typeof fetch]")).toEqual(
    Array.from({ length: 4 }, () => "undefined"),
  );
});

test("GST-17 in a browser the table answers the same for every cell", async () => {
  const ask = await inBrowser();
  const cells = [...everyCell()];
  const questions = cells.map(({ decision: _, ...question }) => question);
  expect(ask("[...domain.everyCell()]")).toEqual(cells);
  expect(ask("facts.map(({ action, ...who }) => domain.permit(action, who))", questions)).toEqual(
    cells.map(({ decision }) => decision),
  );
});

test("GST-16 GST-17 in a browser a refusal says why in the same words", async () => {
  const ask = await inBrowser(WITH_SENTENCES);
  const denied = permit("channel.rename", {
    standing: { kind: "guest", state: "active" },
    relation: "member",
  });
  expect(ask("domain.explainDenial(facts)", denied)).toBe(
    "Guests neither create, rename, describe, archive nor administer channels.",
  );
  const facts = { viewer: { kind: "guest", state: "active" }, sharesChannel: false } as const;
  expect(ask("domain.maySeePerson(facts)", facts)).toEqual(maySeePerson(facts));
});

/** What a client asks before it sends invitations: a pasted list, what would become of it, and what a sent one allows. */
const INVITING = ["invitations", "shares", "bulk", "mail-address", "brand"] as const;

test("INV-10 the rules of inviting are less than 20 KB for a browser, and read a pasted list there as here", async () => {
  const code = await bundle("esm", INVITING);
  expect(new TextEncoder().encode(code).length).toBeLessThan(20 * 1024);
  const ask = await inBrowser(INVITING);
  const pasted = ['"Ada Lovelace" <ada@bücher.example>', "ada@XN--BCHER-KVA.example", "nobody"];
  expect(ask("facts.map((text) => domain.parseInvitee(text) ?? null)", pasted)).toEqual([
    { email: "ada@bücher.example", firstName: "Ada", lastName: "Lovelace" },
    { email: "ada@XN--BCHER-KVA.example" },
    null,
  ]);
  expect(ask("domain.sameAddress(facts[0], facts[1])", ["ada@bücher.example", pasted[1]])).toBe(true);
});
