import { beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "../../../functions/routes.ts";
import type { ParameterName, Route } from "../../../functions/shell/route.ts";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect } from "../../support/live-connection.ts";
import { inviteAndAccept } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { expectProblem } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { type Answer, type RequestParts, send } from "../../support/send.ts";
import { advance } from "../../support/stack-control.ts";
import { storedItems } from "../../support/stored-items.ts";
import {
  type Ids,
  parametersOf,
  pathOf,
  ROUTES_WITH_BODY,
  request,
  type Settlement,
  settle,
  VALID_BODIES,
} from "../../support/valid-requests.ts";
import { writtenBy } from "../../support/written.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let ours: Settlement;
let theirs: Settlement;
let stranger: Person;
let removed: Person;
let deactivated: Person;

beforeAll(async () => {
  stack = await sharedStack();
  ours = await settle(stack, "ours");
  theirs = await settle(stack, "theirs");
  stranger = await person(stack, "stranger");
  const { founder, ids } = ours;
  removed = await inviteAndAccept(stack, founder, ids.org, "removed", { chatRole: "admin" });
  deactivated = await inviteAndAccept(stack, founder, ids.org, "deactivated", { chatRole: "admin" });
  await founder.client.removeMember(ids.org, removed.userId);
  await founder.client.deactivateMember(ids.org, deactivated.userId);
  await quietStream(stack);
}, PATIENCE_MS);

/** Nothing is written by a route's function, in whoever's name it is asked. */
async function changesNothing(route: Route, requests: () => Promise<void>): Promise<void> {
  const before = writtenBy(stack, route.function);
  await requests();
  expect(writtenBy(stack, route.function) - before).toBe(0);
}

/** Nothing of either organization is any different after requests that write elsewhere. */
async function changesNothingHere(requests: () => Promise<void>): Promise<void> {
  const kept = async () => {
    const items = await storedItems(stack, ...[ours, theirs].map(({ ids }) => `O#${ids.org}`));
    return [...items].filter(([key]) => !key.includes("#LIVE / "));
  };
  await quietStream(stack);
  const before = await kept();
  await requests();
  expect(await kept()).toEqual(before);
}

/** Nothing in an answer tells what is in an organization. */
function tellsNothingOf({ founder, member, invitee, ids }: Settlement, { text }: Answer): void {
  for (const { email, userId } of [founder, member, invitee]) {
    expect(text).not.toContain(email);
    if (userId !== ids.user) expect(text).not.toContain(userId);
  }
  expect(text).not.toContain("Lighthouse");
}

const withToken = (token: string | undefined) => ({
  send: (method: string, path: string, parts: RequestParts = {}) =>
    send(stack, method, path, { ...parts, token }),
});

function unsigned(token: string): string {
  const [, claims] = token.split(".");
  const header = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
  return `${header}.${claims}.`;
}

/** The same token for another person, with the first one's signature. */
function reassigned(token: string): string {
  const [header, claims = "", signature] = token.split(".");
  const changed = { ...JSON.parse(Buffer.from(claims, "base64url").toString()), sub: "somebody-else" };
  return `${header}.${Buffer.from(JSON.stringify(changed)).toString("base64url")}.${signature}`;
}

const named = (routes: readonly Route[]) =>
  routes.map((route) => [`${route.method} ${route.path}`, route] as const);
const signedIn = ROUTES.filter(({ access }) => access === "person");
const ofOrganizations = signedIn.filter((route) => parametersOf(route).includes("org"));

test("every route that takes a body has a valid one here, which its schema accepts", () => {
  expect(Object.keys(VALID_BODIES).sort()).toEqual(
    ROUTES_WITH_BODY.map(({ operationId }) => operationId).sort(),
  );
  for (const { operationId, body } of ROUTES_WITH_BODY) {
    expect(body?.safeParse(VALID_BODIES[operationId]?.(ours.ids)), operationId).toMatchObject({
      success: true,
    });
  }
});

describe("401 without a good token", () => {
  test.each(named(signedIn))("%s", async (_, route) => {
    const token = await ours.founder.token();
    await changesNothing(route, async () => {
      for (const bad of [
        undefined,
        "",
        "garbage",
        "a.b.c",
        unsigned(token),
        reassigned(token),
        `${token}x`,
      ]) {
        const answer = await request(withToken(bad), route, ours.ids);
        expect(answer.status, String(bad)).toBe(401);
        expect(answer.headers.get("www-authenticate")).toContain("Bearer");
        tellsNothingOf(ours, answer);
      }
    });
  });
});

/** An organization that does not exist, with the id that its General channel would have. */
const NOWHERE = { org: `org_${"0".repeat(26)}`, chn: `chn_${"0".repeat(26)}` };

describe("404 for who is not of the organization, as if there were none", () => {
  test.each(named(ofOrganizations))("%s", async (_, route) => {
    await changesNothing(route, async () => {
      for (const outsider of [stranger, theirs.founder, theirs.member, removed]) {
        const answer = await request(outsider, route, ours.ids);
        expectProblem(answer, 404, "not-found");
        tellsNothingOf(ours, answer);
        const unknown = await request(outsider, route, { ...ours.ids, ...NOWHERE });
        expect({ ...Object(answer.body), instance: "" }).toEqual({ ...Object(unknown.body), instance: "" });
      }
      const answer = await request(deactivated, route, ours.ids);
      expectProblem(answer, 403, "member-deactivated");
      tellsNothingOf(ours, answer);
    });
  });
});

