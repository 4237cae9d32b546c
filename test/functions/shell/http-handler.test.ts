import { expect, test } from "vitest";
import * as z from "zod";
import { Problem } from "../../../functions/shell/problem.ts";
import { MAX_BODY_BYTES } from "../../../functions/shell/request-body.ts";
import { type Answer, implement, type Request, type Route, route } from "../../../functions/shell/route.ts";
import { TableBusy } from "../../../functions/table/transaction.ts";
import { caller, personWith } from "./caller.ts";

const ada = personWith("ada@example.com", { given_name: "Ada" });
const ORG = `org_${"0".repeat(26)}`;

const definition = {
  operationId: "demo",
  function: "role",
  summary: "",
  rules: [],
  answers: { 200: z.object({ seen: z.unknown().optional() }), 204: null },
} as const;

const putRoute = route({
  ...definition,
  method: "PUT",
  path: "/v1/organizations/{org}/demo",
  body: z.strictObject({
    name: z.string().max(5),
    people: z.array(z.strictObject({ email: z.string() })).optional(),
  }),
  refusals: ["stale"],
});
const unversionedRoute = route({ ...definition, method: "DELETE", path: "/v1/demo" });
const getRoute = route({
  ...definition,
  method: "GET",
  path: "/v1/demo",
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
});
const actRoute = route({
  ...definition,
  method: "POST",
  path: "/v1/demo",
  body: z.strictObject({}).optional(),
});
const openRoute = route({ ...definition, method: "POST", path: "/v1/open", access: "anonymous" });

const PUT = "PUT /v1/organizations/{org}/demo";

/** A function whose use case shows what it was given, or does what the test says. */
function setup(serve: (request: Request<Route>) => Promise<Answer> = show) {
  return caller([
    implement(putRoute, (request) => serve(request as unknown as Request<Route>)),
    implement(getRoute, (request) => serve(request as unknown as Request<Route>)),
    implement(actRoute, (request) => serve(request as unknown as Request<Route>)),
    implement(openRoute, (request) => serve(request as unknown as Request<Route>)),
    implement(unversionedRoute, (request) => serve(request as unknown as Request<Route>)),
  ]);
}

async function show({ body, query, params, person, ifMatch }: Request<Route>): Promise<Answer> {
  return { status: 200, body: { seen: { body, query, params, person, ifMatch } } };
}

const put = { as: ada, params: { org: ORG }, body: { name: "Acme" } };

test("a use case meets parsed values only", async () => {
  const { status, body } = await setup()(PUT, { ...put, headers: { "if-match": '"7"' } });
  expect(status).toBe(200);
  expect(body.seen).toMatchObject({ body: { name: "Acme" }, params: { org: ORG }, ifMatch: 7 });
  expect(body.seen.person).toEqual({
    userId: ada.userId,
    email: "ada@example.com",
    isEmailVerified: true,
    firstName: "Ada",
    hasSecondFactor: false,
  });
});

test("a route without a body answers a file as its bytes, of its own type", async () => {
  const bytes = new Uint8Array([0, 255, 137, 80]);
  const call = setup(async () => ({
    status: 204,
    headers: { "cache-control": "public" },
    file: { bytes, type: "image/png" },
  }));
  const answer = await call("GET /v1/demo", { as: ada });
  expect(answer.headers).toMatchObject({ "content-type": "image/png", "cache-control": "public" });
  expect(new Uint8Array(answer.body)).toEqual(bytes);
});

test("every answer carries its request's id and is not kept by caches", async () => {
  const call = setup();
  for (const answer of [await call(PUT, put), await call(PUT, { ...put, body: {} })]) {
    expect(answer.headers).toMatchObject({ "x-request-id": "request-1", "cache-control": "no-store" });
  }
});

test("a route that is not ours is 404", async () => {
  expect(await setup()("GET /v1/elsewhere", { as: ada })).toMatchObject({
    status: 404,
    headers: { "content-type": "application/problem+json" },
    body: { code: "not-found", status: 404, instance: "request-1", type: "urn:vestibule:problem:not-found" },
  });
});

