import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { countersEqualLists } from "../../support/counters.ts";
import { E2E_CROWDED, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { everyPage } from "../../support/every-page.ts";
import { connect } from "../../support/live-connection.ts";
import {
  accept,
  inviteAllByLink,
  inviteAndAccept,
  inviteByLink,
  newOrganization,
  REGISTRATION,
} from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { refusalOf } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { advance, DAY_SECONDS, setFaults, whileWritesAreHeld } from "../../support/stack-control.ts";
import { sized } from "../../support/thorough.ts";
import { untilServed } from "../../support/until-served.ts";

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack(E2E_CROWDED);
}, PATIENCE_MS);
afterAll(() => stack?.stop());

const ROUNDS = sized(40, 200);

const acceptance = (who: Person, secret: string) =>
  untilServed(() => who.send("POST", "/v1/invitations/accept", { body: { token: secret, ...REGISTRATION } }));

describe("seats", () => {
  test("SEAT-2 SEAT-3 fifty invitations at once for one seat: one is invited, the others meet the quota", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { seats: 2 });
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        Array.from({ length: 50 }, () =>
          founder.client.invite(org, { kind: "member", invitees: [{ email: newAddress("one-of-fifty") }] }),
        ),
      ),
    );
    const results = answers.flatMap((answer) => answer.results);
    const invited = results.filter(({ status }) => status === "invited");
    const refused = results.filter(({ status }) => status === "quota-exceeded");
    expect(invited).toHaveLength(1);
    expect(refused).toHaveLength(49);
    for (const { problem } of refused) expect(problem).toMatchObject({ quota: "seats", limit: 2, used: 2 });
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: 1 });
    expect((await founder.client.listInvitations(org)).items).toHaveLength(1);
  });

  test("MINV-7 SEAT-3 one address invited fifty times at once holds one seat", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder);
    const email = newAddress("popular");
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          founder.client.invite(org, {
            kind: "member",
            invitees: [{ email: index % 2 === 0 ? email : email.toUpperCase() }],
          }),
        ),
      ),
    );
    const statuses = answers.map(({ results }) => results[0]?.status);
    expect(statuses.filter((status) => status === "invited")).toHaveLength(1);
    expect(statuses.filter((status) => status === "already-invited")).toHaveLength(49);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: 1 });
  });

  test("INV-5 SEAT-3 fifty acceptances of one invitation at once: one membership, one seat, one success for all", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { seats: 2 });
    const invitee = await person(stack, "eager");
    const { secret } = await inviteByLink(founder, org, invitee.email);
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(Array.from({ length: 50 }, () => accept(invitee, secret))),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 0 });
    const accepted = (await founder.client.listAudit(org)).items.filter(
      ({ action }) => action === "invitation.accepted",
    );
    expect(accepted).toHaveLength(1);
  });

  test("INV-5 one open invitation accepted by fifty people at once: one of them is in", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder);
    const { secret } = await inviteByLink(founder, org, newAddress("anybody"), { strict: false });
    const people = await Promise.all(Array.from({ length: 50 }, () => person(stack, "crowd")));
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(people.map((one) => acceptance(one, secret))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(49);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 0 });
  });

  test("INV-1 SEAT-4 expired invitations free their seats with no sweep run, whoever asks for them at once", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { seats: 4 });
    await setFaults(stack, { target: "function", match: { function: "sweep" }, effect: "error" });
    for (let index = 0; index < 3; index += 1) await inviteByLink(founder, org, newAddress("slow"));
    const { results } = await founder.client.invite(org, {
      kind: "member",
      invitees: [{ email: newAddress("early") }],
    });
    expect(results).toMatchObject([{ status: "quota-exceeded" }]);
    await advance(stack, 7 * DAY_SECONDS + 1);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        founder.client.invite(org, { kind: "member", invitees: [{ email: newAddress("early") }] }),
      ),
    );
    const statuses = answers.map((answer) => answer.results[0]?.status);
    expect(statuses.filter((status) => status === "invited")).toHaveLength(3);
    expect(statuses.filter((status) => status === "quota-exceeded")).toHaveLength(7);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: 3 });
    await setFaults(stack);
  });
});