/** Whose ids a request may name in place of our own: another organization's, or nobody's. */
const FOREIGN: Record<Exclude<ParameterName, "org" | "file" | "emoji">, (other: Ids) => readonly string[]> = {
  user: ({ user }) => [user, `usr_${"0".repeat(26)}`],
  inv: ({ inv }) => [inv, `inv_${"0".repeat(26)}`],
  chn: ({ chn }) => [chn, `chn_${"0".repeat(26)}`],
  grp: ({ grp }) => [grp, `grp_${"0".repeat(26)}`],
  call: ({ call }) => [call, `call_${"0".repeat(26)}`],
  adr: ({ adr }) => [adr, `adr_${"0".repeat(26)}`],
  seq: () => ["2", "999999999999"],
};

const isNested = (name: ParameterName): name is keyof typeof FOREIGN => Object.hasOwn(FOREIGN, name);
const nested = ofOrganizations.filter((route) => parametersOf(route).some(isNested));

describe("404 for another organization's ids within one's own", () => {
  test.each(named(nested))("%s", async (_, route) => {
    await changesNothing(route, async () => {
      for (const name of parametersOf(route).filter(isNested)) {
        for (const foreign of FOREIGN[name](theirs.ids)) {
          const answer = await request(ours.founder, route, { ...ours.ids, [name]: foreign });
          expectProblem(answer, 404, "not-found");
          tellsNothingOf(theirs, answer);
        }
      }
    });
  });
});

const FOR_MANAGERS = [
  "not-org-manager",
  "not-chat-admin",
  "not-manager",
  "not-channel-admin",
  "not-mail-manager",
];
const managing = ofOrganizations.filter(({ refusals }) =>
  refusals.some((code) => FOR_MANAGERS.includes(code)),
);

describe("RGT-4 403 for a member without the role", () => {
  // The list of people is everybody's; only that of the pending ones is not. So are commands, but for some of them.
  const acts = managing.filter(({ operationId }) => !["listMembers", "runCommand"].includes(operationId));
  test.each(named(acts))("%s", async (_, route) => {
    await changesNothing(route, async () => {
      const answer = await request(ours.member, route, { ...ours.ids, user: ours.founder.userId });
      expectProblem(answer, 403);
      expect(route.refusals.filter((code) => FOR_MANAGERS.includes(code))).toContain(
        Object(answer.body).code,
      );
    });
  });

  test("POST …/channels/{chn}/commands with /rename", async () => {
    const path = `/v1/organizations/${ours.ids.org}/channels/${ours.ids.channel}/commands`;
    const before = writtenBy(stack, "command");
    const answer = await ours.member.send("POST", path, { body: { text: "/rename Ours", nonce: "refused" } });
    expectProblem(answer, 403, "not-channel-admin");
    expect(writtenBy(stack, "command") - before).toBe(0);
  });

  test("GET …/members?state=pending", async () => {
    const path = `/v1/organizations/${ours.ids.org}/members?state=pending`;
    expectProblem(await ours.member.send("GET", path), 403, "not-manager");
  });
});

/** Archives the channel that a request is to restore. */
async function archive(by: Person, restorePath: string): Promise<void> {
  const { status } = await by.send("POST", restorePath.replace(/restore$/u, "archive"));
  expect(status).toBe(200);
}

describe("control: whoever may is served by the same request", () => {
  const byInvitee = ["acceptInvitation", "declineInvitation", "acceptMyInvitation", "declineMyInvitation"];
  /** What takes away, or shuts, what another request needs is in another organization than that one. */
  const TAKES_AWAY =
    /^(?:accept|decline|resend|changeOrgRole|remove|delete|detach|leave|archive|restore|convert|deactivate|reactivate|revoke|giveUp)/u;
  /** Those that get on with each other in one organization; what is named nowhere has one of its own. */
  const TOGETHER: readonly (readonly string[])[] = [
    ["acceptInvitation", "removeMember"],
    ["declineInvitation", "convertPerson"],
    ["acceptMyInvitation", "deactivateMember"],
    ["declineMyInvitation", "reactivateMember"],
    ["revokeInvitation", "changeOrgRole", "deleteMailAddress"],
    ["removeChannelMember", "deleteGroup", "deleteLogo", "resendInvitation"],
    ["deleteChannel", "removeGroupMember", "removeShare"],
    ["archiveChannel", "detachGroup", "giveUpMailAddress"],
    ["restoreChannel", "removeGroupShare"],
    ["leaveChannel", "deleteMessage"],
  ];
  const settled = new Map<string, Promise<Settlement>>();
  const settlementFor = async ({ operationId }: Route): Promise<Settlement> => {
    const lot = TOGETHER.find((each) => each.includes(operationId));
    const name = TAKES_AWAY.test(operationId) ? (lot?.[0] ?? operationId) : "shared";
    const found = settled.get(name) ?? settle(stack, `control-${settled.size}`);
    settled.set(name, found);
    return await found;
  };
  test.each(named(ROUTES))("%s", async (_, route) => {
    const { founder, invitee, ids } = route.method === "GET" ? ours : await settlementFor(route);
    const actor = byInvitee.includes(route.operationId) ? invitee : founder;
    if (route.operationId === "reactivateMember") await founder.client.deactivateMember(ids.org, ids.user);
    // Once a minute (INV-9).
    if (route.operationId === "resendInvitation") await advance(stack, 61);
    if (route.operationId === "restoreChannel") await archive(founder, pathOf(route, ids));
    const answer = await request(route.access === "anonymous" ? withToken(undefined) : actor, route, ids);
    expect(Object.keys(route.answers)).toContain(String(answer.status));
    if (route.operationId === "getBrandFile")
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    else if (route.function !== "page") expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-request-id")).toBeTruthy();
  });
});

