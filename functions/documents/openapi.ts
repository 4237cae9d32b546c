import * as z from "zod";
import { ROUTES } from "../routes.ts";
import type { Route } from "../shell/route.ts";

type Json = Record<string, unknown>;

const PROBLEM_REF = { $ref: "#/components/schemas/Problem" };

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
}

function parametersOf(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/\{([a-z]+)\}/gu)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  if (route.query === undefined) return inPath;
  const query = schemaOf(route.query, "output");
  const properties = z.record(z.string(), z.record(z.string(), z.unknown())).parse(query["properties"] ?? {});
  return [
    ...inPath,
    ...Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema })),
  ];
}

function headerParameters({ method, path, isIdempotent }: Route): Json[] {
  const headers: Json[] = [];
  const header = (name: string, description: string) =>
    headers.push({ name, in: "header", required: false, description, schema: { type: "string" } });
  if (isIdempotent) header("Idempotency-Key", "Same key and body: the stored answer, for 24 hours.");
  const isVersioned =
    path.includes("{org}") && (method === "PATCH" || method === "PUT" || method === "DELETE");
  if (isVersioned) header("If-Match", "The ETag that was read; 412 if it is no longer the current one.");
  return headers;
}

function answersOf(route: Route): Json {
  const answers: Json = {};
  for (const [status, schema] of Object.entries(route.answers)) {
    answers[status] =
      schema === null
        ? { description: "Done" }
        : {
            description: "Done",
            content: { "application/json": { schema: schemaOf(schema, "output") } },
          };
  }
  const refusals = route.refusals.length === 0 ? "" : `; codes of this route: ${route.refusals.join(", ")}`;
  answers["default"] = {
    description: `A problem${refusals}`,
    content: { "application/problem+json": { schema: PROBLEM_REF } },
  };
  return answers;
}

function operationOf(route: Route): Json {
  const parameters = [...parametersOf(route), ...headerParameters(route)];
  const rules = route.rules.length === 0 ? {} : { "x-rules": route.rules };
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.function],
    "x-function": route.function,
    ...rules,
    ...(route.access === "anonymous" ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: { "application/json": { schema: schemaOf(route.body, "input") } },
          },
        }),
    responses: answersOf(route),
  };
}

function pathsOf(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return paths;
}

const problemSchema = {
  type: "object",
  description: "RFC 9457; `code` is stable, `rule` names the product rule that decided.",
  required: ["type", "title", "status", "detail", "instance", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    instance: { type: "string", description: "The request's id" },
    code: { type: "string" },
    rule: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["path", "message"],
        properties: { path: { type: "string" }, message: { type: "string" } },
      },
    },
  },
};

/** The public HTTP contract as OpenAPI 3.1, derived from the routes that the functions themselves serve. */
export function openApiDocument(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Vestibule",
      version: "1",
      description: "Who may come into a team workspace, on what terms, and what they may do once inside.",
    },
    security: [{ oidc: [] }],
    paths: pathsOf(ROUTES),
    components: {
      securitySchemes: {
        oidc: { type: "http", scheme: "bearer", bearerFormat: "JWT (ID token)" },
      },
      schemas: { Problem: problemSchema },
    },
  };
}
