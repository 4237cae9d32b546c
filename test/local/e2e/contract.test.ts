import type { Page } from "@vestibule/client/types";
import { beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "../../../functions/routes.ts";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { countersEqualLists } from "../../support/counters.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { everyPage } from "../../support/every-page.ts";
import { accept, inviteAllByLink, inviteByLink, newOrganization } from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { expectProblem } from "../../support/problem.ts";
import { type Answer, send } from "../../support/send.ts";
import { advance, DAY_SECONDS, setFaults } from "../../support/stack-control.ts";
import { storedItems } from "../../support/stored-items.ts";
import { parametersOf, pathOf, settle } from "../../support/valid-requests.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
beforeAll(async () => {
  stack = await sharedStack();
}, PATIENCE_MS);

const idOf = (answer: Answer): string => Object(answer.body).id;
const namedLimit = { body: { errors: [{ path: "limit" }] } };

describe("documents and pages", () => {
  test("GET /v1/health", async () => {
    const answer = await send(stack, "GET", "/v1/health");
    expect(answer).toMatchObject({ status: 200, body: { status: "ok", version: expect.any(String) } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-request-id")).toBeTruthy();
  });

  test("GET /v1/openapi.json names every route, and no other", async () => {
    const { body } = await send(stack, "GET", "/v1/openapi.json");
    const { paths } = body as { paths: Record<string, Record<string, unknown>> };
    const published = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(published.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test("GET /v1/asyncapi.json is a document with channels", async () => {
    const { status, body } = await send(stack, "GET", "/v1/asyncapi.json");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      asyncapi: expect.stringMatching(/^3\./u),
      info: { title: expect.stringContaining("Vestibule") },
    });
  });

  test("INV-4 the invitation page loads nothing from elsewhere and names no secret to anybody", async () => {
    const { status, text, headers } = await send(stack, "GET", "/invite");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("text/html");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval)/u);
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    for (const [, file = ""] of text.matchAll(/(?:src|href)="(\/invite\/[^"]+)"/gu)) {
      expect((await send(stack, "GET", file)).status).toBe(200);
    }
  });
});

describe("bodies", () => {
  test("application/json with a charset is understood, application/json is answered", async () => {
    const founder = await person(stack, "founder");
    for (const type of [
      "application/json; charset=utf-8",
      "Application/JSON",
      "application/json;charset=UTF-8",
    ]) {
      const answer = await founder.send("POST", "/v1/organizations", {
        body: { name: "Charset Ltd" },
        headers: { "content-type": type },
      });
      expect(answer.status).toBe(201);
      expect(answer.headers.get("content-type")).toBe("application/json");
    }
  });
});

describe("ETag and If-Match", () => {
  async function versioned() {
    const { founder, member, ids } = await settle(stack, "versioned");
    const at = `/v1/organizations/${ids.org}`;
    return { founder, member, at, user: ids.user, inv: ids.inv, chn: ids.chn };
  }
  const etagOf = async (who: Person, path: string) => (await who.send("GET", path)).headers.get("etag") ?? "";

  test("are on organization, member, invitation and channel", async () => {
    const { founder, at, user, inv, chn } = await versioned();
    for (const path of [at, `${at}/members/${user}`, `${at}/invitations/${inv}`, `${at}/channels/${chn}`]) {
      expect(await etagOf(founder, path), path).toMatch(/^"\d+"$/u);
    }
  });

  test("the version that was read may be changed, once", async () => {
    const { founder, at, user } = await versioned();
    const changes = [
      { path: at, method: "PATCH", on: at, body: { name: "New Name" } },
      {
        path: `${at}/members/${user}`,
        method: "PUT",
        on: `${at}/members/${user}/org-role`,
        body: { role: "administrator" },
      },
      {
        path: `${at}/members/${user}`,
        method: "PUT",
        on: `${at}/members/${user}/chat-role`,
        body: { role: "admin" },
      },
    ];
    for (const { path, method, on, body } of changes) {
      const read = await etagOf(founder, path);
      const first = await founder.send(method, on, { body, headers: { "if-match": read } });
      expect(first.status).toBe(200);
      expect(first.headers.get("etag")).toBe(await etagOf(founder, path));
      expect(first.headers.get("etag")).not.toBe(read);
      expectProblem(await founder.send(method, on, { body, headers: { "if-match": read } }), 412, "stale");
    }
    const any = await founder.send("PATCH", at, { body: { name: "Any" }, headers: { "if-match": "*" } });
    expect(any.status).toBe(200);
  });

  test("a stale DELETE deletes nothing", async () => {
    const { founder, at, user, inv } = await versioned();
    for (const path of [`${at}/members/${user}`, `${at}/invitations/${inv}`]) {
      expectProblem(await founder.send("DELETE", path, { headers: { "if-match": '"99"' } }), 412, "stale");
      const read = await etagOf(founder, path);
      expect((await founder.send("DELETE", path, { headers: { "if-match": read } })).status).toBe(204);
    }
  });

  test("of ten changes of one version at once, one is made", async () => {
    const { founder, at } = await versioned();
    const read = await etagOf(founder, at);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        founder.send("PATCH", at, { body: { name: `Name ${index}` }, headers: { "if-match": read } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(9);
    const [made] = answers.filter(({ status }) => status === 200);
    expect(await founder.send("GET", at)).toMatchObject({ body: made?.body });
  });
});

describe("Idempotency-Key", () => {
  const create = (who: Person, key: string, name: string) =>
    who.send("POST", "/v1/organizations", { body: { name }, headers: { "idempotency-key": key } });

  test("the same key and body: the stored answer; another body: 422; another person: their own", async () => {
    const founder = await person(stack, "founder");
    const first = await create(founder, "key-1", "Once Ltd");
    expect(first.status).toBe(201);
    const again = await create(founder, "key-1", "Once Ltd");
    expect(again).toMatchObject({ status: 201, body: first.body });
    expectProblem(await create(founder, "key-1", "Twice Ltd"), 422, "idempotency-key-reused");
    expect(idOf(await create(founder, "key-2", "Once Ltd"))).not.toBe(idOf(first));
    const other = await person(stack, "other");
    expect(idOf(await create(other, "key-1", "Once Ltd"))).not.toBe(idOf(first));
    expect((await founder.client.listMyOrganizations()).items).toHaveLength(2);
  });

  test("an answer is kept for a day", async () => {
    const founder = await person(stack, "founder");
    const first = await create(founder, "daily", "Daily Ltd");
    await advance(stack, DAY_SECONDS - 60);
    expect(idOf(await create(founder, "daily", "Daily Ltd"))).toBe(idOf(first));
    await advance(stack, 120);
    expect(idOf(await create(founder, "daily", "Daily Ltd"))).not.toBe(idOf(first));
  });

  test("twenty at once: one organization, the others its answer or a 409 to come again", async () => {
    const founder = await person(stack, "founder");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => create(founder, "at-once", "Once Ltd")),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(idOf)).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expectProblem(answer, 409, "idempotency-in-progress");
      expect(answer.headers.get("retry-after")).toBe("1");
    }
    expect(idOf(await create(founder, "at-once", "Once Ltd"))).toBe(idOf(made[0] as Answer));
    expect((await founder.client.listMyOrganizations()).items).toHaveLength(1);
  });

  test("SEAT-3 an invitation is not made twice; a refusal is not kept", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder);
    const path = `/v1/organizations/${org}/invitations`;
    const invite = (key: string, email: string) =>
      founder.send("POST", path, {
        body: { kind: "member", invitees: [{ email }], delivery: "link" },
        headers: { "idempotency-key": key },
      });
    const email = newAddress("twice");
    const first = await invite("invite", email);
    const again = await invite("invite", email);
    const invited = (answer: Answer) => Object(answer.body).results[0];
    expect(invited(again)).toMatchObject({
      status: "invited",
      invitation: { id: invited(first).invitation.id },
    });
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ reserved: 1 });

    const chatAdmin = await person(stack, "chat-admin");
    const { secret } = await inviteByLink(founder, org, chatAdmin.email);
    await accept(chatAdmin, secret);
    const refused = () =>
      chatAdmin.send("POST", path, {
        body: { kind: "member", invitees: [{ email: "later@example.com" }] },
        headers: { "idempotency-key": "later" },
      });
    expectProblem(await refused(), 403, "not-chat-admin");
    await founder.client.setChatRole(org, chatAdmin.userId, "admin");
    expect(invited(await refused())).toMatchObject({ status: "invited" });
  });

  test("a request that failed for a busy table is repeated at once, and done once", async () => {
    const founder = await person(stack, "founder");
    const match = { function: "organization", operation: "TransactWriteItems" };
    await setFaults(stack, { target: "dynamodb", match, effect: "throttle", conflict: true });
    const failed = await create(founder, "busy", "Busy Ltd");
    expectProblem(failed, 503, "busy");
    expect(failed.headers.get("retry-after")).toMatch(/^\d+$/u);
    await setFaults(stack);
    expect((await create(founder, "busy", "Busy Ltd")).status).toBe(201);
    expect((await founder.client.listMyOrganizations()).items).toHaveLength(1);
  });

  test("a function that dies after its write: the repetition finds what was made", async () => {
    const founder = await person(stack, "founder");
    const match = { function: "organization", operation: "UpdateItem" };
    await setFaults(stack, { target: "dynamodb", match, effect: "kill", times: 1 });
    expect((await create(founder, "dies", "Phoenix Ltd")).status).toBe(500);
    expectProblem(await create(founder, "dies", "Phoenix Ltd"), 409, "idempotency-in-progress");
    await advance(stack, 60);
    expect((await create(founder, "dies", "Phoenix Ltd")).status).toBe(201);
    expect((await founder.client.listMyOrganizations()).items).toHaveLength(1);
    await setFaults(stack);
  });
});

