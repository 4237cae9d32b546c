import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { countersEqualLists } from "../../support/counters.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect } from "../../support/live-connection.ts";
import { mailsTo, mailTo, secretIn } from "../../support/mailbox.ts";
import { accept, newOrganization, secretOf } from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { expectProblem } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { send } from "../../support/send.ts";
import { advance, setFaults } from "../../support/stack-control.ts";
import { storedItems, streamText } from "../../support/stored-items.ts";
import { until } from "../../support/until.ts";

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack(E2E);
}, PATIENCE_MS);
afterEach(() => setFaults(stack));
afterAll(() => stack?.stop());

async function inviteByMail(sender: Person, org: string, email: string) {
  const { results } = await sender.client.invite(org, { kind: "member", invitees: [{ email }] });
  const id = results[0]?.invitation?.id;
  if (results[0]?.status !== "invited" || id === undefined) throw new Error(JSON.stringify(results));
  return id;
}

async function setup(seats: number | null = null) {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder, { seats });
  return { founder, org, email: newAddress("invitee") };
}

const mailState = async (who: Person, org: string, id: string) =>
  (await who.client.getInvitation(org, id)).delivery.state;

const isState = (who: Person, org: string, id: string, state: string) => async () =>
  (await mailState(who, org, id)) === state;

/** A later mail of the same organization has come, and the stream is quiet: a mail from before would be there. */
async function laterMailIsThere(founder: Person, org: string) {
  const later = newAddress("later");
  await inviteByMail(founder, org, later);
  await mailTo(stack, later);
  await quietStream(stack);
}

const meter = z.object({
  units: z.array(z.object({ functionName: z.string(), operation: z.string(), calls: z.number() })),
});

/** How often the mailer has written since the meter was reset: twice for each attempt that failed. */
async function mailerWrites(): Promise<number> {
  const { units } = meter.parse((await send(stack, "GET", "/local/meter")).body);
  return units
    .filter(({ functionName, operation }) => functionName === "mailer" && operation === "UpdateItem")
    .reduce((sum, { calls }) => sum + calls, 0);
}

describe("INV-12 no mail without a committed invitation", () => {
  test("SEAT-2 without a free seat", async () => {
    const { founder, org, email } = await setup(2);
    const id = await inviteByMail(founder, org, newAddress("first"));
    const { results } = await founder.client.invite(org, { kind: "member", invitees: [{ email }] });
    expect(results).toMatchObject([{ status: "quota-exceeded" }]);
    await founder.client.revokeInvitation(org, id);
    await laterMailIsThere(founder, org);
    expect(await mailsTo(stack, email)).toEqual([]);
  });

  test.each([
    ["conflicts with other writers", { effect: "throttle" as const, conflict: true }, 200],
    ["is throttled", { effect: "throttle" as const }, 503],
    ["fails in the table", { effect: "error" as const }, 500],
  ])("a transaction that %s", async (_, fault, status) => {
    const { founder, org, email } = await setup();
    const match = { function: "invite", operation: "TransactWriteItems" };
    await setFaults(stack, { target: "dynamodb", match, ...fault });
    const answer = await founder.send("POST", `/v1/organizations/${org}/invitations`, {
      body: { kind: "member", invitees: [{ email }] },
    });
    // An address for which the table stayed busy has that as its own result.
    if (status === 200)
      expect(answer.body).toMatchObject({ results: [{ status: "busy", problem: { status: 503 } }] });
    else expectProblem(answer, status);
    if (status === 503) expect(answer.headers.get("retry-after")).toMatch(/^\d+$/u);
    await setFaults(stack);
    await laterMailIsThere(founder, org);
    expect(await mailsTo(stack, email)).toEqual([]);
    expect((await founder.client.listInvitations(org, { email })).items).toEqual([]);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ reserved: 1 });
  });

  test("a transaction that was carried out, and whose answer was lost, mails once", async () => {
    const { founder, org, email } = await setup();
    const match = { function: "invite", operation: "TransactWriteItems" };
    await setFaults(stack, { target: "dynamodb", match, effect: "error-after", times: 1 });
    const { results } = await founder.client.invite(org, { kind: "member", invitees: [{ email }] });
    expect(results).toMatchObject([{ invitation: { email, state: "pending" } }]);
    await mailTo(stack, email);
    await quietStream(stack);
    expect(await mailsTo(stack, email)).toHaveLength(1);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ reserved: 1 });
  });
});

