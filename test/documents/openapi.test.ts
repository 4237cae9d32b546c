import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod";
import { openApiDocument } from "../../functions/documents/openapi.ts";

const parameter = z.object({ name: z.string(), in: z.string() });
const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  "x-function": z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(parameter).optional(),
  responses: z.record(z.string(), z.unknown()),
});

const document = openApiDocument();
const { paths, security } = z
  .looseObject({
    paths: z.record(z.string(), z.record(z.string(), operation)),
    security: z.array(z.unknown()),
  })
  .parse(document);

const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, found]) => ({
    name: `${method.toUpperCase()} ${path}`,
    path,
    ...found,
  })),
);

/** api.md, Conventions: what is open to everybody. */
const ANONYMOUS = [
  "POST /v1/invitations/preview",
  "GET /v1/health",
  "GET /v1/openapi.json",
  "GET /v1/asyncapi.json",
  "GET /invite",
  "GET /invite/{file}",
  "GET /brand/{org}/{file}",
  "GET /people",
  "GET /people/{file}",
  "GET /chat",
  "GET /chat/{file}",
];

test("no two operations have one id", () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids.length).toBeGreaterThan(30);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(operations)("$name names its function, its parameters and its answers", (found) => {
  expect(existsSync(`functions/${found["x-function"]}/handler.ts`)).toBe(true);
  const inPath = (found.parameters ?? []).filter((one) => one.in === "path").map(({ name }) => name);
  expect(inPath).toEqual([...found.path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name));
  expect(Object.keys(found.responses)).toContain("default");
  expect(Object.keys(found.responses).some((status) => /^2\d\d$/u.test(status))).toBe(true);
});

test("only what is open to everybody needs no token", () => {
  const open = operations.filter((found) => (found.security ?? security).length === 0);
  expect(open.map(({ name }) => name).sort()).toEqual([...ANONYMOUS].sort());
});

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : referencesIn(inner),
  );
}

function resolve(reference: string): unknown {
  return reference
    .replace("#/", "")
    .split("/")
    .reduce<unknown>((value, key) => Reflect.get(Object(value), key), document);
}

test("every reference leads somewhere", () => {
  const references = referencesIn(document);
  expect(references.length).toBeGreaterThan(0);
  expect(
    references.filter((reference) => !reference.startsWith("#/") || resolve(reference) === undefined),
  ).toEqual([]);
  expect(resolve("#/components/schemas/Nothing")).toBeUndefined();
});
