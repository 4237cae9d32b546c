import { VestibuleProblem } from "@vestibule/client/problem";
import { openSession } from "@vestibule/client/session";
import type { Posted } from "@vestibule/client/session/outbox";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sized } from "../support/thorough.ts";
import { createFakeService, type Faults } from "./session/fake-service.ts";
import type { StoredChannel } from "./session/stored-channel.ts";

const ME = "usr_1";
const OTHERS = ["usr_2", "usr_3"];
const CHANNELS = ["chn_1", "chn_2"];
const EMOJIS = ["👍", "🎉"];

const rate = (max: number) => fc.double({ min: 0, max, noNaN: true });

const faults: fc.Arbitrary<Partial<Faults>> = fc.record({
  drop: rate(0.5),
  duplicate: rate(0.5),
  // Up to 4 s: events come after ones that were told later, replies after their connection is given up.
  slowestMs: fc.integer({ min: 1, max: 4_000 }),
  loseReply: rate(0.2),
  refusePost: rate(0.4),
  refuseTicket: rate(0.4),
  refuseHandshake: rate(0.4),
  failRead: rate(0.3),
});

const place = { channel: fc.nat(), target: fc.nat(), by: fc.nat() };

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("theirs" as const), ...place }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("mine" as const), ...place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("reply" as const), ...place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("edit" as const), ...place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), ...place }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("pin" as const), ...place }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("react" as const), ...place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("read" as const), ...place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("look" as const), ...place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("disconnect" as const), ...place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave-and-return" as const), ...place }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), ...place, forMs: fc.nat(20_000) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

type Post = { readonly stored: StoredChannel; readonly text: string; outcome?: Posted | VestibuleProblem };

/** What a run leaves behind, to be held against the service. */
async function run(seed: number, schedule: readonly Step[], going: Partial<Faults>) {
  const service = createFakeService(seed);
  const stored = CHANNELS.map((id) => service.channel(id, [ME, ...OTHERS]));
  for (const channel of stored) {
    for (let count = 0; count < 60; count += 1) service.postAs(channel, "usr_2", `before ${count}`);
  }
  const session = openSession(service.api(ME), "org_1", { environment: service.environment() });
  const channels = CHANNELS.map((id) => session.channel(id));
  const posts: Post[] = [];
  const pick = <Item>(items: readonly Item[], number: number) => items[number % items.length] as Item;

  async function act({ kind, channel: number, target, by, ...rest }: Step): Promise<void> {
    const channel: StoredChannel = pick(stored, number);
    const mine = pick(channels, number);
    const seq = 1 + (target % channel.head());
    const isThere = channel.exists(seq);
    switch (kind) {
      case "theirs":
        service.postAs(channel, pick(OTHERS, by), `theirs ${target}`);
        break;
      case "mine": {
        const post: Post = { stored: channel, text: `mine ${posts.length}` };
        posts.push(post);
        mine.post({ text: post.text }).then(
          (posted) => {
            post.outcome = posted;
          },
          (problem: VestibuleProblem) => {
            post.outcome = problem;
          },
        );
        break;
      }
      case "reply":
        if (isThere) service.postAs(channel, pick(OTHERS, by), `reply ${target}`, seq);
        break;
      case "edit":
        if (isThere) service.tell(channel.edit(seq, `edited ${target} ${by}`));
        break;
      case "delete":
        if (isThere) service.tell(channel.remove(seq));
        break;
      case "pin":
        if (isThere) service.tell(channel.pin(seq, channel.get(seq)?.pinned !== true));
        break;
      case "react":
        if (isThere) service.tell(channel.react(seq, pick(EMOJIS, by), pick(OTHERS, target), by % 3 > 0));
        break;
      case "read":
        mine.read();
        break;
      case "look":
        session.look(channel.id);
        break;
      case "disconnect":
        service.disconnect(ME);
        break;
      case "leave-and-return":
        service.exclude(channel.id, ME);
        await service.time.advance(target % 3_000);
        service.admit(channel.id, ME);
        break;
      case "wait":
        await service.time.advance("forMs" in rest ? rest.forMs : 0);
        break;
    }
  }

  service.setFaults(going);
  for (const one of schedule) await act(one);
  // Quiet: what is on its way comes, what waits is tried again, and what is looked at is asked for.
  service.setFaults({});
  await service.time.advance(120_000);
  session.refresh();
  await service.time.advance(20_000);
  return { service, session, stored, channels, posts };
}

test("MSG-2 MSG-3 MSG-4 whatever the net does, in the end the view is the service's truth, and each post is there once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.array(step, { minLength: 10, maxLength: 60 }),
      faults,
      async (seed, schedule, going) => {
        const { session, stored, channels, posts } = await run(seed, schedule, going);
        for (const [index, channel] of stored.entries()) {
          const view = channels[index]?.view();
          const { messages = [], pending, unread, problem } = view ?? {};
          const lowest = messages[0]?.seq ?? Number.NaN;
          const mine = messages.map(({ nonce: _, ...message }) => message);
          expect(mine).toEqual(channel.all().filter(({ seq }) => seq >= lowest));
          expect(lowest).toBeLessThanOrEqual(channel.head() - 49);
          expect(pending).toEqual([]);
          expect(problem).toBeUndefined();
          expect(unread).toBe(channel.head() - (channel.marks.get(ME) ?? 0));
        }
        for (const { stored: channel, text, outcome } of posts) {
          const there = channel.written.filter((one) => one.text === text);
          expect(there.length).toBeLessThanOrEqual(1);
          // Refused only where it was sent, or sent again, while they were not in the channel.
          if (outcome instanceof VestibuleProblem) expect(outcome.status).toBe(404);
          else expect(outcome?.message.seq).toBe(there[0]?.seq ?? Number.NaN);
        }
        expect(session.state()).toEqual({ kind: "connected" });
        session.close();
      },
    ),
    { numRuns: sized(60, 3_000) },
  );
});
