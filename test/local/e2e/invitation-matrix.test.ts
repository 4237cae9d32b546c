import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { countersEqualLists } from "../../support/counters.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { everyPage } from "../../support/every-page.ts";
import { person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { send } from "../../support/send.ts";
import { EVENT_RULES, EVENTS, KINDS, STATES } from "./invitation-matrix/cells.ts";
import { refusalsMissed } from "./invitation-matrix/coverage.ts";
import { DOORS } from "./invitation-matrix/doors.ts";
import { MATRIX } from "./invitation-matrix/expected.ts";
import { nameOf } from "./invitation-matrix/lane.ts";
import { expectedOf } from "./invitation-matrix/observe.ts";
import { CIRCUMSTANCE_CELLS } from "./invitation-matrix/place.ts";
import { type Outcomes, runMatrix } from "./invitation-matrix/run-matrix.ts";

/** Few workers, each soon warm: it is the cells that count, not how many at once. */
const LIMITS = { ...E2E.limits, workersPerFunction: 3 };

let stack: LocalStack;
let outcomes: Outcomes;
beforeAll(async () => {
  stack = await startLocalStack({ ...E2E, limits: LIMITS, streamIntervalMs: 3_000 });
  outcomes = await runMatrix(stack);
}, 2 * PATIENCE_MS);
afterAll(() => stack?.stop());

const MATRIX_CELLS = KINDS.flatMap((kind) =>
  STATES.flatMap((state) =>
    EVENTS.map((event) => {
      const cell = { kind, state, event };
      const outcome = MATRIX[state][event][kind];
      return {
        name: nameOf(cell),
        rules: outcome.rule ?? EVENT_RULES[event],
        expected: expectedOf(outcome, state === "over" ? "expired" : state),
      };
    }),
  ),
);

const DOOR_CELLS = Object.entries(DOORS).map(([name, { outcome }]) => ({
  name,
  rules: outcome.rule ?? "INV-15",
  expected: expectedOf(outcome, "pending"),
}));

/** What was seen in a cell. @throws what went wrong before anything could be seen */
function seenIn(name: string) {
  const seen = outcomes.findings.get(name);
  if (seen === undefined) throw new Error("nothing was seen");
  if (seen instanceof Error) throw seen;
  return seen;
}

describe("INV-1 each event in each state of an invitation of each kind", () => {
  test.each(MATRIX_CELLS)("$rules $name", ({ name, expected }) => {
    expect(seenIn(name)).toEqual(expected);
  });
});

describe("INV-14 what comes about between invitation and acceptance", () => {
  test.each(CIRCUMSTANCE_CELLS)("$rules $name", ({ name, expected }) => {
    expect(seenIn(name)).toEqual(expected);
  });
});

describe("INV-8, MINV-1, GINV-1, SHR-2 who asks, and for what", () => {
  test.each(DOOR_CELLS)("$rules $name", ({ name, expected }) => {
    expect(seenIn(name)).toEqual(expected);
  });
});

test("INV-1, INV-9 every transition there is has been gone through, and no other", () => {
  const transitions = STATES.flatMap((state) =>
    EVENTS.flatMap((event) =>
      KINDS.flatMap((kind) => {
        const from = state === "over" ? "expired" : state;
        const seen = seenIn(nameOf({ kind, state, event }));
        const prepared = MATRIX[state][event][kind].after;
        return seen.state === from || seen.state === prepared ? [] : [`${kind}: ${from} → ${seen.state}`];
      }),
    ),
  );
  const expected = KINDS.flatMap((kind) => [
    ...["accepted", "declined", "revoked", "expired"].map((to) => `${kind}: pending → ${to}`),
    `${kind}: expired → pending`,
  ]);
  expect([...new Set(transitions)].sort()).toEqual(expected.sort());
});

test("INV-1, INV-5…9, INV-14, SHR-3, SHR-9 every refusal of every route of an invitation was met", () => {
  const missed = refusalsMissed(outcomes.asked);
  expect(missed).toEqual([]);
});

test("SEAT-3, SEAT-6, SEAT-10 after all of it counters equal lists, in every organization", async () => {
  for (const { org, founder } of outcomes.worlds) {
    await countersEqualLists(stack, await person(stack, founder.email), org);
  }
}, 60_000);

test("INV-12 each mail was sent that was to be, once, and no other", async () => {
  await quietStream(stack);
  const due = new Map<string, number>();
  for (const { email, mails } of outcomes.traces) {
    if (email !== null) due.set(email, (due.get(email) ?? 0) + mails);
  }
  const { body } = await send(stack, "GET", "/local/mailbox");
  const { items } = z.object({ items: z.array(z.object({ to: z.string() })) }).parse(body);
  const sent = new Map([...due.keys()].map((email) => [email, 0]));
  for (const { to } of items) if (sent.has(to)) sent.set(to, (sent.get(to) ?? 0) + 1);
  expect([...due.values()].filter((mails) => mails > 0).length).toBeGreaterThan(0);
  expect(sent).toEqual(due);
}, 60_000);

test("INV-18 each change of state has its entry in the audit log, with who and from where", async () => {
  const missed: string[] = [];
  for (const { org, founder } of outcomes.worlds) {
    const { client } = await person(stack, founder.email);
    const entries = await everyPage((page) => client.listAudit(org, { limit: 200, ...page }));
    const found = new Set(
      entries
        // From where, of everything that somebody asked for; time and the sweep come from nowhere.
        .filter(({ actorId, sourceIp }) => actorId === "system" || (actorId !== "" && sourceIp !== undefined))
        .map(({ action, subjectId, details }) => `${action} ${details?.["invitationId"] ?? subjectId}`),
    );
    for (const { world, id, action } of outcomes.traces)
      if (world.org === org && action !== undefined && !found.has(`${action} ${id}`))
        missed.push(`${action} ${id}`);
  }
  expect(missed).toEqual([]);
}, 60_000);
