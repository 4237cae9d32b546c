import { once } from "node:events";
import { Agent, request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { png } from "../../functions/organization/images.ts";
import { act, inLanes, newChannel } from "../../support/act.ts";
import { countersEqualLists } from "../../support/counters.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect } from "../../support/live-connection.ts";
import { newMailAddress } from "../../support/mail-address.ts";
import { type Mail, mailsTo, mailTo, secretIn } from "../../support/mailbox.ts";
import { inviteAndAccept, newOrganization } from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { advance, DAY_SECONDS } from "../../support/stack-control.ts";
import { storedItems } from "../../support/stored-items.ts";
import { until } from "../../support/until.ts";

const TIMES = 100;
/** Few: every one more would start a worker more of the page. */
const LANES = 3;

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack(E2E);
}, PATIENCE_MS);
afterAll(() => stack?.stop());

/** Every address in a mail that a program would find: of its elements, and in its plain text. */
function addressesIn({ html, text }: Mail): string[] {
  const attributes = [...html.matchAll(/\b(?:href|src|action|background|cite|poster)\s*=\s*"([^"]*)"/giu)];
  const styles = [...html.matchAll(/url\(\s*['"]?([^'")]+)/giu)];
  const plain = [...`${text}\n${html}`.matchAll(/https?:\/\/[^\s"'<>)]+/giu)];
  const found = [...attributes, ...styles].map(([, address = ""]) => address);
  const all = [...found, ...plain.map(([address]) => address)].map((one) => one.replaceAll("&amp;", "&"));
  return [...new Set(all)].filter((one) => /^https?:/u.test(one));
}

/** One request as a scanner sends it: its target exactly so, whatever it is. */
async function scan(agent: Agent, method: string, target: string): Promise<number> {
  const { hostname, port } = new URL(stack.httpUrl);
  const outgoing = request({ hostname, port, method, path: target, agent, headers: { accept: "*/*" } });
  outgoing.end();
  const [answer] = await once(outgoing, "response");
  answer.resume();
  await once(answer, "end");
  return answer.statusCode;
}

/** What a scanner may make of a link: as browsers do, without its fragment; or with it, since it is a part of the text. */
function targetsOf(address: string): string[] {
  const { pathname, search, hash } = new URL(address);
  const bare = pathname + search;
  return hash === "" ? [bare] : [bare, bare + hash, `${bare}%23${hash.slice(1)}`];
}

/** A mail of each kind there is, under the organization's brand, and whoever is invited by it. */
async function everyKindOfMail(founder: Person, org: string): Promise<Map<string, Mail>> {
  const at = `/v1/organizations/${org}`;
  await act(founder, "PUT", `${at}/brand/logo`, { type: "image/png", data: png(200, 50).toString("base64") });
  const brand = { isOn: true, buttonColor: "#003366", textColor: "#ffffff" };
  await act(founder, "PATCH", at, { settings: { brand } });
  const channelId = await newChannel(founder, org, "Shared");
  const { id: adr } = await newMailAddress(founder, org);
  const [member, guest, share, linked] = ["member", "guest", "share", "linked"].map(newAddress) as [
    string,
    string,
    string,
    string,
  ];
  const told = await inviteAndAccept(stack, founder, org, "told");
  const invite = async (email: string, terms: object) =>
    await act(founder, "POST", `${at}/invitations`, { invitees: [{ email }], message: "Come in.", ...terms });
  await invite(member, { kind: "member", delivery: "both" });
  await invite(guest, { kind: "guest", channelIds: [channelId] });
  await invite(linked, { kind: "member", delivery: "link" });
  await act(founder, "POST", `${at}/mail-addresses/${adr}/shares`, { email: share, delivery: "email" });
  await act(founder, "PUT", `${at}/members/${told.userId}/org-role`, { role: "administrator" });
  for (const email of [member, guest, share, told.email]) await mailTo(stack, email);
  await quietStream(stack);
  await advance(stack, 5 * DAY_SECONDS + 60);
  const reminder = await until("a reminder", async () => (await mailsTo(stack, member))[1], 60_000);
  const first = async (email: string) => await mailTo(stack, email);
  return new Map([
    ["a member's invitation", await first(member)],
    ["a guest's invitation", await first(guest)],
    ["a share's invitation", await first(share)],
    ["a reminder", reminder],
    ["a change of role", await first(told.email)],
  ]);
}

test("INV-4 a scanner that opens every link of every mail a hundred times, with GET and HEAD, changes nothing", async () => {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder, { guests: null, privateChannels: null });
  const mails = await everyKindOfMail(founder, org);
  const live = await connect(founder, org);
  await quietStream(stack);
  const before = await storedItems(stack);
  const figures = await countersEqualLists(stack, founder, org);
  const heard = live.events.length;

  const targets = new Map<string, string>();
  for (const [kind, mail] of mails) {
    const addresses = addressesIn(mail);
    // The link of what is mailed, and the logo (BRD-1); whatever else there is, is opened as well.
    if (kind !== "a change of role") expect(addresses.some((one) => one.includes("/invite#"))).toBe(true);
    expect(addresses.some((one) => one.includes("/brand/"))).toBe(true);
    for (const address of addresses) {
      expect(new URL(address).origin, kind).toBe(new URL(stack.httpUrl).origin);
      for (const target of targetsOf(address)) targets.set(target, kind);
    }
  }
  expect(targets.size).toBeGreaterThanOrEqual(10);
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  const answered = new Map<string, Set<number>>();
  const work = [...targets.keys()].flatMap((target) =>
    Array.from({ length: TIMES }, () => ["GET", "HEAD"].map((method) => [method, target] as const)).flat(),
  );
  await inLanes(work, LANES, async ([method, target]) => {
    const status = await scan(agent, method, target);
    answered.set(`${method} ${target}`, (answered.get(`${method} ${target}`) ?? new Set()).add(status));
  });
  agent.destroy();
  // The page itself and the logo are there, every time.
  for (const target of targets.keys())
    if (!/#|%23/u.test(target))
      expect([target, ...(answered.get(`GET ${target}`) ?? [])]).toEqual([target, 200]);
  for (const status of [...answered.values()].flatMap((all) => [...all])) expect(status).toBeLessThan(500);

  const { givenUp } = await quietStream(stack);
  expect(givenUp).toBe(0);
  expect(await storedItems(stack)).toEqual(before);
  expect(await countersEqualLists(stack, founder, org)).toEqual(figures);
  expect(live.events.slice(heard)).toEqual([]);
  // Looking at what they are invited to, as the page does when somebody opens it, is no use of it either.
  for (const [kind, mail] of mails) {
    if (kind === "a change of role") continue;
    for (let count = 0; count < 5; count += 1)
      expect(await founder.client.previewInvitation(secretIn(mail))).toMatchObject({
        state: "pending",
        email: mail.to,
      });
  }
  expect(await storedItems(stack)).toEqual(before);
  await live.close();
}, 180_000);