describe("INV-12 a mailer that dies between its claim and its note that the mail was sent", () => {
  const update = { function: "mailer", operation: "UpdateItem" };

  test.each([
    ["before SES took the mail", { target: "ses" as const, effect: "kill" as const }, 1],
    ["once SES took the mail", { target: "ses" as const, effect: "kill" as const, delayMs: 1 }, 2],
    ["when the answer of SES is lost", { target: "ses" as const, effect: "drop" as const }, 1],
    ["when SES fails after it took the mail", { target: "ses" as const, effect: "error-after" as const }, 2],
    [
      "while it notes that the mail was sent",
      { target: "dynamodb" as const, match: update, skip: 1, effect: "kill" as const },
      2,
    ],
    ["while it claims", { target: "dynamodb" as const, match: update, effect: "kill" as const }, 1],
    [
      "at any moment",
      { target: "function" as const, match: { function: "mailer" }, effect: "kill" as const, delayMs: 15 },
      2,
    ],
  ])("%s: the mail is sent all the same, at most twice", async (_, fault, most) => {
    const { founder, org, email } = await setup();
    await setFaults(stack, { ...fault, times: 1 });
    const id = await inviteByMail(founder, org, email);
    // Wherever it waits for the dead mailer's lease, the lease is over soon.
    let mailed = 0;
    await until("the mail", async () => {
      await advance(stack, 5);
      mailed = (await mailsTo(stack, email)).length;
      return mailed > 0 && (await isState(founder, org, id, "sent")());
    });
    await advance(stack, 60);
    await quietStream(stack);
    const mails = await mailsTo(stack, email);
    expect(mails.length).toBeGreaterThanOrEqual(1);
    expect(mails.length).toBeLessThanOrEqual(most);
    for (const mail of mails) {
      expect(await founder.client.previewInvitation(secretIn(mail))).toMatchObject({
        state: "pending",
        email,
      });
    }
    expect(new Set(mails.map(secretIn)).size).toBe(mails.length);
  });

  test.each(["throttle" as const, "error" as const, "drop" as const])(
    "SES does not take mails for a minute (%s): they are sent afterwards, once each",
    async (effect) => {
      const { founder, org } = await setup();
      await send(stack, "DELETE", "/local/meter");
      await setFaults(stack, { target: "ses", effect });
      const emails = [newAddress("waits"), newAddress("waits"), newAddress("waits")];
      const ids = await Promise.all(emails.map((email) => inviteByMail(founder, org, email)));
      await until("failed attempts", async () => (await mailerWrites()) >= 6);
      for (let passed = 0; passed < 60; passed += 10) await advance(stack, 10);
      for (const email of emails) expect(await mailsTo(stack, email)).toEqual([]);
      for (const id of ids) expect(await mailState(founder, org, id)).toBe("queued");
      await setFaults(stack);
      for (const id of ids) {
        await until("the mail to be sent", async () => {
          await advance(stack, 5);
          return await isState(founder, org, id, "sent")();
        });
      }
      expect(await quietStream(stack)).toEqual({ givenUp: 0 });
      for (const email of emails) expect(await mailsTo(stack, email)).toHaveLength(1);
    },
  );

  test("an invitation revoked while its mail waits is not mailed any more", async () => {
    const { founder, org, email } = await setup();
    await send(stack, "DELETE", "/local/meter");
    await setFaults(stack, { target: "ses", effect: "throttle" });
    const id = await inviteByMail(founder, org, email);
    await until("failed attempts", async () => (await mailerWrites()) >= 2);
    await founder.client.revokeInvitation(org, id);
    await setFaults(stack);
    await advance(stack, 20);
    await laterMailIsThere(founder, org);
    expect(await mailsTo(stack, email)).toEqual([]);
  });
});

describe("INV-11 what becomes of a mail", () => {
  test.each([
    ["bounce", "bounced"],
    ["suppressionlist", "suppressed"],
    ["complaint", "complained"],
    ["success", "sent"],
  ])("%s@simulator: %s, and the invitation stays", async (name, state) => {
    const { founder, org } = await setup();
    const label = newAddress("label").split("@")[0];
    const id = await inviteByMail(founder, org, `${name}+${label}@simulator.amazonses.com`);
    await until(`the mail to be ${state}`, isState(founder, org, id, state));
    expect(await founder.client.getInvitation(org, id)).toMatchObject({ state: "pending" });
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ reserved: 1 });
  });

  test("by link: nothing is mailed; by both: the same invitation is opened by the link and by the mail", async () => {
    const { founder, org, email } = await setup();
    const both = await person(stack, "both");
    const invite = async (to: string, delivery: "link" | "both") =>
      (await founder.client.invite(org, { kind: "member", invitees: [{ email: to }], delivery })).results[0];
    const byLink = await invite(email, "link");
    expect(byLink).toMatchObject({ invitation: { delivery: { by: "link", state: "none" } } });
    const byBoth = await invite(both.email, "both");
    const secret = secretIn(await mailTo(stack, both.email));
    expect(secret).not.toBe(secretOf(byBoth?.link ?? ""));
    for (const token of [secret, secretOf(byBoth?.link ?? "")]) {
      expect(await founder.client.previewInvitation(token)).toMatchObject({ email: both.email });
    }
    await accept(both, secret);
    await laterMailIsThere(founder, org);
    expect(await mailsTo(stack, email)).toEqual([]);
    expect(await mailsTo(stack, both.email)).toHaveLength(1);
  });
});

