import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { act, newChannel } from "../../support/act.ts";
import { countersEqualLists } from "../../support/counters.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { newMailAddress } from "../../support/mail-address.ts";
import { mailsTo, secretIn } from "../../support/mailbox.ts";
import { inviteAllAtOnce } from "../../support/mass-invitations.ts";
import {
  inviteAllByLink,
  inviteAndAccept,
  newOrganization,
  REGISTRATION,
} from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { type Answer, send } from "../../support/send.ts";
import { advance, setFaults } from "../../support/stack-control.ts";
import { until } from "../../support/until.ts";
import { untilServed } from "../../support/until-served.ts";

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack(E2E);
}, PATIENCE_MS);
afterEach(() => setFaults(stack));
afterAll(() => stack?.stop());

async function setup() {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder, { guests: null, privateChannels: null });
  return { founder, org, at: `/v1/organizations/${org}` };
}

const meter = z.object({
  units: z.array(z.object({ functionName: z.string(), operation: z.string(), calls: z.number() })),
});

/** What a function has asked of the table since the meter was reset, by operation. */
async function callsOf(functionName: string): Promise<Map<string, number>> {
  const { units } = meter.parse((await send(stack, "GET", "/local/meter")).body);
  const own = units.filter((one) => one.functionName === functionName);
  return new Map(own.map(({ operation, calls }) => [operation, calls]));
}

const resetMeter = async () => await send(stack, "DELETE", "/local/meter");

const isWrite = (operation: string): boolean =>
  /^(Put|Update|Delete|BatchWrite|TransactWrite)/u.test(operation);

/** Every address has its mails, as many as it may have, and every link of them works. */
async function expectMailed(founder: Person, emails: readonly string[], most = 1): Promise<void> {
  for (const email of emails) {
    const mails = await mailsTo(stack, email);
    expect([email, mails.length >= 1 && mails.length <= most]).toEqual([email, true]);
    for (const mail of mails.filter(({ text }) => text.includes("/invite#")))
      expect(await founder.client.previewInvitation(secretIn(mail))).toMatchObject({
        state: "pending",
        email,
      });
  }
}

/** Time passes until every mail is out; whoever waits for something else than time does so meanwhile. */
async function untilMailed(founder: Person, org: string): Promise<void> {
  await until(
    "every mail to be sent",
    async () => {
      await advance(stack, 5);
      const { items } = await founder.client.listInvitations(org, { state: "pending", limit: 200 });
      return items.every(({ delivery }) => ["sent", "none"].includes(delivery.state));
    },
    60_000,
  );
  expect(await quietStream(stack)).toEqual({ givenUp: 0 });
}

/** Somebody who has one of every kind of mail sent, as often as they are asked to; answers who is to get them. */
async function everyKindOfMail(founder: Person, org: string) {
  const at = `/v1/organizations/${org}`;
  const channelId = await newChannel(founder, org, "Shared");
  const { id: adr } = await newMailAddress(founder, org);
  const member = await inviteAndAccept(stack, founder, org, newAddress("promoted"));
  const invite = (emails: string[], terms: object) =>
    act(founder, "POST", `${at}/invitations`, { invitees: emails.map((email) => ({ email })), ...terms });
  return async (role: "admin" | "user") => {
    const [guest, share, resent] = ["guest", "share", "resent"].map(newAddress) as [string, string, string];
    const bulk = Array.from({ length: 5 }, () => newAddress("bulk"));
    const linked = await invite([resent], { kind: "member", delivery: "link" });
    const [first] = linked["results"] as [{ invitation: { id: string } }];
    await advance(stack, 61);
    await founder.signInAgain();
    await invite(bulk, { kind: "member" });
    await invite([guest], { kind: "guest", channelIds: [channelId] });
    await act(founder, "POST", `${at}/mail-addresses/${adr}/shares`, { email: share, delivery: "email" });
    await act(founder, "POST", `${at}/invitations/${first.invitation.id}/resend`, { delivery: "email" });
    await act(founder, "PUT", `${at}/members/${member.userId}/chat-role`, { role });
    return { invited: [...bulk, guest, share, resent], told: member.email };
  };
}

test("INV-12, INV-11 SES is down, or throttles, for a minute, or answers 500 after it has sent: every kind of mail comes all the same", async () => {
  const { founder, org } = await setup();
  const sendAll = await everyKindOfMail(founder, org);
  let notices = 0;
  for (const [effect, seconds, most] of [
    ["error", 60, 1],
    ["throttle", 60, 1],
    // Its own event says that it took the mail; where that is late, a second mail may have gone.
    ["error-after", 0, 2],
  ] as const) {
    await setFaults(stack, { target: "ses", effect });
    const { invited, told } = await sendAll(notices % 2 === 0 ? "admin" : "user");
    for (let passed = 0; passed < seconds; passed += 10) await advance(stack, 10);
    if (seconds > 0) for (const email of invited) expect(await mailsTo(stack, email)).toEqual([]);
    else await until("a mail", async () => (await mailsTo(stack, invited[0] ?? "")).length > 0);
    await setFaults(stack);
    await untilMailed(founder, org);
    await until("the notice", async () => {
      await advance(stack, 5);
      return (await mailsTo(stack, told)).length > notices;
    });
    await quietStream(stack);
    await expectMailed(founder, invited, most);
    const heard = (await mailsTo(stack, told)).length - notices;
    expect([effect, heard >= 1 && heard <= most]).toEqual([effect, true]);
    notices += heard;
  }
  await countersEqualLists(stack, founder, org);
});