type Start = () => Promise<void>;

/**
 * Two acts at once, over and over. Whoever was later gets a head start the next time, so that the rounds stay where
 * the race is open.
 */
async function race(
  rounds: number,
  play: (starts: { first: Start; second: Start }, round: number) => Promise<"first" | "second">,
): Promise<{ first: number; second: number }> {
  const won = { first: 0, second: 0 };
  let headStartMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const lead = headStartMs;
    const starts = {
      first: async () => {
        await sleep(Math.max(0, -lead));
      },
      second: async () => {
        await sleep(Math.max(0, lead));
      },
    };
    const winner = await play(starts, round);
    won[winner] += 1;
    headStartMs += winner === "first" ? -1 : 1;
  }
  return won;
}

test(`INV-5 SEAT-3 accept against revoke, ${ROUNDS} rounds: one of them wins, the counters are right`, async () => {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder);
  const racers = await Promise.all(Array.from({ length: ROUNDS }, () => person(stack, "racer")));
  const invited = await inviteAllByLink(founder, org, racers);
  const won = await race(ROUNDS, async (starts, round) => {
    const { who, id, secret } = invited[round] ?? expect.fail("an invitation for each round");
    const [accepting, revoking] = await Promise.all([
      starts
        .first()
        .then(() => who.send("POST", "/v1/invitations/accept", { body: { token: secret, ...REGISTRATION } })),
      starts.second().then(() => founder.send("DELETE", `/v1/organizations/${org}/invitations/${id}`)),
    ]);
    expect([
      [200, 409],
      [410, 204],
    ]).toContainEqual([accepting.status, revoking.status]);
    return accepting.status === 200 ? "first" : "second";
  });
  expect(won.first).toBeGreaterThan(0);
  expect(won.second).toBeGreaterThan(0);
  expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1 + won.first, reserved: 0 });
  const audit = await everyPage((page) => founder.client.listAudit(org, page));
  const count = (wanted: string) => audit.filter(({ action }) => action === wanted).length;
  expect(count("invitation.accepted")).toBe(won.first);
  expect(count("invitation.revoked")).toBe(won.second);
});

test(`ORG-6 two legal representatives demoting each other at once, ${ROUNDS} rounds: one remains`, async () => {
  const one = await person(stack, "one");
  const { id: org } = await newOrganization(one);
  const other = await inviteAndAccept(stack, one, org, "other", { orgRole: "legal_representative" });
  const demote = (actor: Person, target: Person) =>
    untilServed(() =>
      actor.send("PUT", `/v1/organizations/${org}/members/${target.userId}/org-role`, {
        body: { role: "user" },
      }),
    );
  const won = await race(ROUNDS, async (starts, round) => {
    // By turns each the other, and each themselves.
    const [ofOne, ofOther] = round % 2 === 0 ? [other, one] : [one, other];
    const [first, second] = await Promise.all([
      starts.first().then(() => demote(one, ofOne)),
      starts.second().then(() => demote(other, ofOther)),
    ]);
    expect([first.status, second.status].filter((status) => status === 200)).toHaveLength(1);
    const refused = first.status === 200 ? second : first;
    expect([403, 409]).toContain(refused.status);
    const demoted = first.status === 200 ? ofOne : ofOther;
    const remaining = demoted === one ? other : one;
    await remaining.client.setOrgRole(org, demoted.userId, "legal_representative");
    return first.status === 200 ? "first" : "second";
  });
  expect(won.first + won.second).toBe(ROUNDS);
  expect(await countersEqualLists(stack, one, org)).toMatchObject({ held: 2, representatives: 2 });
});

