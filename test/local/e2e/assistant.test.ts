import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { DONE, delta, fakeEndpoint, streams } from "../../functions/assistant/fake-endpoint.ts";
import { ask } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { type Office, openOffice } from "../../support/office.ts";
import { accept, inviteByLink } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { expectProblem } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { reconfigured } from "../../support/reconfigured.ts";
import { until } from "../../support/until.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let office: Office;
beforeAll(async () => {
  stack = await sharedStack();
  office = await openOffice(stack);
}, PATIENCE_MS);

/** Somebody's conversation with the assistant, in which it has welcomed them (INV-17). */
async function withAssistant(who: Person): Promise<{ channel: string; botId: string }> {
  const { items } = await who.client.listChannels(office.org, { type: "direct", mine: "true" });
  for (const { id } of items) {
    const [first] = (await who.client.listMessages(office.org, id, { after: 0, limit: 1 })).items;
    if (first?.author.kind === "bot") return { channel: id, botId: first.author.userId };
  }
  throw new Error("no conversation with the assistant");
}

/** What it answers to somebody. */
async function answerTo(who: Person, text: string): Promise<string> {
  const { org } = office;
  const { channel } = await withAssistant(who);
  const { seq } = await who.client.postMessage(org, channel, { text });
  const answer = await until(`an answer to ${text}`, async () => {
    const { items } = await who.client.listMessages(org, channel, { after: seq, limit: 5 });
    return items.find(({ author }) => author.kind === "bot");
  });
  return answer.text;
}

describe("BOT-1 INV-17 the assistant's welcome", () => {
  test("to everybody who comes, once, in their language", async () => {
    const { org, ada } = office;
    const who = await person(stack, "dora");
    const { secret } = await inviteByLink(ada, org, who.email, { locale: "de" });
    const profile = { firstName: "Dora", lastName: "Doe", locale: "de" } as const;
    await who.client.acceptInvitation({ token: secret, profile, termsVersion: "1" });
    await accept(who, secret);
    await quietStream(stack);
    const { channel, botId } = await withAssistant(who);
    const { items } = await who.client.listMessages(org, channel);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ author: { kind: "bot", userId: botId } });
    expect(items[0]?.text).toContain("Willkommen");
    expect((await who.client.listUnread(org, { limit: 200 })).items).toContainEqual(
      expect.objectContaining({ channelId: channel, unread: 1 }),
    );
    // It is among the contacts of members (BOT-1), and counts nowhere.
    const found = await ask(ada, "GET", `${office.base}/directory?search=assistant`);
    expect(found.body).toMatchObject({ items: [{ kind: "bot", userId: botId }] });
  });

  test("BOT-4 GST-9 a guest's offers nothing that they may not do", async () => {
    const { org, bea, gil } = office;
    const first = async (who: Person) =>
      (await who.client.listMessages(org, (await withAssistant(who)).channel, { after: 0, limit: 1 }))
        .items[0]?.text ?? "";
    const [members, guests] = [await first(bea), await first(gil)];
    expect(members).toMatch(/channels/u);
    const offered = (text: string) => text.split("\n").filter((line) => line.startsWith("- "));
    expect(offered(guests).length).toBeGreaterThan(0);
    expect(offered(guests).every((line) => offered(members).includes(line))).toBe(true);
    for (const forbidden of [/invit/iu, /create/iu, /join/iu, /directory/iu])
      expect(offered(guests).filter((line) => forbidden.test(line))).toEqual([]);
  });
});

describe("BOT-3 the built-in brain", () => {
  test("answers help, arithmetic and what the rules allow, to members and guests as they may", async () => {
    const { bea, gil } = office;
    expect(await answerTo(bea, "What is 2 + 3 * 4?")).toContain("= 14");
    expect(await answerTo(bea, "(1+1")).not.toContain("Error");
    expect(await answerTo(bea, "help")).toContain("- ");
    expect(await answerTo(gil, "May I invite somebody?")).toMatch(/GST-12|GINV-1/u);
  });
});

test("BOT-2 bots converse one-to-one only: a group with it is refused, and it is added to no channel", async () => {
  const { base, ada, bea, cyn } = office;
  const { botId } = await withAssistant(bea);
  const group = await ask(bea, "POST", `${base}/channels/direct`, { userIds: [botId, cyn.userId] });
  expectProblem(group, 409, "bot-one-to-one");
  expect(group.body).toMatchObject({ rule: "BOT-2" });
  const channel = await office.room(bea);
  const added = await ask(ada, "POST", `${base}/channels/${channel}/members`, { userIds: [botId] });
  expect(added.body).toMatchObject({ results: [{ status: "not-found" }] });
});

describe("BOT-3 an endpoint in the place of the built-in brain", () => {
  const endpoint = fakeEndpoint();
  const restores: (() => void)[] = [];
  afterEach(() => {
    for (const restore of restores.splice(0)) restore();
  });
  const configure = () =>
    restores.push(
      reconfigured(stack, "assistant", { ASSISTANT_URL: endpoint.url(), ASSISTANT_MODEL: "a-model" }),
    );

  test("streams: one message when it is whole; it is told no name and no address, and sums stay here", async () => {
    const { bea } = office;
    configure();
    endpoint.behaves(streams(delta("Twenty "), delta("questions"), delta(".", "stop"), DONE));
    expect(await answerTo(bea, "What shall we play?")).toBe("Twenty questions.");
    const { body, path } = endpoint.asked.at(-1) ?? {};
    expect(path).toBe("/v1/chat/completions");
    expect(body).toMatchObject({ model: "a-model", stream: true });
    for (const secret of [bea.email, bea.userId, "Given", "Lighthouse"])
      expect(JSON.stringify(body)).not.toContain(secret);
    const asked = endpoint.asked.length;
    expect(await answerTo(bea, "6 * 7")).toContain("= 42");
    expect(endpoint.asked).toHaveLength(asked);
  });

  test("fails, at once or in the middle of its answer: the built-in answer says so, once", async () => {
    const { org, bea } = office;
    configure();
    for (const behaviour of [
      streams(delta("It is half")),
      (answer: { writeHead: (status: number) => { end: () => void } }) => answer.writeHead(503).end(),
    ]) {
      endpoint.behaves(behaviour);
      const answer = await answerTo(bea, "help");
      expect(answer).not.toContain("It is half");
      expect(answer).toContain("- ");
    }
    await quietStream(stack);
    const { channel } = await withAssistant(bea);
    const { items } = await bea.client.listMessages(org, channel, { limit: 4 });
    expect(items.map(({ author }) => author.kind)).toEqual(["bot", "member", "bot", "member"]);
  });
});
