import { expect, test } from "vitest";
import { roomLinks } from "../../../functions/message/calls/conference-links.ts";
import type { Answered } from "../shell/caller.ts";
import { callWorld } from "./world.ts";

const world = callWorld();

const texts = ({ body }: Answered): string[] => body.items.map(({ text }: { text: string }) => text);
const STARTED = expect.stringContaining("started a call");

test("CALL-6 what is written in the meeting is in the conversation's thread, and the other way round", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const chn = await w.conversation(ada, bob);
  const { id, seq } = (await w.start(ada, chn)).body;
  const body = { text: "In the meeting", nonce: "n1" };
  const said = await w.act(ada, id, "messages", { body });
  expect(said).toMatchObject({ status: 201, body: { channelId: chn, replyTo: seq, text: "In the meeting" } });
  expect(await w.act(ada, id, "messages", { body })).toMatchObject({
    status: 200,
    body: { seq: said.body.seq },
  });
  await w.messages(bob, chn, "POST", { body: { text: "In the thread", nonce: "n2", replyTo: seq } });
  const everything = [STARTED, STARTED, "In the meeting", "In the thread"];
  expect(texts(await w.act(bob, id, "GET messages"))).toEqual(everything);
  const thread = await w.messages(bob, chn, "GET {seq}/thread", { params: { seq: String(seq) } });
  expect(texts(thread)).toEqual(everything);
  await w.act(ada, id, "end");
  expect(texts(await w.act(bob, id, "GET messages"))).toEqual([...everything, "The call has ended."]);
  const root = (await w.messages(bob, chn, "GET {seq}", { params: { seq: String(seq) } })).body;
  expect(root).toMatchObject({ thread: { replies: 4 }, call: { state: "ended" } });
});

test("CALL-6 the call's chat goes on by pages", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const chn = await w.conversation(ada, bob);
  const { id } = (await w.start(ada, chn)).body;
  for (const text of ["one", "two"]) await w.act(ada, id, "messages", { body: { text, nonce: text } });
  const first = await w.act(bob, id, "GET messages", { query: { limit: "3" } });
  const cursor = first.body.nextCursor;
  const second = await w.act(bob, id, "GET messages", { query: { limit: "3", cursor } });
  expect([texts(first), texts(second)]).toEqual([[STARTED, STARTED, "one"], ["two"]]);
});

test("CALL-6 MSG-4 who is not in the channel neither reads the call's chat nor writes in it", async () => {
  const w = await world();
  const [ada, bob, eve] = [await w.member("ada"), await w.member("bob"), await w.member("eve")];
  const { id } = (await w.start(ada, await w.conversation(ada, bob))).body;
  const body = { text: "Listening", nonce: "n" };
  for (const what of ["GET messages", "messages"]) {
    const given = what === "messages" ? { body } : {};
    expect(await w.act(eve, id, what, given)).toMatchObject({ status: 404, body: { rule: "CH-5" } });
  }
});

test("CALL-1 a link leads to a room of the configured service that nobody can guess", () => {
  const links = roomLinks("https://meet.example.com/team/");
  const [one, other] = [links.newLink(), links.newLink()];
  expect(one).toMatch(/^https:\/\/meet\.example\.com\/team\/vestibule-[0-9a-z]{16}$/u);
  expect(other).not.toBe(one);
});
