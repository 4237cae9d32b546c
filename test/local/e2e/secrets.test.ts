import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import type { LocalStack, LogLine } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { act, ask, newChannel } from "../../support/act.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect } from "../../support/live-connection.ts";
import { newMailAddress, SHARE_REGISTRATION } from "../../support/mail-address.ts";
import { mailsTo, mailTo, secretIn } from "../../support/mailbox.ts";
import { newOrganization, REGISTRATION, secretOf } from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { tableOf } from "../../support/seeded-members.ts";
import { send } from "../../support/send.ts";
import { advance, DAY_SECONDS, setFaults } from "../../support/stack-control.ts";
import { storedItems, streamText } from "../../support/stored-items.ts";
import { until } from "../../support/until.ts";
import { formsOf, placesOf, secretsIn } from "./secrets/find-secrets.ts";
import { type Exchange, startRecordingProxy } from "./secrets/recording-proxy.ts";
import { runTour } from "./secrets/run-tour.ts";

const MINUTE_SECONDS = 60;

let stack: LocalStack;
let proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
/** The stack as everybody here reaches it: all that is asked and answered is kept. */
let seen: LocalStack;
const logged: LogLine[] = [];

beforeAll(async () => {
  stack = await startLocalStack(E2E);
  stack.context.log.subscribe((line) => logged.push(line));
  proxy = await startRecordingProxy(stack.httpUrl);
  seen = { ...stack, httpUrl: proxy.url };
}, PATIENCE_MS);
afterAll(async () => {
  await proxy?.stop();
  await stack?.stop();
});

const told = z.object({
  results: z.array(z.object({ link: z.string().optional(), invitation: z.object({ id: z.string() }) })),
});
const toldOfOne = z.object({ link: z.string().optional(), invitation: z.object({ id: z.string() }) });

type Told = { id: string; secret: string };

function toldIn(body: unknown): Told[] {
  const one = toldOfOne.safeParse(body);
  const all = one.success ? [one.data] : told.parse(body).results;
  return all.map(({ link = "", invitation }) => ({ id: invitation.id, secret: secretOf(link) }));
}

let keysUsed = 0;

/** Asks for something twice under one key, as a client does that has not heard the answer. */
async function askTwice(by: Person, path: string, body: object): Promise<Told[]> {
  keysUsed += 1;
  const headers = { "idempotency-key": `secrets-${keysUsed}` };
  const answers = [];
  for (const count of [1, 2]) {
    const answer = await by.send("POST", path, { body, headers });
    if (answer.status >= 300) throw new Error(`${path} (${count}): ${answer.status} ${answer.text}`);
    answers.push(...toldIn(answer.body));
  }
  return answers;
}

/**
 * Every way of handing a secret out, and every use of one, beside those of the tour.
 * @returns an invitation that stays pending
 */