describe("lists", () => {
  test("go page by page, each item once, and refuse a cursor of another list", async () => {
    const founder = await person(stack, "founder");
    const { id: org, general } = await newOrganization(founder);
    const people = await Promise.all(Array.from({ length: 8 }, () => person(stack, "listed")));
    const invited = await inviteAllByLink(founder, org, people);
    for (const { who, secret } of invited.slice(0, 4)) await accept(who, secret);
    for (let count = 0; count < 7; count += 1)
      await founder.client.postMessage(org, general, { text: "hello" });
    const second = await newOrganization(founder);
    await newOrganization(founder);
    const at = `/v1/organizations/${org}`;
    const lists: Record<string, number> = {
      [`${at}/members`]: 5,
      [`${at}/members?state=active`]: 5,
      [`${at}/members?state=pending`]: 4,
      [`${at}/invitations`]: 8,
      [`${at}/invitations?state=pending`]: 4,
      [`${at}/invitations?state=accepted`]: 4,
      [`${at}/audit`]: 13,
      [`${at}/channels/${general}/messages`]: 7,
      [`${at}/channels/${general}/messages?after=2`]: 5,
      [`${at}/channels/${general}/messages?before=7`]: 6,
      "/v1/me/organizations": 3,
    };
    const cursors = new Map<string, string>();
    for (const [path, count] of Object.entries(lists)) {
      const url = `${path}${path.includes("?") ? "&" : "?"}limit=2`;
      const items = await everyPage(async ({ cursor }) => {
        const answer = await founder.send("GET", cursor === undefined ? url : `${url}&cursor=${cursor}`);
        expect(answer.status).toBe(200);
        const page = answer.body as Page<Record<string, unknown>>;
        expect(page.items.length).toBeLessThanOrEqual(2);
        if (page.nextCursor !== null) cursors.set(path, page.nextCursor);
        return page;
      });
      const ids = items.map(({ id, userId }) => id ?? userId);
      expect(ids.length, path).toBe(count);
      expect(new Set(ids).size, path).toBe(count);
      expect(cursors.has(path), path).toBe(true);
    }
    for (const [path, cursor] of cursors) {
      for (const other of [...Object.keys(lists), `/v1/organizations/${second.id}/members`]) {
        if (other === path) continue;
        const url = `${other}${other.includes("?") ? "&" : "?"}cursor=${cursor}`;
        const answer = await founder.send("GET", url);
        // The one filter of which every item is a member is a list of its own as well.
        expectProblem(answer, 400, "invalid-cursor");
      }
    }
  });

  test("limit is 1 to 200, 50 unless told", async () => {
    const { founder, ids } = await settle(stack, "limits");
    const paged = ROUTES.filter(({ query }) => query?.safeParse({ limit: 1 }).success);
    expect(paged.length).toBeGreaterThan(5);
    for (const route of paged) {
      const path = pathOf(route, ids);
      for (const limit of ["1", "200"]) {
        expect((await founder.send("GET", `${path}?limit=${limit}`)).status, path).toBe(200);
      }
      for (const limit of ["0", "201", "-1", "x", "1.5", ""]) {
        const answer = await founder.send("GET", `${path}?limit=${limit}`);
        expectProblem(answer, 400, "invalid-request");
        expect(answer, `${path} ${limit}`).toMatchObject(namedLimit);
      }
    }
    for (let count = 0; count < 60; count += 1) {
      await founder.client.postMessage(ids.org, ids.chn, { text: "hello" });
    }
    expect((await founder.client.listMessages(ids.org, ids.chn)).items).toHaveLength(50);
    expect((await founder.client.listMessages(ids.org, ids.chn, { limit: 200 })).items).toHaveLength(61);
  });
});

