import { expect, test } from "vitest";
import * as z from "zod";
import { Problem } from "../../../functions/shell/problem.ts";
import {
  type Answer,
  implement,
  type Replay,
  type Request,
  type Route,
  route,
} from "../../../functions/shell/route.ts";
import type { Claim, IdempotencyStore, KeptAnswer } from "../../../functions/table/idempotency.ts";
import { TableBusy } from "../../../functions/table/transaction.ts";
import { caller, personWith } from "./caller.ts";

const ada = personWith("ada@example.com");
const eve = personWith("eve@example.com");

const createRoute = route({
  operationId: "create",
  method: "POST",
  path: "/v1/{org}/things",
  function: "organization",
  summary: "",
  rules: [],
  isIdempotent: true,
  body: z.strictObject({ name: z.string() }),
  answers: { 201: z.object({ id: z.string(), link: z.string().optional() }) },
});

type Kept = { bodyHash: string; suffix: string; isOver: boolean; answer?: KeptAnswer };

/** A store in memory, which keeps what the table would. */
function memoryStore() {
  const kept = new Map<string, Kept>();
  const idOf = ({ userId, keyHash }: { userId: string; keyHash: string }) => `${userId} ${keyHash}`;
  const change = (request: { userId: string; keyHash: string }, by: Partial<Kept>) => {
    const known = kept.get(idOf(request));
    if (known !== undefined) kept.set(idOf(request), { ...known, ...by });
  };
  const store: IdempotencyStore = {
    async claim(request): Promise<Claim> {
      const known = kept.get(idOf(request));
      if (known !== undefined && known.bodyHash !== request.bodyHash) return { kind: "other-body" };
      if (known?.answer !== undefined) return { kind: "known", suffix: known.suffix, ...known.answer };
      if (known !== undefined && !known.isOver) return { kind: "running" };
      const { bodyHash, suffix } = { ...request, ...known };
      kept.set(idOf(request), { bodyHash, suffix, isOver: false });
      return { kind: "ours", suffix };
    },
    async complete({ status, body, version, ...request }) {
      change(request, { answer: { status, body, version } });
    },
    async release(request) {
      kept.delete(idOf(request));
    },
    async yield(request) {
      change(request, { isOver: true });
    },
  };
  return { store, kept };
}

const one = `org_${"0".repeat(25)}1`;
const two = `org_${"0".repeat(25)}2`;

function setup(serve?: (count: number) => Answer, replay?: Replay) {
  const memory = memoryStore();
  const suffixes: (string | undefined)[] = [];
  const act = async (request: Request<Route>): Promise<Answer> => {
    suffixes.push(request.plannedSuffix);
    return serve?.(suffixes.length) ?? { status: 201, body: { id: `thing-${suffixes.length}` } };
  };
  const implementation = implement(
    createRoute,
    (request) => act(request as unknown as Request<Route>),
    replay,
  );
  const call = caller([implementation], memory.store);
  const post = async (change: { key?: string; name?: string; as?: typeof ada; org?: string } = {}) => {
    const { key = "key-1", name = "Acme", as = ada, org = one } = change;
    const headers = { "idempotency-key": key, "content-type": "application/json" };
    return await call("POST /v1/{org}/things", { as, params: { org }, headers, body: { name } });
  };
  return { ...memory, post, suffixes, call };
}

test("the same key and body get the stored answer, and the act is done once", async () => {
  const { post, suffixes } = setup();
  const first = await post();
  const second = await post();
  expect(second).toMatchObject({
    status: 201,
    body: first.body,
    headers: { "idempotency-replayed": "true" },
  });
  expect(first.headers).not.toHaveProperty("idempotency-replayed");
  expect(suffixes).toHaveLength(1);
});

test("another body under the same key is 422", async () => {
  const { post, suffixes } = setup();
  await post();
  expect(await post({ name: "Other" })).toMatchObject({
    status: 422,
    body: { code: "idempotency-key-reused" },
  });
  expect(suffixes).toHaveLength(1);
});

test("a key is a person's own, and belongs to one address of the API", async () => {
  const { post, suffixes } = setup();
  await post();
  expect((await post({ as: eve })).body).toEqual({ id: "thing-2" });
  expect((await post({ org: two })).body).toEqual({ id: "thing-3" });
  expect((await post({ key: "key-2" })).body).toEqual({ id: "thing-4" });
  expect(new Set(suffixes).size).toBe(4);
});

test("one that is still running is 409 with Retry-After", async () => {
  const { post, store } = setup();
  store.claim = async () => ({ kind: "running" });
  expect(await post()).toMatchObject({
    status: 409,
    headers: { "retry-after": "1" },
    body: { code: "idempotency-in-progress" },
  });
});

