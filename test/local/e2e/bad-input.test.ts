import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { clientFrames } from "../../../functions/realtime/contract.ts";
import { ROUTES } from "../../../functions/routes.ts";
import type { ParameterName, Route } from "../../../functions/shell/route.ts";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect } from "../../support/live-connection.ts";
import {
  BROKEN_JSON,
  BROKEN_UTF8,
  type Mutation,
  mutationsOf,
  WRONG_JSON,
  withProto,
} from "../../support/mutations.ts";
import type { Person } from "../../support/person.ts";
import { expectProblem } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { type Answer, type RequestParts, sendPath } from "../../support/send.ts";
import { storedItems } from "../../support/stored-items.ts";
import { byTurns, sized } from "../../support/thorough.ts";
import {
  parametersOf,
  pathOf,
  ROUTES_WITH_BODY,
  type Settlement,
  settle,
  urlOf,
  VALID_BODIES,
} from "../../support/valid-requests.ts";
import { writtenBy } from "../../support/written.ts";

let stack: LocalStack;
let place: Settlement;
beforeAll(async () => {
  stack = await startLocalStack(E2E);
  place = await settle(stack, "bad-input");
  await quietStream(stack);
}, PATIENCE_MS);
afterAll(() => stack?.stop());

/** Generated input is the same in every run; another seed is a one-line change. */
const SEED = 20_261_122;
const AT_ONCE = 8;

/** Of the bodies that a schema refuses, each twentieth goes through gateway and Lambda: the same code then refuses it. */
const EVERY = sized(20, 1);

async function writesNothing(functionName: string, act: () => Promise<void>): Promise<void> {
  const before = writtenBy(stack, functionName);
  await act();
  expect(writtenBy(stack, functionName) - before).toBe(0);
}