test.each(["org_1", `chn_${"0".repeat(26)}`, `org_${"u".repeat(26)}`, "org_%00", `${ORG}\n`, "constructor"])(
  "%j cannot be an organization: 404 before anything is read",
  async (org) => {
    expect(await setup()(PUT, { ...put, params: { org } })).toMatchObject({
      status: 404,
      body: { code: "not-found" },
    });
  },
);

test.each([
  ["an unknown field", { name: "Acme", size: 1 }, "size"],
  [
    "an unknown field within",
    { name: "Acme", people: [{ email: "a" }, { email: "b", age: 1 }] },
    "people.1.age",
  ],
  ["a missing field", {}, "name"],
  ["a wrong type", { name: 7 }, "name"],
  ["a text too long", { name: "Acme!!" }, "name"],
  ["no object at all", [], ""],
  ["null", null, ""],
])("%s is a 400 that names it", async (_, body, path) => {
  const answer = await setup()(PUT, { ...put, body });
  expect(answer).toMatchObject({ status: 400, body: { code: "invalid-request" } });
  expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
});

test("__proto__ and constructor are fields like others: unknown", async () => {
  for (const name of ["__proto__", "constructor", "toString"]) {
    const answer = await setup()(PUT, { ...put, raw: `{"name":"Acme","${name}":{"isAdmin":true}}` });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ path: name, message: "Unknown field" }] },
    });
  }
  expect({}).not.toHaveProperty("isAdmin");
});

test.each([
  ["broken JSON", "{"],
  ["no body", ""],
  ["two values", "{} {}"],
  ["an invalid UTF-8 sequence, as the gateway hands it on", '{"name":"\uFFFD"}'],
])("%s is a 400", async (_, raw) => {
  const answer = await setup()(PUT, { ...put, raw, headers: { "content-type": "application/json" } });
  expect(answer).toMatchObject({ status: 400, body: { code: "malformed-json" } });
});

test("a body in base64 is decoded, and must be UTF-8", async () => {
  const send = async (bytes: Buffer) =>
    await setup()(PUT, { ...put, raw: bytes.toString("base64"), isBase64Encoded: true });
  expect((await send(Buffer.from('{"name":"Zoë"}'))).body.seen.body).toEqual({ name: "Zoë" });
  const invalid = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
  expect(await send(invalid)).toMatchObject({ status: 400, body: { code: "malformed-json" } });
});

test.each([undefined, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])(
  "a body sent as %s is 415",
  async (type) => {
    const headers = { "content-type": type ?? "" };
    expect(await setup()(PUT, { ...put, headers })).toMatchObject({
      status: 415,
      body: { code: "unsupported-media-type" },
    });
  },
);

test("a charset beside application/json is fine, in any case", async () => {
  const headers = { "content-type": "Application/JSON; charset=utf-8" };
  expect((await setup()(PUT, { ...put, headers })).status).toBe(200);
});

test("a body over the limit is 413, counted in bytes", async () => {
  const raw = JSON.stringify({ name: "é".repeat(MAX_BODY_BYTES / 2) });
  expect(await setup()(PUT, { ...put, raw })).toMatchObject({
    status: 413,
    body: { code: "body-too-large", limit: MAX_BODY_BYTES },
  });
});

test("an act without arguments may leave out its body", async () => {
  const call = setup();
  expect((await call("POST /v1/demo", { as: ada })).status).toBe(200);
  expect((await call("POST /v1/demo", { as: ada, body: {} })).status).toBe(200);
  expect((await call("POST /v1/demo", { as: ada, body: { a: 1 } })).status).toBe(400);
});

test.each([{ limit: "0" }, { limit: "201" }, { limit: "ten" }, { limit: "1.5" }, { colour: "red" }])(
  "the query %j is a 400",
  async (query) => {
    const answer = await setup()("GET /v1/demo", { as: ada, query });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: Object.keys(query)[0] }] } });
  },
);