test("an answer that a repetition may better is not kept, and the repetition runs under the same planned id", async () => {
  const { post, suffixes } = setup((count) => ({
    status: 201,
    body: { id: `thing-${count}` },
    isFinal: count > 1,
  }));
  expect((await post()).body).toEqual({ id: "thing-1" });
  expect((await post()).body).toEqual({ id: "thing-2" });
  expect((await post()).headers).toHaveProperty("idempotency-replayed", "true");
  expect(suffixes).toHaveLength(2);
  expect(new Set(suffixes).size).toBe(1);
});

test("a refusal wrote nothing and is not kept", async () => {
  const { post, kept } = setup((count) => {
    if (count === 1) throw new Problem(409, "quota-exceeded", "No room.");
    return { status: 201, body: { id: "thing" } };
  });
  expect((await post()).status).toBe(409);
  expect(kept.size).toBe(0);
  expect((await post()).status).toBe(201);
});

test.each([new TableBusy(), new Problem(503, "busy", "Busy."), new Error("a bug")])(
  "after $name nobody knows what was written: a repetition goes on as the same request",
  async (error) => {
    const { post, suffixes } = setup((count) => {
      if (count === 1) throw error;
      return { status: 201, body: { id: "thing" } };
    });
    expect((await post()).status).toBeGreaterThanOrEqual(500);
    expect((await post()).status).toBe(201);
    expect(suffixes).toHaveLength(2);
    expect(suffixes[1]).toBe(suffixes[0]);
  },
);

test("INV-12 a refusal forgets nothing that a run before it may have written", async () => {
  const { post, suffixes } = setup((count) => {
    if (count === 1) throw new TableBusy();
    if (count === 2) throw new Problem(401, "reauthentication-required", "Sign in again.");
    return { status: 201, body: { id: "thing" } };
  });
  expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([503, 401, 201]);
  expect(new Set(suffixes).size).toBe(1);
});

test("INV-15 a kept answer is not told to somebody who may do it no more", async () => {
  let isAllowed = true;
  const { post, suffixes } = setup(undefined, {
    demand: async ({ person }) => {
      if (!isAllowed && person.userId === ada.userId) throw new Problem(404, "not-found", "Nothing here.");
    },
  });
  expect((await post()).status).toBe(201);
  expect((await post()).status).toBe(201);
  isAllowed = false;
  expect(await post()).toMatchObject({ status: 404, body: { code: "not-found" } });
  isAllowed = true;
  expect((await post()).headers).toHaveProperty("idempotency-replayed", "true");
  expect(suffixes).toHaveLength(1);
});

test("a claim that cannot be given back hides no refusal", async () => {
  const { post, store } = setup(() => {
    throw new Problem(409, "quota-exceeded", "No room.");
  });
  store.release = async () => {
    throw new Error("away");
  };
  expect(await post()).toMatchObject({ status: 409, body: { code: "quota-exceeded" } });
});

test("a kept answer has its ETag", async () => {
  const { post } = setup(() => ({ status: 201, body: { id: "thing" }, version: 3 }));
  await post();
  expect((await post()).headers).toMatchObject({ etag: '"3"', "idempotency-replayed": "true" });
});

test("one that is taken over goes on under the id that was planned", async () => {
  const { post, store, suffixes } = setup();
  store.claim = async () => ({ kind: "ours", suffix: "planned" });
  await post();
  expect(suffixes).toEqual(["planned"]);
});

test("an answer that could not be kept is answered all the same", async () => {
  const { post, store } = setup();
  store.complete = async () => {
    throw new Error("away");
  };
  expect((await post()).status).toBe(201);
});

test("without a key every request is one of its own", async () => {
  const { call, suffixes, kept } = setup();
  for (let count = 0; count < 2; count += 1) {
    await call("POST /v1/{org}/things", { as: ada, params: { org: one }, body: { name: "Acme" } });
  }
  expect(suffixes).toEqual([undefined, undefined]);
  expect(kept.size).toBe(0);
});

test.each(["", " ", "a b", "ü", "a".repeat(256), "a\n"])("%j is no key: 400", async (key) => {
  const { post, suffixes } = setup();
  expect(await post({ key })).toMatchObject({ status: 400, body: { errors: [{ path: "Idempotency-Key" }] } });
  expect(suffixes).toEqual([]);
});

test("INV-3 an answer with a secret is kept without it, and gets a new one when it is repeated", async () => {
  const ranUnder: string[] = [];
  const { post, kept, suffixes } = setup(
    () => ({ status: 201, body: { id: "thing", link: "https://page/invite#secret" } }),
    {
      store: () => ({ id: "thing" }),
      restore: async (body, suffix) => {
        ranUnder.push(suffix);
        return { ...z.object({ id: z.string() }).parse(body), link: "https://page/invite#another" };
      },
    },
  );
  expect((await post()).body.link).toBe("https://page/invite#secret");
  expect(JSON.stringify([...kept])).not.toContain("secret");
  expect((await post()).body.link).toBe("https://page/invite#another");
  // By it is found what the first run has left.
  expect(ranUnder).toEqual(suffixes);
});