/** For frames: connections that close write in the same function. */
async function changesNothing(act: () => Promise<void>): Promise<void> {
  const kept = async () =>
    [...(await storedItems(stack))].filter(([key]) => !/#LIVE \/ |#TICKETS/u.test(key));
  await quietStream(stack);
  const before = await kept();
  await act();
  expect(await kept()).toEqual(before);
}

async function inLanes<Job>(jobs: readonly Job[], run: (job: Job) => Promise<void>): Promise<void> {
  const queue = jobs.values();
  const work = async () => {
    for (const job of queue) await run(job);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function actorOf(route: Route): Person {
  return /^(?:accept|decline)(?:My)?Invitation$/u.test(route.operationId) ? place.invitee : place.founder;
}

const bodyOf = (route: Route): object => VALID_BODIES[route.operationId]?.(place.ids) ?? {};

const sendTo = (route: Route, parts: RequestParts) =>
  actorOf(route).send(route.method, pathOf(route, place.ids), parts);

/** Whether a problem's errors name the field that was touched, what it is in, or what is in it. */
function names(answer: Answer, path: string): boolean {
  const { errors = [] } = Object(answer.body) as { errors?: { path: string; message: string }[] };
  return errors.some(
    (error) =>
      error.message !== "" &&
      (error.path === path || error.path.startsWith(`${path}.`) || path.startsWith(`${error.path}.`)),
  );
}

/** A request for which there is nothing to be said in its favour: 4xx, as problem+json, and the field by name. */
function expectRefused(answer: Answer, what: string, path = ""): void {
  expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
  expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
  expectProblem(answer, answer.status);
  if (Object(answer.body).code === "invalid-request" && path !== "") {
    expect(names(answer, path), `${what} names ${path}: ${answer.text.slice(0, 300)}`).toBe(true);
  }
}

const named = (routes: readonly Route[]) =>
  routes.map((route) => [`${route.method} ${route.path}`, route] as const);

describe("bodies with something wrong in them: 4xx by name, nothing written", () => {
  test.each(named(ROUTES_WITH_BODY))("%s", async (_, route) => {
    const { body: schema } = route;
    const isWrong = ({ value }: Mutation) => !schema?.safeParse(JSON.parse(JSON.stringify(value))).success;
    const wrong = [...mutationsOf(bodyOf(route))].filter(isWrong);
    expect(wrong.length).toBeGreaterThan(10);
    // All of them are tried on the handlers themselves, in test/functions/every-route.
    const some = wrong.filter((_mutation, index) => index % EVERY === 0);
    await writesNothing(route.function, async () => {
      await inLanes(some, async ({ name, path, value }) => {
        const answer = await sendTo(route, { body: value });
        expectRefused(answer, name, path);
        expect([400, 413]).toContain(answer.status);
      });
    });
  });
});

describe("bodies that are no JSON object, no UTF-8, too large, or tamper with prototypes: 4xx, nothing written", () => {
  test.each(named(ROUTES_WITH_BODY))("%s", async (_, route) => {
    const valid = JSON.stringify(bodyOf(route));
    const bytes = (around: readonly number[]) =>
      new Uint8Array([...Buffer.from('{"text":"'), ...around, ...Buffer.from(`",${valid.slice(1)}`)]);
    const raws: (string | Uint8Array<ArrayBuffer>)[] = [
      ...BROKEN_JSON,
      ...WRONG_JSON,
      ...BROKEN_UTF8.map(bytes),
      withProto(bodyOf(route)),
      withProto({ ...bodyOf(route), surprise: 1 }),
      valid + " ".repeat(1024 * 1024),
      `{"surprise":"${"x".repeat(1024 * 1024)}"}`,
      ...(route.body?.safeParse(undefined).success ? [] : [""]),
    ];
    const headers = { "content-type": "application/json" };
    await writesNothing(route.function, async () => {
      await inLanes(raws, async (raw) => {
        const answer = await sendTo(route, { raw, headers });
        expectRefused(answer, `${String(raw).slice(0, 40)} (${raw.length})`);
        expect([400, 413]).toContain(answer.status);
        if (raw.length >= 1024 * 1024) expect(answer.status).toBe(413);
      });
    });
  });

  test("more than Lambda takes: 413 by the gateway", async () => {
    const answer = await place.founder.send("POST", "/v1/organizations", {
      raw: JSON.stringify({ name: "x".repeat(7 * 1024 * 1024) }),
    });
    expect(answer.status).toBe(413);
  });
});

describe("any other JSON: 4xx, nothing written", () => {
  test.each(named(ROUTES_WITH_BODY))("%s", async (_, route) => {
    const fields = Object.keys(bodyOf(route));
    const anyBody = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.dictionary(fc.constantFrom(...fields, "other", "__proto__"), fc.jsonValue({ maxDepth: 2 })),
    );
    const bodies = fc.sample(anyBody, { seed: SEED, numRuns: 30 });
    const wrong = bodies.filter((body) => !route.body?.safeParse(JSON.parse(JSON.stringify(body))).success);
    expect(wrong.length).toBeGreaterThan(15);
    const some = wrong.filter((_body, index) => index % EVERY === 0);
    await writesNothing(route.function, async () => {
      await inLanes(some, async (body) => {
        expectRefused(await sendTo(route, { body }), JSON.stringify(body));
      });
    });
  });
});

/** Texts that are fine as texts, and that a careless program stumbles over. */
const ODD_TEXTS = [
  "a\u0000b",
  "\u202Eevil",
  "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}",
  "é".normalize("NFD").repeat(40),
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "%00%0a",
  "'; DROP TABLE users; --",
  "O#org_1#MEMBERS",
  "a\r\nBcc: x@example.com",
  "<script>alert(1)</script>",
  `$\{jndi:ldap://x}`,
  "{{7*7}}",
  " ",
  "\t\n",
  "\u2028",
  "x".repeat(100),
  "\u{1F600}".repeat(64),
];

/** A value with every text in it replaced. */
function withText(value: unknown, text: string): unknown {
  if (typeof value === "string") return text;
  if (Array.isArray(value)) return value.map((item) => withText(item, text));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withText(inner, text)]));
}

describe("odd texts: served or refused, never a 5xx", () => {
  /** What is served changes it, so that the other tests have one of their own. */
  let odd: Promise<Settlement> | undefined;
  test.each(named(ROUTES_WITH_BODY))("%s", async (_, route) => {
    const fields = Object.keys(bodyOf(route)).filter((name) => {
      const value = withText(Object(bodyOf(route))[name], "odd");
      const isText = JSON.stringify(value).includes("odd");
      return isText && route.body?.safeParse({ ...bodyOf(route), [name]: value }).success;
    });
    // Fields that are wrong with any text but their own are tested above.
    if (fields.length === 0) return;
    odd ??= settle(stack, "odd");
    const { founder, ids } = await odd;
    const valid = VALID_BODIES[route.operationId]?.(ids) ?? {};
    const bodies = fields.flatMap((name, position) =>
      byTurns(ODD_TEXTS, position + ROUTES.indexOf(route)).map((text) => ({
        ...valid,
        [name]: withText(Object(valid)[name], text),
      })),
    );
    // One after the other: at once, changes of one record would keep each other from being written.
    for (const body of bodies) {
      const answer = await founder.send(route.method, pathOf(route, ids), { body });
      expect(answer.status, JSON.stringify(body)).toBeLessThan(500);
      if (answer.status >= 400) expectProblem(answer, answer.status);
    }
  });
});