describe("INV-10, INV-12, SEAT-3 the table is throttled", () => {
  const rarely = { target: "dynamodb" as const, effect: "throttle" as const, rate: 0.3 };

  test("while many are invited, and while their mails are sent: each has one invitation and one mail", async () => {
    const { founder, org } = await setup();
    const batches = ["a", "b"].map((key) => ({
      key: `throttled-${key}`,
      emails: Array.from({ length: 10 }, () => newAddress("throttled")),
    }));
    await setFaults(
      stack,
      ...["invite", "mailer", "mail-events"].map((name, seed) => ({
        ...rarely,
        match: { function: name },
        seed,
      })),
    );
    const answers = await inviteAllAtOnce(founder, org, batches);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    for (const { results } of answers)
      expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["invited"]));
    await setFaults(stack);
    await untilMailed(founder, org);
    const emails = batches.flatMap((batch) => batch.emails);
    const { items } = await founder.client.listInvitations(org, { state: "pending", limit: 200 });
    expect(items.map(({ email }) => email).sort()).toEqual([...emails].sort());
    // A mailer whose note that it has sent is throttled to the end sends again: INV-12's one duplicate.
    await expectMailed(founder, emails, 2);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ reserved: 20 });
  });

  test("while many accept: each holds one seat, once", async () => {
    const { founder, org } = await setup();
    const people = await Promise.all(Array.from({ length: 12 }, () => person(stack, "accepts")));
    const invited = await inviteAllByLink(founder, org, people);
    await setFaults(stack, { ...rarely, match: { function: "accept" }, seed: 4 });
    const answers = await Promise.all(
      invited.map(({ who, secret }) =>
        untilServed(() =>
          who.send("POST", "/v1/invitations/accept", { body: { token: secret, ...REGISTRATION } }),
        ),
      ),
    );
    await setFaults(stack);
    // What was not served in ten tries is asked once more, as a person does.
    for (const [index, { who, secret }] of invited.entries()) {
      if (answers[index]?.status === 200) continue;
      await act(who, "POST", "/v1/invitations/accept", { token: secret, ...REGISTRATION });
    }
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 13, reserved: 0 });
  });
});

/** Something asked for through the gateway, and again with the same key after the function was killed. */
type Killed = { ask: () => Promise<Answer>; check: () => Promise<void> };

/** The writes of a function while it does something, as kill points: which operation, and how many of it go before. */
async function killPointsOf(functionName: string, work: () => Promise<unknown>) {
  await resetMeter();
  await work();
  const calls = await callsOf(functionName);
  return [...calls].flatMap(([operation, count]) =>
    isWrite(operation) ? Array.from({ length: count }, (_, skip) => ({ operation, skip })) : [],
  );
}

/** Kills the function at each of its writes in turn, in the whole stack; asks again as clients do. */
async function killEverywhere(functionName: string, prepare: () => Promise<Killed>): Promise<number> {
  const whole = await prepare();
  const points = await killPointsOf(functionName, async () =>
    expect((await whole.ask()).status).toBeLessThan(300),
  );
  await whole.check();
  for (const { operation, skip } of points) {
    const { ask, check } = await prepare();
    const match = { function: functionName, operation };
    await setFaults(stack, { target: "dynamodb", match, effect: "kill", skip, times: 1 });
    const first = await ask();
    expect([operation, skip, first.status]).toEqual([operation, skip, 500]);
    await setFaults(stack);
    // The claim of a request that died is over after half a minute.
    await advance(stack, 31);
    const again = await untilServed(ask);
    expect([operation, skip, again.status < 300, again.text]).toEqual([operation, skip, true, again.text]);
    await check();
  }
  return points.length;
}

describe("INV-5, INV-10, INV-12 a function of the whole stack, killed at each of its writes", () => {
  test("inviting by mail: one invitation, one mail", async () => {
    const { founder, org, at } = await setup();
    let count = 0;
    const emails: string[] = [];
    const points = await killEverywhere("invite", async () => {
      const email = newAddress("killed");
      emails.push(email);
      count += 1;
      const headers = { "idempotency-key": `killed-invite-${count}` };
      const body = { kind: "member", invitees: [{ email }] };
      return {
        ask: () => founder.send("POST", `${at}/invitations`, { body, headers }),
        check: async () => {
          const { items } = await founder.client.listInvitations(org, { email });
          expect(items).toMatchObject([{ state: "pending", email }]);
        },
      };
    });
    expect(points).toBeGreaterThanOrEqual(4);
    await untilMailed(founder, org);
    await expectMailed(founder, emails);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ reserved: points + 1 });
  });

  test("SEAT-3 accepting, with a channel and the group's: one seat", async () => {
    const { founder, org } = await setup();
    const channelId = await newChannel(founder, org, "Given");
    const people: Person[] = [];
    const points = await killEverywhere("accept", async () => {
      const who = await person(stack, "killed");
      people.push(who);
      const [invited] = (
        await founder.client.invite(org, {
          kind: "member",
          invitees: [{ email: who.email }],
          channelIds: [channelId],
          delivery: "link",
        })
      ).results;
      const token = invited?.link?.split("#")[1] ?? "";
      return {
        ask: () => who.send("POST", "/v1/invitations/accept", { body: { token, ...REGISTRATION } }),
        check: async () => expect((await who.client.getOrganization(org)).id).toBe(org),
      };
    });
    expect(points).toBeGreaterThanOrEqual(3);
    // What was cut short is finished by the sweep.
    await advance(stack, 6 * 60);
    await quietStream(stack);
    const members = await founder.client.listChannelMembers(org, channelId, { limit: 200 });
    const there = members.items.flatMap((one) => ("userId" in one ? one.userId : []));
    expect(there.sort()).toEqual([founder, ...people].map(({ userId }) => userId).sort());
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: points + 2, reserved: 0 });
  });
});
