import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { mailsTo, mailTo, secretIn } from "../../support/mailbox.ts";
import { accept, inviteAndAccept, newOrganization } from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { advance, DAY_SECONDS, setFaults } from "../../support/stack-control.ts";
import { until } from "../../support/until.ts";

const MINUTE_SECONDS = 60;

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack(E2E);
}, PATIENCE_MS);
afterEach(() => setFaults(stack));
afterAll(() => stack?.stop());

async function inviteByMail(sender: Person, org: string, email: string, expiresInDays?: number) {
  const { results } = await sender.client.invite(org, {
    kind: "member",
    invitees: [{ email }],
    ...(expiresInDays === undefined ? {} : { expiresInDays }),
  });
  expect(results).toMatchObject([{ status: "invited" }]);
}

test("ORG-11 a role change is mailed once to the person it concerns", async () => {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder);
  const bob = await inviteAndAccept(stack, founder, org, newAddress("bob"));
  const path = `/v1/organizations/${org}/members/${bob.userId}`;
  for (const role of ["administrator", "administrator"])
    expect((await founder.send("PUT", `${path}/org-role`, { body: { role } })).status).toBe(200);
  const mail = await mailTo(stack, bob.email);
  expect(mail.subject).toBe("Your role in Lighthouse Ltd has changed");
  expect(mail.text).toContain("From now on: Administrator");
  await quietStream(stack);
  expect(await mailsTo(stack, bob.email)).toHaveLength(1);
}, 120_000);

test("INV-16 an invitee is reminded once, two days before the end; both links open the invitation", async () => {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder);
  const [email, short, accepted] = ["reminded", "short", "accepted"].map(newAddress);
  if (email === undefined || short === undefined || accepted === undefined) throw new Error("no address");
  const newcomer = await person(stack, accepted);
  await inviteByMail(founder, org, email);
  await inviteByMail(founder, org, short, 4);
  await inviteByMail(founder, org, accepted);
  const first = await mailTo(stack, email);
  await mailTo(stack, short);
  await accept(newcomer, secretIn(await mailTo(stack, accepted)));
  await quietStream(stack);
  await advance(stack, 5 * DAY_SECONDS + MINUTE_SECONDS);
  const reminder = await until("a reminder", async () => (await mailsTo(stack, email))[1], 60_000);
  expect(reminder.subject).toMatch(/^Reminder: .*Lighthouse Ltd$/u);
  for (const mail of [first, reminder]) {
    const { state } = await founder.client.previewInvitation(secretIn(mail));
    expect(state).toBe("pending");
  }
  await advance(stack, 30 * MINUTE_SECONDS);
  await quietStream(stack);
  expect(await mailsTo(stack, email)).toHaveLength(2);
  expect(await mailsTo(stack, short)).toHaveLength(1);
  expect(await mailsTo(stack, accepted)).toHaveLength(1);
}, 180_000);

test("INV-12 a mail that SES did not take for more than an hour is sent, once, when SES is back", async () => {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder);
  const email = newAddress("given-up");
  await setFaults(stack, { target: "ses", effect: "throttle" });
  await inviteByMail(founder, org, email);
  await advance(stack, 70 * MINUTE_SECONDS);
  expect(await mailsTo(stack, email)).toEqual([]);
  await setFaults(stack);
  const mail = await until(
    "the mail",
    async () => {
      // Each sweep looks at one day of expiry: the next one's turn.
      await advance(stack, 5 * MINUTE_SECONDS);
      return (await mailsTo(stack, email))[0];
    },
    120_000,
  );
  expect(secretIn(mail)).not.toBe("");
  await quietStream(stack, 90_000);
  expect(await mailsTo(stack, email)).toHaveLength(1);
}, 240_000);