const ODD_IDS = [
  "x",
  "%00",
  "%2e%2e",
  "%2F",
  "%FF%FE",
  "%E0%80%AF",
  "org_",
  "usr_0123456789abcdefghjkmnpqrsILOU",
  `org_${"0".repeat(27)}`,
  `ORG_${"0".repeat(26)}`,
  "O%23org_1%23MEMBERS",
  "*",
  "null",
  "-1",
  "0",
  "1e3",
  "1.5",
  "0x10",
  "9999999999999",
  "%F0%9F%98%80",
  "a%0d%0ab",
  "x".repeat(3000),
];

/** A path may be refused by the gateway itself, whose words are its own. */
function expectNowhere(answer: Answer, what: string): void {
  if (answer.headers.has("x-request-id")) {
    expectProblem(answer, 404);
  } else {
    expect([400, 404, 414, 431], what).toContain(answer.status);
    expect(answer.body).toEqual({ message: expect.any(String) });
  }
}

describe("ids that are none: 404, nothing written", () => {
  const withParameters = ROUTES.filter((route) => parametersOf(route).length > 0);
  test.each(named(withParameters))("%s", async (_, route) => {
    // An emoji is no id: it is said what is wrong with it (400 emoji-invalid).
    const ids = parametersOf(route).filter((name) => name !== "emoji");
    const cases = ids.flatMap((name, position) =>
      byTurns(ODD_IDS, position + ROUTES.indexOf(route)).map((odd) => [name, odd] as const),
    );
    const wellFormed: Partial<Record<ParameterName, RegExp>> = { seq: /^[1-9]\d*$/u };
    const token = await actorOf(route).token();
    await writesNothing(route.function, async () => {
      await inLanes(cases, async ([name, odd]) => {
        if (wellFormed[name]?.test(odd) && odd.length <= 12) return;
        const path = pathOf(route, { ...place.ids, [name]: "ODD" }).replace("ODD", odd);
        const body = VALID_BODIES[route.operationId]?.(place.ids);
        const answer = await sendPath(stack, route.method, path, { token, body });
        expectNowhere(answer, `${name} = ${odd}`);
      });
    });
  });

  test("MSG-9 an emoji that is none: 400, or 404 where the gateway does not even find the path; nothing written", async () => {
    const token = await place.founder.token();
    const { org, chn, seq } = place.ids;
    const at = `/v1/organizations/${org}/channels/${chn}/messages/${seq}/reactions`;
    const isEmoji = new Set(["%F0%9F%98%80"]);
    await writesNothing("message", async () => {
      for (const odd of ODD_IDS.filter((each) => !isEmoji.has(each))) {
        const answer = await sendPath(stack, "PUT", `${at}/${odd}`, { token });
        if (Object(answer.body).code === "emoji-invalid") expectProblem(answer, 400);
        else expectNowhere(answer, odd);
      }
    });
  });

  test("paths that are none", async () => {
    const token = await place.founder.token();
    for (const path of [
      "/",
      "/v1",
      "/v2/organizations",
      "/v1/organizations/",
      "//v1/organizations",
      "/v1/organizations/..",
      `/v1/organizations/${place.ids.org}/members/`,
      `/v1/organizations/${place.ids.org}/nothing`,
      `/v1/organizations/${place.ids.org}/channels/${place.ids.chn}/messages/1/pin`,
    ]) {
      if (path === "/") continue;
      expectNowhere(await sendPath(stack, "GET", path, { token }), path);
    }
    for (const method of ["DELETE", "TRACE", "OPTIONS", "PROPFIND"]) {
      expectNowhere(await sendPath(stack, method, "/v1/organizations", { token }), method);
    }
  });
});

const ODD_VALUES = [
  "",
  "abc",
  "-1",
  "0",
  "1.5",
  "201",
  "1e9",
  "99999999999999999999",
  "null",
  "[]",
  "{}",
  "NaN",
  "0x5",
  "x".repeat(3000),
];