test("INV-3 a secret is in the mail, or in the answer to who asked for the link, and nowhere else", async () => {
  const { founder, org } = await setup();
  const listens = await connect(founder, org);
  const [mailed, linked, open] = await Promise.all(
    ["mailed", "linked", "open"].map((name) => person(stack, name)),
  );
  if (mailed === undefined || linked === undefined || open === undefined) throw new Error("nobody");
  const key = { "idempotency-key": "the-links" };
  const path = `/v1/organizations/${org}/invitations`;
  const linkOf = async (email: string) => {
    const body = { kind: "member", invitees: [{ email }], delivery: "link" };
    const { text } = await founder.send("POST", path, { body, headers: email === linked.email ? key : {} });
    const link = z.object({ results: z.tuple([z.object({ link: z.string() })]) }).parse(JSON.parse(text));
    return secretOf(link.results[0].link);
  };

  await inviteByMail(founder, org, mailed.email);
  const secrets = [
    secretIn(await mailTo(stack, mailed.email)),
    await linkOf(linked.email),
    // The same request again: the answer was kept, but its secret was not.
    await linkOf(linked.email),
    await linkOf(open.email),
  ];
  expect(new Set(secrets).size).toBe(4);
  for (const token of secrets) expect(await founder.client.previewInvitation(token)).toBeTruthy();
  await accept(mailed, secrets[0] ?? "");
  await accept(linked, secrets[2] ?? "");
  await open.client.declineInvitation(secrets[3] ?? "");
  await listens.event("member.joined");
  await quietStream(stack);

  const { client } = founder;
  const places = {
    table: [...(await storedItems(stack)).values()].join("\n"),
    stream: await streamText(stack),
    log: stack.context.log.lines.map(({ text }) => text).join("\n"),
    invitations: JSON.stringify(await client.listInvitations(org)),
    pending: JSON.stringify(await client.listPendingMembers(org)),
    audit: JSON.stringify(await client.listAudit(org)),
    "live frames": JSON.stringify(listens.frames),
    "other mails": JSON.stringify(await mailsTo(stack, linked.email)),
  };
  for (const secret of secrets) {
    const random = secret.split(".")[2] ?? "";
    expect(random).toMatch(/^[\w-]{43}$/u);
    for (const [place, text] of Object.entries(places)) {
      expect(text.includes(random), `a secret in the ${place}`).toBe(false);
    }
    // That the search finds what is there: the hash of each is in the table.
    expect(places.table).toContain(createHash("sha256").update(secret).digest("base64url"));
  }
  expect(places.stream).toContain(mailed.email);
  for (const place of [places.log, places.audit]) {
    for (const { email } of [mailed, linked, open]) expect(place).not.toContain(email);
  }
  await listens.close();
});

test("INV-16 names and messages are escaped and stripped of links, in the invitee's language", async () => {
  const founder = await person(stack, "founder", { name: "Eve <img src=x> Evil" });
  const { id: org } = await founder.client.createOrganization({
    name: 'Prize <a href="https://evil.example/win">click</a> Co',
    limits: { seats: null },
  });
  const email = newAddress("invitee");
  await founder.client.invite(org, {
    kind: "member",
    invitees: [{ email, firstName: "<script>alert(1)</script>" }],
    message: "Win at https://evil.example/now or www.evil.example\n<b>bold</b>",
    locale: "fr",
  });
  const { html, text, subject } = await mailTo(stack, email);
  for (const part of [html, text, subject]) {
    expect(part).not.toContain("evil.example/");
    expect(part).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)/u);
  }
  expect(html).not.toMatch(/<script|<img src=x|<b>bold|href="https:\/\/evil/u);
  expect(html).toContain("&lt;b&gt;bold");
  expect(html).toContain('lang="fr"');
  expect(text).toContain("Voir l’invitation");
});
