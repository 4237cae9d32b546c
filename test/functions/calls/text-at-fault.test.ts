import { expect, test } from "vitest";
import { callWorld } from "./world.ts";

const world = callWorld();

test("MSG-1 a text that cannot be a message is refused by its field, posted, edited or written in a call alike", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const chn = await w.conversation(ada, bob);
  const { id } = (await w.start(ada, chn)).body;
  const { seq } = (await w.messages(ada, chn, "POST", { body: { text: "hello", nonce: "hello" } })).body;
  for (const [text, code] of [
    ["  ", "message-empty"],
    ["x".repeat(16_001), "message-too-long"],
    ["half \ud83d", "message-not-text"],
  ] as const) {
    const answers = [
      await w.messages(ada, chn, "POST", { body: { text, nonce: code } }),
      await w.messages(ada, chn, "PATCH {seq}", { params: { seq: String(seq) }, body: { text } }),
      await w.act(ada, id, "messages", { body: { text, nonce: code } }),
    ];
    for (const { status, body } of answers) {
      const errors = [{ path: "text", message: expect.stringMatching(/\S/u) }];
      expect({ status, code: body.code, errors: body.errors }, code).toEqual({ status: 400, code, errors });
    }
  }
});