describe("queries with something wrong in them: 400 by name, nothing written", () => {
  const queried = ROUTES.filter(({ function: of }) => of !== "page");
  test.each(named(queried))("%s", async (_, route) => {
    const at = (query: string) =>
      actorOf(route).send(route.method, `${pathOf(route, place.ids)}?${query}`, {
        ...(VALID_BODIES[route.operationId] === undefined ? {} : { body: bodyOf(route) }),
      });
    const schema = route.query ?? z.strictObject({});
    const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as {
      properties?: Record<string, unknown>;
    };
    const cases: [string, string][] = [
      ...["surprise", "__proto__", "constructor"].map((name): [string, string] => [name, "1"]),
      ...Object.keys(properties).flatMap((name, position) =>
        byTurns(ODD_VALUES, position + ROUTES.indexOf(route)).map((odd): [string, string] => [name, odd]),
      ),
      ...Object.keys(properties).map((name): [string, string] => [name, `1&${name}=2`]),
    ];
    await writesNothing(route.function, async () => {
      for (const [name, odd] of cases) {
        const given = new URLSearchParams(`${name}=`);
        given.set(name, odd);
        const isRepeated = odd.includes("&");
        const parsed = schema.safeParse(Object.fromEntries([[name, isRepeated ? "1,2" : odd]]));
        // What stands for itself, such as an address that nobody has, is a filter like any other.
        if (parsed.success && name !== "cursor") continue;
        const answer = await at(isRepeated ? `${name}=${odd}` : String(given));
        expectProblem(answer, 400);
        if (name !== "cursor")
          expect(names(answer, name), `${name}=${odd.slice(0, 20)} ${answer.text}`).toBe(true);
      }
    });
  });
});

const ODD_VERSIONS = [
  "x",
  '""',
  'W/"1"',
  '"-1"',
  '"1e3"',
  '"1.0"',
  '"1", "2"',
  "1",
  '"999999"',
  `"${"9".repeat(400)}"`,
  '"0"',
];

describe("If-Match that fits no version: 412, nothing written", () => {
  const versioned = ROUTES.filter(({ method }) => ["PUT", "PATCH", "DELETE"].includes(method));
  test.each(named(versioned))("%s", async (_, route) => {
    await writesNothing(route.function, async () => {
      for (const version of ODD_VERSIONS) {
        const body = VALID_BODIES[route.operationId] === undefined ? {} : { body: bodyOf(route) };
        const parts = { ...body, headers: { "if-match": version } };
        const answer = await actorOf(route).send(route.method, urlOf(route, place.ids), parts);
        expectProblem(answer, 412, "stale");
      }
    });
  });
});

describe("Idempotency-Key that is none: 400 by name, nothing written", () => {
  test.each(named(ROUTES.filter(({ isIdempotent }) => isIdempotent)))("%s", async (_, route) => {
    await writesNothing(route.function, async () => {
      for (const key of ["", " ", "a b", "x".repeat(256), "é"]) {
        const answer = await sendTo(route, { body: bodyOf(route), headers: { "idempotency-key": key } });
        expectProblem(answer, 400, "invalid-request");
        expect(names(answer, "Idempotency-Key")).toBe(true);
      }
    });
  });
});

describe("415 for what is no JSON, nothing written", () => {
  test.each(named(ROUTES_WITH_BODY))("%s", async (_, route) => {
    const types = [
      "text/plain",
      "application/xml",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonx",
      "image/png",
      "*/*",
      "",
    ];
    const raw = new Uint8Array(Buffer.from(JSON.stringify(bodyOf(route))));
    await writesNothing(route.function, async () => {
      for (const type of types) {
        const answer = await sendTo(route, { raw, headers: { "content-type": type } });
        expectProblem(answer, 415, "unsupported-media-type");
      }
    });
  });
});

