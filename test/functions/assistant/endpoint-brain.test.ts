import { setTimeout as wait } from "node:timers/promises";
import type { Asker } from "@vestibule/domain/assistant";
import { ASSISTANT_PHRASES } from "@vestibule/domain/assistant-phrases";
import { MESSAGE_MAX_CHARACTERS } from "@vestibule/domain/posting";
import { describe, expect, test } from "vitest";
import type { Question } from "../../../functions/assistant/brain.ts";
import { endpointBrain } from "../../../functions/assistant/endpoint-brain.ts";
import { logger } from "../../../functions/shell/logger.ts";
import { type Behaviour, DONE, delta, fakeEndpoint, streams } from "./fake-endpoint.ts";

logger.setLogLevel("SILENT");

const endpoint = fakeEndpoint();

const ASKER: Asker = {
  standing: { kind: "guest", state: "active" },
  locale: "en",
  firstName: "Gil",
  organizationName: "Harbour",
};

type Given = { key?: () => Promise<string | undefined>; silenceMs?: number };

async function ask(
  change: Partial<Question> = {},
  { key = async () => "sesame", silenceMs = 20_000 }: Given = {},
) {
  const brain = endpointBrain({ url: endpoint.url(), model: "small", key }, { silenceMs });
  const question = { text: "When does the boat leave?", asker: ASKER, history: [], budgetMs: 20_000 };
  return await brain.answer({ ...question, ...change });
}

const AWAY = ASSISTANT_PHRASES.en.brainAway;

describe("BOT-3 an endpoint that answers", () => {
  test("is read as it streams", async () => {
    endpoint.behaves(
      streams(delta("The boat "), delta("leaves "), delta("at nine."), delta("", "stop"), DONE),
    );
    expect(await ask()).toBe("The boat leaves at nine.");
  });

  test("in whatever pieces, comments, line ends and letters cut in two included", async () => {
    const bytes = new TextEncoder().encode(
      `: keep-alive\r\n\r\n${delta("Zürich ").replaceAll("\n", "\r\n")}event: x\n${delta("🚢 um neun")}${DONE}`,
    );
    endpoint.behaves(streams(...Array.from(bytes, (byte) => Uint8Array.of(byte))));
    expect(await ask()).toBe("Zürich 🚢 um neun");
  });

  test("may end with a reason and no [DONE], and may answer whole", async () => {
    endpoint.behaves(streams(delta("At nine."), delta("", "stop")));
    expect(await ask()).toBe("At nine.");
    endpoint.behaves((answer) => {
      answer.writeHead(200, { "content-type": "application/json; charset=utf-8" });
      answer.end(JSON.stringify({ choices: [{ message: { content: "At ten." } }] }));
    });
    expect(await ask()).toBe("At ten.");
  });

  test("is told the conversation, and what the asker may do, and no name; the key goes in its header", async () => {
    endpoint.behaves(streams(delta("Yes."), DONE));
    const history = [
      { by: "person", text: "Hello" },
      { by: "assistant", text: "x".repeat(5_000) },
    ] as const;
    await ask({ history });
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = endpoint.asked;
    expect(path).toBe("/v1/chat/completions");
    expect(headers.authorization).toBe("Bearer sesame");
    expect(body).toMatchObject({ model: "small", stream: true });
    expect(body.messages.map(({ role }: { role: string }) => role)).toEqual([
      "system",
      "user",
      "assistant",
      "user",
    ]);
    expect(body.messages[0].content).toMatch(/They may not: [^.]*invite people/u);
    expect(body.messages[2].content).toHaveLength(2_000);
    expect(body.messages[3].content).toBe("When does the boat leave?");
    expect(JSON.stringify(body)).not.toMatch(/Gil|Harbour/u);
  });

  test("may need no key", async () => {
    endpoint.behaves(streams(delta("Yes."), DONE));
    await ask({}, { key: async () => undefined });
    expect(endpoint.asked[0]?.headers.authorization).toBeUndefined();
  });

  test("MSG-1 is cut to one message, and read no further", async () => {
    let isClosed = false;
    endpoint.behaves(async (answer) => {
      answer.on("close", () => {
        isClosed = true;
      });
      answer.writeHead(200, { "content-type": "text/event-stream" });
      for (let count = 0; count < 10_000 && !isClosed; count += 1) {
        answer.write(delta("a".repeat(1_000)));
        await wait(1);
      }
      answer.end();
    });
    const text = await ask();
    expect(text).toHaveLength(MESSAGE_MAX_CHARACTERS);
    expect(text.endsWith("a …")).toBe(true);
    await expect.poll(() => isClosed).toBe(true);
  });

  test("is not asked by somebody in a hurry, who is told so", async () => {
    expect(await ask({ isHurried: true })).toContain(AWAY);
    expect(endpoint.asked).toEqual([]);
  });

  test("is not asked for a sum", async () => {
    expect(await ask({ text: "2+2" })).toBe("2+2 = 4");
    expect(endpoint.asked).toEqual([]);
  });
});

describe("BOT-3 the built-in answer says so when the endpoint", () => {
  test.each([
    ["fails", (answer) => void answer.writeHead(500).end("secret details")],
    ["is overloaded", (answer) => void answer.writeHead(429, { "retry-after": "1" }).end()],
    ["refuses the key", (answer) => void answer.writeHead(401).end()],
    [
      "sends elsewhere",
      (answer) => void answer.writeHead(302, { location: "https://elsewhere.example" }).end(),
    ],
    ["breaks off", streams(delta("The boat leaves at"))],
    ["breaks off in an event", streams(delta("The boat "), 'data: {"choices":[{"delta"')],
    ["hangs up", (answer) => void answer.writeHead(200).write(delta("The"), () => answer.destroy())],
    ["answers nothing", streams(delta(""), DONE)],
    ["answers blanks", streams(delta("  \n"), DONE)],
    ["does not speak the protocol", streams("data: hello\n\n", DONE)],
    ["tells of an error in the stream", streams(delta("The "), 'data: {"error":{"message":"x"}}\n\n')],
    ["sends a page", (answer) => void answer.writeHead(200, { "content-type": "text/html" }).end("<html>")],
    ["sends a line without an end", streams("data: ", "x".repeat(300_000))],
  ] satisfies [string, Behaviour][])("%s", async (_, behaviour) => {
    endpoint.behaves(behaviour);
    const text = await ask({ text: "may I pin messages?" });
    expect(text).toBe(`${AWAY}\n\nYes, you may pin messages.`);
  });

  test("falls silent, before it begins or midway", async () => {
    endpoint.behaves(() => {});
    expect(await ask({ text: "help" }, { silenceMs: 150 })).toContain(AWAY);
    endpoint.behaves((answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(delta("The boat "));
    });
    expect(await ask({ text: "help" }, { silenceMs: 150 })).toContain(AWAY);
  });

  test("is slow: each piece in time, the whole not", async () => {
    endpoint.behaves(async (answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      while (!answer.destroyed) {
        answer.write(delta("word "));
        await wait(50);
      }
    });
    expect(await ask({ text: "help", budgetMs: 300 })).toContain(AWAY);
  });

  test("has no key to be asked with", async () => {
    const broken = async () => await Promise.reject(new Error("no such parameter"));
    expect(await ask({ text: "help" }, { key: broken })).toContain(AWAY);
    expect(endpoint.asked).toEqual([]);
  });
});