describe("headers", () => {
  test("what is private is kept by no cache, and everything has its request's id", async () => {
    const { founder, ids } = await settle(stack, "headers");
    const seen = new Set<string>();
    for (const route of ROUTES.filter(({ method }) => method === "GET")) {
      const answer = await founder.send("GET", pathOf(route, ids));
      const requestId = answer.headers.get("x-request-id") ?? "";
      expect(requestId, route.path).not.toBe("");
      expect(seen).not.toContain(requestId);
      seen.add(requestId);
      const isPublic = route.access === "anonymous";
      if (parametersOf(route).includes("org") && !isPublic)
        expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });

  test("CORS: an origin that is not configured is told nothing", async () => {
    const founder = await person(stack, "founder");
    const origin = "https://evil.example";
    const preflight = await send(stack, "OPTIONS", "/v1/organizations", {
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
      },
    });
    const answer = await founder.send("GET", "/v1/me/organizations", { headers: { origin } });
    expect(answer.status).toBe(200);
    for (const { headers } of [preflight, answer]) {
      expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });
});

test("SEAT-7 limits: the plan's presets, each to be overridden, null is none and 0 is 0", async () => {
  const founder = await person(stack, "founder");
  const create = (body: object) =>
    founder.send("POST", "/v1/organizations", { body: { name: "Limits", ...body } });
  expect(await create({ plan: "essential" })).toMatchObject({
    status: 201,
    body: { plan: "essential", limits: { seats: 25, guests: 100, historyDays: 90 } },
  });
  const own = await create({ plan: "essential", limits: { seats: null, guests: 0 } });
  expect(own).toMatchObject({ body: { limits: { seats: null, guests: 0, historyDays: 90 } } });
  expectProblem(await create({ limits: { seats: 0 } }), 409, "quota-exceeded");
  const at = `/v1/organizations/${idOf(own)}`;
  expect(await founder.send("PATCH", at, { body: { plan: "business" } })).toMatchObject({
    body: { plan: "business", limits: { seats: 1000, guests: 100, historyDays: null } },
  });
  expect(await founder.send("PATCH", at, { body: { limits: { guests: 7 } } })).toMatchObject({
    body: { limits: { seats: 1000, guests: 7 } },
  });
  expect((await founder.client.getUsage(idOf(own))).guestLimit).toBe(7);
});

test("RGT-5 rights are set for users; the other roles hold them all", async () => {
  const { founder, member, ids } = await settle(stack, "rights");
  const path = `/v1/organizations/${ids.org}/members/${member.userId}/rights`;
  expect(await founder.send("PUT", path, { body: { mail: true } })).toMatchObject({
    status: 200,
    body: { rights: { suite: false, chat: false, mail: true, accounting: false } },
  });
  await founder.client.setOrgRole(ids.org, member.userId, "administrator");
  const all = { suite: true, chat: true, mail: true, accounting: true };
  expect((await founder.client.getMember(ids.org, member.userId)).rights).toEqual(all);
  expectProblem(await founder.send("PUT", path, { body: {} }), 409, "rights-by-role");
});

test("INV-3 a ticket, like a secret, lies in the table as its hash alone", async () => {
  const { founder, ids } = await settle(stack, "ticket");
  const { ticket } = await founder.client.createSocketTicket(ids.org);
  const random = ticket.split(".")[1] ?? "";
  expect(random.length).toBeGreaterThan(40);
  expect(JSON.stringify([...(await storedItems(stack)).values()])).not.toContain(random);
});
