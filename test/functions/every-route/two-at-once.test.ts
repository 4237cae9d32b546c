import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { idempotencyStore } from "../../../functions/table/idempotency.ts";
import { getOrganization } from "../../../functions/table/organizations.ts";
import { everyUseCase } from "../../support/every-use-case.ts";
import { REGISTRATION } from "../../support/organization.ts";
import { caller, personWith, type TestPerson } from "../shell/caller.ts";
import { engineTable } from "../table/engine-table.ts";

/** On the engine, with nothing between it and the use cases; through the whole stack: concurrency.test.ts. */
const ROUNDS = 200;

const table = engineTable();

async function founded(name: string) {
  const call = caller(everyUseCase(table()), idempotencyStore(table()));
  const ada = personWith(`${name}@example.com`);
  const created = await call("POST /v1/organizations", {
    as: ada,
    body: { name: "Lighthouse Ltd", limits: { seats: null } },
  });
  return { call, ada, org: String(created.body.id) };
}

type World = Awaited<ReturnType<typeof founded>>;

async function invitedByLink({ call, ada, org }: World, who: TestPerson, terms: object = {}) {
  const { body } = await call("POST /v1/organizations/{org}/invitations", {
    as: ada,
    params: { org },
    body: { kind: "member", invitees: [{ email: who.claims["email"] }], delivery: "link", ...terms },
  });
  const [{ link, invitation }] = body.results;
  return { inv: String(invitation.id), token: String(link).split("#")[1] ?? "" };
}

const accept = ({ call }: World, who: TestPerson, token: string) =>
  call("POST /v1/invitations/accept", { as: who, body: { token, ...REGISTRATION } });

/** Two acts at once, over and over; whoever was later is given a head start the next time. */
async function race(play: (round: number, leadMs: number) => Promise<"first" | "second">) {
  const won = { first: 0, second: 0 };
  let leadMs = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const winner = await play(round, leadMs);
    won[winner] += 1;
    leadMs += winner === "first" ? -1 : 1;
  }
  return won;
}

const after = async <Result>(ms: number, act: () => Promise<Result>): Promise<Result> => {
  await sleep(Math.max(0, ms));
  return await act();
};

test(`INV-5 SEAT-3 accept against revoke, ${ROUNDS} rounds on the engine: one of them wins, the counters are right`, async () => {
  const world = await founded("accept-revoke");
  const { call, ada, org } = world;
  const won = await race(async (round, leadMs) => {
    const who = personWith(`racer.${round}@example.com`);
    const { inv, token } = await invitedByLink(world, who);
    const [accepting, revoking] = await Promise.all([
      after(-leadMs, () => accept(world, who, token)),
      after(leadMs, () =>
        call("DELETE /v1/organizations/{org}/invitations/{inv}", { as: ada, params: { org, inv } }),
      ),
    ]);
    expect([
      [200, 409],
      [410, 204],
    ]).toContainEqual([accepting.status, revoking.status]);
    return accepting.status === 200 ? "first" : "second";
  });
  expect(won.first).toBeGreaterThan(0);
  expect(won.second).toBeGreaterThan(0);
  expect(await getOrganization(table(), org)).toMatchObject({
    seatsHeld: 1 + won.first,
    seatsReserved: 0,
    seatsUsed: 1 + won.first,
  });
}, 60_000);

test(`ORG-6 two legal representatives demoting each other at once, ${ROUNDS} rounds on the engine: one remains`, async () => {
  const world = await founded("demotions");
  const { call, ada, org } = world;
  const bea = personWith("bea@example.com");
  const { token } = await invitedByLink(world, bea, { orgRole: "legal_representative" });
  expect(await accept(world, bea, token)).toMatchObject({ status: 200 });
  const setRole = (by: TestPerson, whom: TestPerson, role: string) =>
    call("PUT /v1/organizations/{org}/members/{user}/org-role", {
      as: by,
      params: { org, user: whom.userId },
      body: { role },
    });
  const won = await race(async (round, leadMs) => {
    // By turns each the other, and each themselves.
    const [ofAda, ofBea] = round % 2 === 0 ? [bea, ada] : [ada, bea];
    const [first, second] = await Promise.all([
      after(-leadMs, () => setRole(ada, ofAda, "user")),
      after(leadMs, () => setRole(bea, ofBea, "user")),
    ]);
    expect([first.status, second.status].filter((status) => status === 200)).toHaveLength(1);
    expect([403, 409]).toContain(first.status === 200 ? second.status : first.status);
    expect(await getOrganization(table(), org)).toMatchObject({ legalRepresentatives: 1 });
    const demoted = first.status === 200 ? ofAda : ofBea;
    const restored = await setRole(demoted === ada ? bea : ada, demoted, "legal_representative");
    expect(restored.status).toBe(200);
    return first.status === 200 ? "first" : "second";
  });
  expect(won.first + won.second).toBe(ROUNDS);
  expect(await getOrganization(table(), org)).toMatchObject({ legalRepresentatives: 2, seatsHeld: 2 });
}, 60_000);
