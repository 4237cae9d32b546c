import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { act, addPeople, ask, makeGuest, newChannel } from "../../support/act.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect, type LiveConnection } from "../../support/live-connection.ts";
import { inviteAndAccept, newOrganization } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { advance } from "../../support/stack-control.ts";
import { sized } from "../../support/thorough.ts";
import { until } from "../../support/until.ts";

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack(E2E);
}, PATIENCE_MS);
afterAll(() => stack?.stop());

const MESSAGES = sized(400, 1_000);

/** The place of each cut among them. */
const tenths = (count: number): number => Math.floor((count * MESSAGES) / 10);
const POSTERS = 10;
const MINUTE_SECONDS = 60;

/** The messages of one channel that a connection was told of. */
function toldOf({ events }: LiveConnection, channelId: string): number[] {
  return events.flatMap((event) =>
    event.type === "message.posted" && event.channelId === channelId && event.seq !== undefined
      ? [event.seq]
      : [],
  );
}

/** A channel that is posted to without a pause, `MESSAGES` times. */
function flood(posters: Person[], org: string, channelId: string) {
  const posted: { seq: number; begunAt: number }[] = [];
  let begun = 0;
  const lane = async (by: Person): Promise<void> => {
    while (begun < MESSAGES) {
      begun += 1;
      const text = `message ${begun}`;
      const begunAt = performance.now();
      const { seq } = await by.client.postMessage(org, channelId, { text });
      posted.push({ seq, begunAt });
    }
  };
  const done = Promise.all(posters.map(lane));
  return {
    posted,
    done,
    /** Waits until so many messages are posted. */
    async reaches(count: number): Promise<void> {
      while (posted.length < count)
        await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 5))]);
    },
    /** The messages that were begun after a moment. */
    after: (moment: number) => posted.filter(({ begunAt }) => begunAt > moment).map(({ seq }) => seq),
  };
}

test(
  `GST-9 GINV-9 GINV-10 ORG-10 whoever loses a channel while ${MESSAGES} messages are posted hears nothing more of it`,
  async () => {
    const founder = await person(stack, "founder");
    const { id: org, general } = await newOrganization(founder, { guests: null });
    const base = `/v1/organizations/${org}`;
    const secret = await newChannel(founder, org, "Secret");
    const open = await newChannel(founder, org, "Open");
    const posters = [founder];
    for (let count = 1; count < POSTERS; count += 1)
      posters.push(await inviteAndAccept(stack, founder, org, `poster-${count}`));
    const gone = await inviteAndAccept(stack, founder, org, "gone-member");
    const expelled = await inviteAndAccept(stack, founder, org, "expelled-member");
    await addPeople(founder, org, secret, ...posters.slice(1), gone, expelled);
    const removed = await person(stack, "removed-guest");
    const ended = await person(stack, "ended-guest");
    const dismissed = await person(stack, "dismissed-guest");
    const channelIds = [secret, open];
    const soon = new Date(stack.context.clock.now() + 5 * MINUTE_SECONDS * 1_000).toISOString();
    await makeGuest(founder, org, removed, { channelIds });
    await makeGuest(founder, org, dismissed, { channelIds });
    await makeGuest(founder, org, ended, { channelIds, guestEndsAt: soon });

    const live = new Map<Person, LiveConnection>();
    for (const who of [founder, removed, ended, dismissed, gone, expelled])
      live.set(who, await connect(who, org));
    const connectionOf = (who: Person): LiveConnection => {
      const connection = live.get(who);
      if (connection === undefined) throw new Error("not connected");
      return connection;
    };
    await quietStream(stack);

    const messages = flood(posters, org, secret);
    const cuts = new Map<Person, number>();
    const cut = async (count: number, who: Person, how: () => Promise<unknown>) => {
      await messages.reaches(count);
      await connectionOf(who).event("message.posted", ({ channelId }) => channelId === secret);
      await how();
      cuts.set(who, performance.now());
    };
    await cut(tenths(1), removed, () =>
      act(founder, "DELETE", `${base}/channels/${secret}/members/${removed.userId}`),
    );
    await cut(tenths(2), expelled, () =>
      act(founder, "DELETE", `${base}/channels/${secret}/members/${expelled.userId}`),
    );
    await cut(tenths(3), dismissed, () => act(founder, "DELETE", `${base}/members/${dismissed.userId}`));
    await cut(tenths(4), gone, () => act(founder, "DELETE", `${base}/members/${gone.userId}`));
    await cut(tenths(5), ended, () => advance(stack, 6 * MINUTE_SECONDS));
    await messages.done;
    await quietStream(stack);

    for (const [who, moment] of cuts) {
      const never = new Set(messages.after(moment));
      expect(never.size).toBeGreaterThan(MESSAGES / 10);
      const told = toldOf(connectionOf(who), secret);
      expect(told.length).toBeGreaterThan(0);
      expect(told.filter((seq) => never.has(seq))).toEqual([]);
    }
    // Whoever stayed has heard of all of them.
    const heardAll = () => new Set(toldOf(connectionOf(founder), secret)).size >= MESSAGES;
    await until("all of them heard", heardAll);
    for (const who of [dismissed, gone, ended]) {
      const connection = connectionOf(who);
      await connection.closed;
      expect(connection.events.map(({ type }) => type)).toContain("session.revoked");
    }
    for (const who of [removed, dismissed, ended]) {
      expect((await ask(who, "GET", `${base}/channels/${secret}/messages`)).status).toBe(404);
      const answer = await ask(who, "POST", `${base}/channels/${secret}/messages`, { text: "x", nonce: "x" });
      expect(answer.status).toBe(404);
    }

    // The others' connections are as good as ever: what is left to them still arrives.
    await founder.client.postMessage(org, open, { text: "still open" });
    const still = await connectionOf(removed).event("message.posted", ({ channelId }) => channelId === open);
    expect(still.message?.text).toBe("still open");
    await founder.client.postMessage(org, general, { text: "to all" });
    await connectionOf(expelled).event("message.posted", ({ channelId }) => channelId === general);
    await quietStream(stack);
    expect(toldOf(connectionOf(removed), general)).toEqual([]);
  },
  PATIENCE_MS,
);