test("a query that is left out has its defaults; on a route without one, any parameter is a 400", async () => {
  const call = setup();
  expect((await call("GET /v1/demo", { as: ada })).body.seen.query).toEqual({ limit: 50 });
  expect((await call(PUT, { ...put, query: { limit: "5" } })).status).toBe(400);
});

test("If-Match asks for a version; what is none can be no current one", async () => {
  const call = setup();
  const seen = async (value: string) => await call(PUT, { ...put, headers: { "if-match": value } });
  expect((await seen(' "12" ')).body.seen.ifMatch).toBe(12);
  expect((await seen("*")).body.seen.ifMatch).toBeUndefined();
  for (const value of ["12", 'W/"12"', '"abc"', '"1", "2"', ""]) {
    expect(await seen(value)).toMatchObject({ status: 412, body: { code: "stale" } });
  }
});

test("If-Match on what has no version is 412: nothing matches it", async () => {
  const call = setup();
  const seen = async (value: string) =>
    await call("DELETE /v1/demo", { as: ada, headers: { "if-match": value } });
  expect(await seen('"1"')).toMatchObject({ status: 412, body: { code: "stale" } });
  expect((await seen("*")).status).toBe(200);
});

test("a version becomes the ETag", async () => {
  const call = setup(async () => ({ status: 200, body: {}, version: 9 }));
  expect((await call(PUT, put)).headers).toMatchObject({ etag: '"9"', "content-type": "application/json" });
});

test("an answer shows what its schema says and nothing more", async () => {
  const call = setup(async () => ({ status: 200, body: { seen: 1, secretHashes: ["hash"] } }));
  expect((await call(PUT, put)).body).toEqual({ seen: 1 });
});

test("204 has no body", async () => {
  const answer = await setup(async () => ({ status: 204 }))(PUT, put);
  expect(answer).toMatchObject({ status: 204, body: undefined });
  expect(answer.headers).not.toHaveProperty("content-type");
});

test("a status that the route does not declare is a bug of ours", async () => {
  expect(await setup(async () => ({ status: 202 }))(PUT, put)).toMatchObject({ status: 500 });
});

test("a bug is a 500 that says nothing but the request's id", async () => {
  const call = setup(async () => {
    throw new Error("table workspace-prod not found at host 10.0.0.1");
  });
  const { status, body } = await call(PUT, put);
  expect(status).toBe(500);
  expect(body).toEqual({
    type: "urn:vestibule:problem:internal-error",
    title: "Internal error",
    status: 500,
    detail: "Something went wrong on our side.",
    instance: "request-1",
    code: "internal-error",
  });
});

test.each([
  new TableBusy(),
  Object.assign(new Error("slow down"), { name: "ThrottlingException" }),
  Object.assign(new Error("slow down"), { name: "ProvisionedThroughputExceededException" }),
  Object.assign(new Error("too slow"), { name: "TimeoutError" }),
])("a dependency that throttles is 503 with Retry-After: $name", async (error) => {
  const call = setup(async () => {
    throw error;
  });
  expect(await call(PUT, put)).toMatchObject({
    status: 503,
    headers: { "retry-after": "1" },
    body: { code: "busy" },
  });
});

test("SEAT-8 a refusal carries its rule and the data of the case, which cannot hide what it is", async () => {
  const call = setup(async () => {
    throw new Problem(409, "quota-exceeded", "No room.", {
      rule: "SEAT-2",
      data: { quota: "seats", limit: 3, used: 3, status: 200, code: "fine" },
    });
  });
  expect(await call(PUT, put)).toMatchObject({
    status: 409,
    body: { status: 409, code: "quota-exceeded", rule: "SEAT-2", quota: "seats", limit: 3, used: 3 },
  });
});

test("without verified claims it is 401; an anonymous route asks for none", async () => {
  const call = setup();
  expect(await call(PUT, { params: { org: ORG }, body: put.body })).toMatchObject({
    status: 401,
    body: { code: "unauthenticated" },
  });
  expect((await call("POST /v1/open")).body.seen.person).toBeUndefined();
});
