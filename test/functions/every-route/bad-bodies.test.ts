import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ROUTES } from "../../../functions/routes.ts";
import type { Route } from "../../../functions/shell/route.ts";
import type { Table } from "../../../functions/table/table.ts";
import { everyUseCase } from "../../support/every-use-case.ts";
import { mutationsOf } from "../../support/mutations.ts";
import { type Ids, parametersOf, ROUTES_WITH_BODY, VALID_BODIES } from "../../support/valid-requests.ts";
import { type Answered, type Call, caller, personWith } from "../shell/caller.ts";

/** Not even read before the request is understood. */
const untouched: Table = {
  name: "table",
  client: { send: () => Promise.reject(new Error("the table was asked")) },
};

const call = caller(everyUseCase(untouched));
const SOMEBODY = personWith("somebody@example.com");
const id = (prefix: string) => `${prefix}_${"0".repeat(26)}`;

const IDS: Ids = {
  ...{ org: id("org"), user: id("usr"), inv: id("inv"), chn: id("chn"), grp: id("grp"), adr: id("adr") },
  ...{ call: id("call"), seq: "7", file: "file.css", secret: "secret", member: id("usr"), guest: id("usr") },
  ...{ general: id("chn"), channel: id("chn"), attached: id("chn"), pending: id("inv") },
  ...{ shareInvitation: id("inv"), logo: "file.png", emoji: ":wave:" },
};

const bodyOf = (route: Route): object => VALID_BODIES[route.operationId]?.(IDS) ?? {};
const named = (routes: readonly Route[]) =>
  routes.map((route) => [`${route.method} ${route.path}`, route] as const);

async function ask(route: Route, parts: Call): Promise<Answered> {
  const params = Object.fromEntries(parametersOf(route).map((name) => [name, IDS[name]]));
  return await call(`${route.method} ${route.path}`, { as: SOMEBODY, params, ...parts });
}

/** Whether a problem's errors name the field that was touched, what it is in, or what is in it. */
function names({ body }: Answered, path: string): boolean {
  const errors: { path: string; message: string }[] = body?.errors ?? [];
  return errors.some(
    (error) =>
      error.message !== "" &&
      (error.path === path || error.path.startsWith(`${path}.`) || path.startsWith(`${error.path}.`)),
  );
}

const isWrongFor =
  ({ body: schema }: Route) =>
  (value: unknown): boolean =>
    !schema?.safeParse(JSON.parse(JSON.stringify(value))).success;

describe("bodies with something wrong in them: 400 by name, the table is not even asked", () => {
  test.each(named(ROUTES_WITH_BODY))("%s", async (_, route) => {
    const isWrong = isWrongFor(route);
    const wrong = [...mutationsOf(bodyOf(route))].filter(({ value }) => isWrong(value));
    expect(wrong.length).toBeGreaterThan(10);
    for (const { name, path, value } of wrong) {
      const answer = await ask(route, { body: value });
      expect(answer, name).toMatchObject({ status: 400, body: { code: "invalid-request" } });
      if (path !== "") expect(names(answer, path), `${name} names ${path}`).toBe(true);
    }
  });
});

/** Generated input is the same in every run; another seed is a one-line change. */
const SEED = 20_261_122;

describe("any other JSON: 400, the table is not even asked", () => {
  test.each(named(ROUTES_WITH_BODY))("%s", async (_, route) => {
    const fields = Object.keys(bodyOf(route));
    const anyBody = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.dictionary(fc.constantFrom(...fields, "other", "__proto__"), fc.jsonValue({ maxDepth: 2 })),
    );
    const wrong = fc.sample(anyBody, { seed: SEED, numRuns: 60 }).filter(isWrongFor(route));
    expect(wrong.length).toBeGreaterThan(30);
    for (const body of wrong) {
      expect(await ask(route, { body }), JSON.stringify(body)).toMatchObject({ status: 400 });
    }
  });
});

test("every route but the pages' is here", () => {
  const served = everyUseCase(untouched).map(({ route }) => route.operationId);
  const asked = ROUTES.filter((route) => route.function !== "page").map(({ operationId }) => operationId);
  expect(served.sort()).toEqual(asked.sort());
});