describe("frames with something wrong in them: answered by name, never fatal, nothing written", () => {
  test("texts that are no frame", async () => {
    const connection = await connect(place.founder, place.ids.org);
    const frames = [
      ...BROKEN_JSON.map((text) => text.slice(0, 20_000)),
      ...WRONG_JSON.map((text) => text.slice(0, 20_000)),
      "{}",
      '{"action":null}',
      '{"action":5}',
      '{"action":{}}',
      '{"action":"nothing"}',
      '{"action":"__proto__"}',
      '{"action":"constructor"}',
      '{"action":"toString"}',
      '{"action":"$connect"}',
      '{"action":"$disconnect"}',
      '{"action":"$default"}',
      '{"action":"POST"}',
      '{"__proto__":{"action":"post"}}',
    ];
    await changesNothing(async () => {
      for (const frame of frames) {
        const reply = await connection.replyTo(frame);
        expect(reply, frame.slice(0, 60)).toMatchObject({ ok: false, problem: { status: 400 } });
        expect(["malformed-frame", "unknown-action"]).toContain(reply.problem?.code);
      }
    });
    expect(await connection.ask("ping")).toMatchObject({ ok: true });
    await connection.close();
  });

  const valid = () => ({
    post: { action: "post", id: "1", channelId: place.ids.chn, text: "A message", nonce: "n" },
    read: { action: "read", id: "1", channelId: place.ids.chn, seq: 1 },
    resume: {
      action: "resume",
      id: "1",
      channels: { [place.ids.chn]: 0 },
      since: "2026-11-22T00:00:00.000Z",
    },
    look: { action: "look", id: "1", channelId: place.ids.chn },
    typing: { action: "typing", id: "1", channelId: place.ids.chn },
    status: {
      action: "status",
      id: "1",
      watch: [place.ids.member],
      presence: "dnd",
      custom: { emoji: "🌴", text: "On holiday", until: "2099-12-31T00:00:00.000Z" },
      until: "2099-12-31T00:00:00.000Z",
    },
    command: {
      action: "command",
      id: "1",
      channelId: place.ids.chn,
      text: "/away",
      nonce: "n",
      utcOffsetMinutes: 60,
    },
  });
  const FRAMES = ["post", "read", "resume", "look", "typing", "status", "command"] as const;

  test("every frame has a valid one here", () => {
    expect([...FRAMES].sort()).toEqual(Object.keys(clientFrames).sort());
    for (const action of FRAMES)
      expect(clientFrames[action].safeParse(valid()[action]), action).toMatchObject({ success: true });
  });

  test.each(FRAMES)("%s", async (action) => {
    const connection = await connect(place.founder, place.ids.org);
    const schema = clientFrames[action];
    const wrong = [...mutationsOf(valid()[action])].filter(
      ({ path, value }) =>
        path !== "" &&
        path !== "action" &&
        JSON.stringify(value).length < 30_000 &&
        !schema.safeParse(JSON.parse(JSON.stringify(value))).success,
    );
    expect(wrong.length).toBeGreaterThan(20);
    await changesNothing(async () => {
      for (const { name, path, value } of wrong) {
        const reply = await connection.replyTo(JSON.stringify(value));
        expect(reply, name).toMatchObject({ ok: false, problem: { status: 400, code: "invalid-request" } });
        const { errors } = reply.problem as unknown as { errors: { path: string }[] };
        const isNamed = errors.some(
          (error) =>
            error.path === path || error.path.startsWith(`${path}.`) || path.startsWith(`${error.path}.`),
        );
        expect(isNamed, `${name}: ${JSON.stringify(errors)}`).toBe(true);
        if (!path.startsWith("id")) expect(reply.id, name).toBe("1");
      }
      const proto = await connection.replyTo(withProto(valid()[action]));
      expect(proto).toMatchObject({ ok: false, problem: { status: 400 } });
    });
    expect(await connection.ask("ping")).toMatchObject({ ok: true });
    await connection.close();
  });

  test("any other JSON", async () => {
    const connection = await connect(place.founder, place.ids.org);
    const anyFrame = fc.record(
      {
        action: fc.constantFrom(
          "post",
          "read",
          "resume",
          "look",
          "typing",
          "status",
          "command",
          "other",
          1,
          null,
        ),
        id: fc.jsonValue({ maxDepth: 1 }),
        channelId: fc.jsonValue({ maxDepth: 1 }),
        text: fc.jsonValue({ maxDepth: 1 }),
        nonce: fc.jsonValue({ maxDepth: 1 }),
        seq: fc.jsonValue({ maxDepth: 1 }),
        channels: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: [] },
    );
    await changesNothing(async () => {
      for (const frame of fc.sample(anyFrame, { seed: SEED, numRuns: 100 })) {
        const reply = await connection.replyTo(JSON.stringify(frame));
        expect(reply.type).toBe("reply");
        if (!reply.ok) expect(reply.problem?.status, JSON.stringify(frame)).toBeLessThan(500);
      }
    });
    await connection.close();
  });

  test("what the gateway takes no frames of, binary and beyond 32 KB, ends that connection alone", async () => {
    const bystander = await connect(place.member, place.ids.org);
    for (const [data, code] of [
      [new Uint8Array([0, 1, 2]), 1003],
      [JSON.stringify({ action: "post", text: "x".repeat(33 * 1024) }), 1009],
    ] as const) {
      const connection = await connect(place.founder, place.ids.org);
      connection.sendRaw(data);
      expect(await connection.closed).toBe(code);
    }
    const next = await connect(place.founder, place.ids.org);
    expect(await next.ask("ping")).toMatchObject({ ok: true });
    expect(await bystander.ask("ping")).toMatchObject({ ok: true });
    await Promise.all([next.close(), bystander.close()]);
  });
});