test("ORG-6 the last legal representative neither leaves, is demoted, nor deactivated", async () => {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder);
  const manager = await inviteAndAccept(stack, founder, org, "manager", { orgRole: "administrator" });
  const acts = [
    () => founder.client.removeMember(org, founder.userId),
    () => founder.client.setOrgRole(org, founder.userId, "user"),
    () => founder.client.deactivateMember(org, founder.userId),
  ];
  for (const act of acts) {
    expect(await refusalOf(act())).toMatchObject({ status: 409, code: "last-legal-representative" });
  }
  expect(await refusalOf(manager.client.removeMember(org, founder.userId))).toMatchObject({ status: 403 });
  expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, representatives: 1 });
});

test("ORG-6 two legal representatives leaving at once: one stays", async () => {
  const one = await person(stack, "one");
  const { id: org } = await newOrganization(one);
  const other = await inviteAndAccept(stack, one, org, "other", { orgRole: "legal_representative" });
  const leave = (who: Person) =>
    untilServed(() => who.send("DELETE", `/v1/organizations/${org}/members/${who.userId}`));
  const [first, second] = await whileWritesAreHeld(stack, () => Promise.all([leave(one), leave(other)]));
  expect([first.status, second.status].sort()).toEqual([204, 409]);
  const stayed = first.status === 409 ? one : other;
  expect(await countersEqualLists(stack, stayed, org)).toMatchObject({ held: 1, representatives: 1 });
});

describe("ORG-10 MSG-4 who loses the organization", () => {
  const ways = {
    removed: (founder: Person, org: string, leaver: Person) =>
      founder.client.removeMember(org, leaver.userId),
    "leaving by themselves": (_founder: Person, org: string, leaver: Person) =>
      leaver.client.removeMember(org, leaver.userId),
    deactivated: async (founder: Person, org: string, leaver: Person) => {
      await founder.client.deactivateMember(org, leaver.userId);
    },
  };

  test.each(Object.entries(ways))(
    "%s: seat, invitations and connections are gone at once",
    async (_, act) => {
      const founder = await person(stack, "founder");
      const { id: org, general } = await newOrganization(founder, { seats: 3 });
      const leaver = await inviteAndAccept(stack, founder, org, "leaver", { chatRole: "admin" });
      const { id: sent } = await inviteByLink(leaver, org, newAddress("invited-by-leaver"));
      expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 1 });

      const stays = await connect(founder, org);
      const leaves = [await connect(leaver, org), await connect(leaver, org)];
      await founder.client.postMessage(org, general, { text: "before" });
      for (const connection of leaves) await connection.event("message.posted");

      await act(founder, org, leaver);
      await founder.client.postMessage(org, general, { text: "after" });
      for (const connection of leaves) {
        await connection.closed;
        expect(connection.events.at(-1)).toMatchObject({ type: "session.revoked" });
      }
      await stays.event("message.posted", ({ message }) => message?.text === "after");
      await quietStream(stack);
      for (const connection of leaves) expect(JSON.stringify(connection.frames)).not.toContain("after");

      expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: 0 });
      expect((await founder.client.getInvitation(org, sent)).state).toBe("revoked");
      expect([403, 404]).toContain((await refusalOf(leaver.client.listMessages(org, general))).status);
      expect([403, 404]).toContain((await refusalOf(leaver.client.createSocketTicket(org))).status);
      expect((await leaver.client.listMyOrganizations()).items).toEqual([]);
      // The seats are free: two fit in again.
      await inviteAndAccept(stack, founder, org, "next");
      await inviteAndAccept(stack, founder, org, "after-next");
      await stays.close();
    },
  );

  test("SEAT-9 reactivating takes a seat, and is refused without one", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { seats: 2 });
    const member = await inviteAndAccept(stack, founder, org, "member");
    await founder.client.deactivateMember(org, member.userId);
    const { id } = await inviteByLink(founder, org, newAddress("in-between"));
    expect(await refusalOf(founder.client.reactivateMember(org, member.userId))).toMatchObject({
      status: 409,
      code: "quota-exceeded",
    });
    await founder.client.revokeInvitation(org, id);
    expect(await founder.client.reactivateMember(org, member.userId)).toMatchObject({ state: "active" });
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 0 });
  });
});