async function handOut(
  founder: Person,
  org: string,
  tour: Promise<unknown>,
): Promise<Told & { email: string }> {
  const invitations = `/v1/organizations/${org}/invitations`;
  const channelId = await newChannel(founder, org, "Shared");
  const { id: adr } = await newMailAddress(founder, org);
  const shares = `/v1/organizations/${org}/mail-addresses/${adr}/shares`;
  const invite = async (terms: object, ...emails: string[]) =>
    await askTwice(founder, invitations, {
      kind: "member",
      invitees: emails.map((email) => ({ email })),
      ...terms,
    });
  const [ann, bob, cyd, dan] = await Promise.all(
    ["ann", "bob", "cyd", "dan"].map((name) => person(seen, name, { mfa: true })),
  );
  if (ann === undefined || bob === undefined || cyd === undefined || dan === undefined)
    throw new Error("nobody");

  const [byLink, , again] = await invite({ delivery: "link" }, ann.email, newAddress("linked"));
  await invite({ delivery: "email" }, bob.email);
  const [both] = await invite({ delivery: "both", message: "Come in." }, cyd.email);
  const waiting = newAddress("waiting");
  const [pending] = await invite({ delivery: "both", atomic: true }, waiting, newAddress("atomic"));
  const [guest] = await invite(
    { kind: "guest", delivery: "both", channelIds: [channelId] },
    newAddress("guest"),
  );
  const outsider = newAddress("outsider");
  const [toOutsider] = await askTwice(founder, shares, { email: outsider, delivery: "both" });
  const [toAnybody] = await askTwice(founder, shares, {});
  await askTwice(founder, shares, { email: newAddress("mailed"), delivery: "email" });
  if (byLink === undefined || again === undefined || both === undefined || guest === undefined)
    throw new Error("no link");
  if (toOutsider === undefined || toAnybody === undefined) throw new Error("no link");

  await refusals(byLink.secret, dan);
  // The clock is everybody's, and the tour counts on it to stand.
  await tour;
  await advance(seen, MINUTE_SECONDS + 1);
  await founder.signInAgain();
  for (const { id } of [both, guest, toOutsider]) {
    await askTwice(founder, `${invitations}/${id}/resend`, { delivery: "both", message: "Come in now." });
    await ask(founder, "PATCH", `${invitations}/${id}`, { message: "Changed." });
  }

  await act(ann, "POST", "/v1/invitations/accept", { token: again.secret, ...REGISTRATION });
  await act(ann, "POST", "/v1/invitations/accept", { token: again.secret, ...REGISTRATION });
  await act(dan, "POST", "/v1/invitations/accept", { token: toAnybody.secret, ...SHARE_REGISTRATION });
  const mail = await mailTo(seen, bob.email);
  await act(bob, "POST", "/v1/invitations/preview", { token: secretIn(mail) });
  const [mine] = (await bob.client.listMyInvitations()).items;
  await bob.client.acceptMyInvitation(org, mine?.id ?? "", REGISTRATION);
  await act(cyd, "GET", "/v1/me/invitations");
  await until("the second mail", async () => (await mailsTo(seen, cyd.email)).length > 1);
  const latest = (await mailsTo(seen, cyd.email)).at(-1);
  await act(cyd, "POST", "/v1/invitations/decline", { token: latest === undefined ? "" : secretIn(latest) });
  await act(founder, "DELETE", `${invitations}/${guest.id}`);
  await Promise.all([
    ask(dan, "POST", "/v1/invitations/preview", { token: guest.secret }),
    ask(dan, "POST", "/v1/invitations/accept", { token: again.secret, ...REGISTRATION }),
  ]);
  await lists(founder, org, adr, channelId);
  if (pending === undefined) throw new Error("no link");
  return { ...pending, email: waiting };
}

/** What is refused with a secret in the request. */
async function refusals(token: string, other: Person): Promise<void> {
  const accept = "/v1/invitations/accept";
  const bodies = [
    { token, more: token },
    { token: `${token}x` },
    { token },
    { profile: { firstName: token } },
    [token],
  ];
  for (const body of bodies) {
    await ask(other, "POST", accept, { ...body });
    await other.send("POST", "/v1/invitations/preview", { body });
  }
  // What cannot be read is not to be quoted; nor what stands in the place of a session.
  for (const raw of [`{"token":"${token}"`, `"${token}"`, `token=${token}`])
    await other.send("POST", accept, { raw });
  await send(seen, "POST", accept, { token, body: { token } });
}

/** What breaks in the table and in SES while a secret is at hand, and leaves its lines in the log. */
async function breakDowns(
  founder: Person,
  org: string,
  { secret, id, email }: Told & { email: string },
): Promise<void> {
  const invitee = await person(seen, "broken");
  await setFaults(
    seen,
    ...["GetItem", "TransactWriteItems"].map((operation) => ({
      target: "dynamodb" as const,
      match: { function: "accept", operation },
      effect: "error" as const,
      skip: 1,
      times: 6,
    })),
    { target: "ses", effect: "throttle", times: 2 },
  );
  const body = { token: secret, ...REGISTRATION };
  for (const _ of [1, 2]) await invitee.send("POST", "/v1/invitations/accept", { body });
  await founder.send("POST", `/v1/organizations/${org}/invitations/${id}/resend`, {
    body: { delivery: "both" },
  });
  await until("the mail all the same", async () => (await mailsTo(seen, email)).length > 1);
  await setFaults(seen);
}

/** Every list and answer that tells of invitations. */
async function lists(founder: Person, org: string, adr: string, channelId: string): Promise<void> {
  const at = `/v1/organizations/${org}`;
  const { items } = await founder.client.listInvitations(org);
  const paths = [
    "/invitations",
    "/invitations?kind=share",
    "/invitations?deliveryState=undelivered",
    "/members",
    "/members?state=pending",
    "/guests",
    "/audit",
    "/usage",
    "/directory?search=a",
    `/mail-addresses/${adr}/shares`,
    "/mail-addresses",
    `/channels/${channelId}/members`,
    `/channels/${channelId}/messages`,
    ...items.map(({ id }) => `/invitations/${id}`),
  ];
  for (const path of [at, ...paths.map((path) => at + path), "/v1/me", "/v1/me/mail-addresses"])
    expect([path, (await ask(founder, "GET", path)).status]).toEqual([path, 200]);
}