describe("routes of no organization", () => {
  /** What somebody gets with another one's secret, or of their own; a new route of this kind needs its line. */
  const expected: Record<string, (answer: Answer) => void> = {
    createOrganization: (answer) => expect(answer.status).toBe(201),
    listMyOrganizations: (answer) => expect(JSON.stringify(answer.body)).not.toContain(ours.ids.org),
    acceptInvitation: (answer) => expectProblem(answer, 403, "recipient-mismatch"),
    declineInvitation: (answer) => expectProblem(answer, 403, "recipient-mismatch"),
    listMyInvitations: (answer) => expect(JSON.stringify(answer.body)).not.toContain(ours.ids.org),
    acceptMyInvitation: (answer) => expectProblem(answer, 404, "not-found"),
    declineMyInvitation: (answer) => expectProblem(answer, 404, "not-found"),
    listMyMailAddresses: (answer) => expect(JSON.stringify(answer.body)).not.toContain(ours.ids.org),
    giveUpMailAddress: (answer) => expectProblem(answer, 404, "not-found"),
    getMe: (answer) => expect(JSON.stringify(answer.body)).not.toContain(ours.ids.org),
    updateMe: (answer) => expect(JSON.stringify(answer.body)).not.toContain(ours.ids.org),
  };
  const others = signedIn.filter((route) => !ofOrganizations.includes(route));

  test("each has its line", () => {
    expect(Object.keys(expected).sort()).toEqual(others.map(({ operationId }) => operationId).sort());
  });

  test.each(named(others))("%s", async (_, route) => {
    await changesNothingHere(async () => {
      // One's own name is told in one's own organizations (DIR-2): only who is in none changes nothing by it.
      const isRenaming = route.operationId === "updateMe";
      for (const outsider of isRenaming
        ? [stranger, removed]
        : [stranger, theirs.founder, removed, deactivated]) {
        expected[route.operationId]?.(await request(outsider, route, ours.ids));
      }
    });
  });
});

test("GINV-2 MINV-2 another organization's channel in an invitation is refused by name, and nothing is written", async () => {
  await changesNothingHere(async () => {
    const { founder, ids } = ours;
    const body = { kind: "member", invitees: [{ email: "x@example.com" }], channelIds: [theirs.ids.chn] };
    const answer = await founder.send("POST", `/v1/organizations/${ids.org}/invitations`, { body });
    expectProblem(answer, 404, "not-found");
    expect(answer.body).toMatchObject({ channelId: theirs.ids.chn });
  });
});

test("MSG-4 frames reach no channel of another organization, by any action", async () => {
  const connection = await connect(ours.founder, ours.ids.org);
  const listens = await connect(theirs.founder, theirs.ids.org);
  await quietStream(stack);
  await changesNothingHere(async () => {
    for (const channelId of [theirs.ids.chn, `chn_${"0".repeat(26)}`, "general", theirs.ids.org]) {
      for (const [action, fields] of [
        ["post", { channelId, text: "intruding", nonce: "1" }],
        ["read", { channelId, seq: 1 }],
        ["look", { channelId }],
        ["typing", { channelId }],
        ["command", { channelId, text: "/mute", nonce: "1" }],
      ] as const) {
        expect(await connection.ask(action, fields)).toMatchObject({
          ok: false,
          problem: { status: 404, code: "not-found" },
        });
      }
      const { channels } = await connection.ask("resume", {
        channels: { [channelId]: 0, [ours.ids.chn]: 0 },
      });
      expect(channels?.[channelId]).toMatchObject({ problem: { status: 404, code: "not-found" } });
      expect(channels?.[ours.ids.chn]).toMatchObject({ messages: [{ seq: 1 }] });
    }
    const foreign = [theirs.founder.userId, theirs.member.userId, `usr_${"0".repeat(26)}`];
    expect(await connection.ask("status", { watch: foreign })).toMatchObject({ ok: true, statuses: [] });
    expect(await connection.ask("status", { watch: [] })).toMatchObject({ ok: true, statuses: [] });
  });
  await quietStream(stack);
  expect(listens.frames).toEqual([]);
  await Promise.all([connection.close(), listens.close()]);
});