/** The answers that may carry a secret, to whoever asked for it; the mailbox is everybody's, and the test's own. */
const MAY_ANSWER = [
  /^POST \/v1\/organizations\/[^/]+\/invitations$/u,
  /^POST \/v1\/organizations\/[^/]+\/invitations\/[^/]+\/resend$/u,
  /^POST \/v1\/organizations\/[^/]+\/mail-addresses\/[^/]+\/shares$/u,
  /^GET \/local\/mailbox/u,
];

const isAnswer = ({ method, path, status }: Exchange): boolean =>
  status < 300 && MAY_ANSWER.some((one) => one.test(`${method} ${path}`));
const isMailbox = ({ path }: Exchange): boolean => path.startsWith("/local/mailbox");

test(
  "INV-3, INV-4 the whole tour: a secret is in its mail, or in the one answer, and nowhere else",
  async () => {
    const founder = await person(seen, "founder");
    const { id: org } = await newOrganization(founder, { guests: null, privateChannels: null });
    const live = await connect(founder, org);
    const tour = runTour(proxy.url);
    const [printed, waiting] = await Promise.all([tour, handOut(founder, org, tour)]);
    await breakDowns(founder, org, waiting);
    // The mails that remind carry secrets of their own.
    await quietStream(seen);
    await advance(seen, 5 * DAY_SECONDS);
    await founder.signInAgain();
    await until("a reminder", async () => (await mailsTo(seen, waiting.email)).length > 2);
    await send(seen, "GET", "/local/mailbox");
    await live.event("member.joined");

    const { exchanges } = proxy;
    const answers = exchanges.filter((exchange) => !isMailbox(exchange));
    const mails = exchanges.filter(isMailbox).map(({ answered }) => answered);
    const linked = secretsIn(
      answers
        .filter(isAnswer)
        .map(({ answered }) => answered)
        .join("\n"),
    );
    const mailed = secretsIn(mails.join("\n"));
    const secrets = [...new Set([...linked, ...mailed])];
    expect(linked.length).toBeGreaterThan(20);
    expect(mailed.length).toBeGreaterThan(15);
    expect(linked.filter((secret) => mailed.includes(secret))).toEqual([]);

    const places = new Map<string, string>([
      ["the table", [...(await storedItems(stack))].map(([key, item]) => `${key} ${item}`).join("\n")],
      ["the stream", await streamText(stack)],
      ["the log", logged.map(({ text }) => text).join("\n")],
      ["the live events", JSON.stringify(live.frames)],
      [
        "the tour's live events",
        printed
          .split("\n")
          .filter((line) => /^\s+→/u.test(line))
          .join("\n"),
      ],
      ["an address", exchanges.map(({ path }) => path).join("\n")],
      ["the headers of an answer", exchanges.map(({ headers }) => headers).join("\n")],
      [
        "another answer",
        answers
          .filter((exchange) => !isAnswer(exchange))
          .map(({ answered }) => answered)
          .join("\n"),
      ],
    ]);
    for (const [place, text] of places) expect(text.length, place).toBeGreaterThan(500);
    const found = secrets.flatMap((secret) => placesOf(secret, places).map((place) => [place, secret]));
    expect(found).toEqual([]);
    for (const secret of linked) {
      const carrying = answers.filter(({ answered }) => answered.includes(secret));
      expect(carrying, "one answer only").toHaveLength(1);
    }
    await live.close();
    await negativeControls(secrets[0] ?? "");
  },
  PATIENCE_MS,
);

/** That what is searched for would be found: put where it must not be, in each of its forms. */
async function negativeControls(secret: string): Promise<void> {
  const table = tableOf(stack);
  for (const [index, form] of formsOf(secret).entries()) {
    stack.context.log.add({ kind: "output", text: `a log line with ${form} in it` });
    const line = logged.at(-1)?.text ?? "";
    expect(placesOf(secret, new Map([["the log", line]]))).toEqual(["the log"]);
    const { client } = table;
    const item = { pk: `CONTROL#${index}`, sk: "CONTROL", nested: { list: [form] } };
    await (client as DynamoDBDocumentClient).send(new PutCommand({ TableName: table.name, Item: item }));
  }
  const inside = Buffer.from(`{"email":"a@b.example","token":"${secret}"}`).toString("base64");
  expect(placesOf(secret, new Map([["base64", inside]]))).toEqual(["base64"]);
  const stored = await storedItems(stack, "CONTROL#");
  expect(stored.size).toBe(formsOf(secret).length);
  for (const item of stored.values())
    expect(placesOf(secret, new Map([["the table", item]]))).toHaveLength(1);
  table.destroy();
}
