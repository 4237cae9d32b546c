import { MESSAGE_MAX_CHARACTERS } from "@vestibule/domain/posting";
import * as z from "zod";
import { eventsOf, UnreadableStream } from "./server-sent-events.ts";

/** An endpoint that speaks OpenAI's chat completions; `key` is asked for when it is needed. */
export type Endpoint = {
  /** Before `/chat/completions`. */
  readonly url: string;
  readonly model: string;
  readonly key: () => Promise<string | undefined>;
};

export type ChatMessage = { readonly role: "system" | "user" | "assistant"; readonly content: string };

/** Why an endpoint gave no answer; told to the log, and to nobody else. */
export class EndpointFailed extends Error {
  override readonly name = "EndpointFailed";
}

/** Without anything new for so long, an endpoint is taken for stuck. */
const SILENCE_MS = 8_000;

/** An answer is one message; what is longer is cut, and says so by its end. */
const CUT = " …";
const MAX_CHARACTERS = MESSAGE_MAX_CHARACTERS - CUT.length;

const chunk = z.object({
  error: z.unknown().optional(),
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
});

const completion = z.object({
  choices: z.tuple([z.object({ message: z.object({ content: z.string() }) })], z.unknown()),
});

/** The text of an event, and whether it is the last. */
function read(data: string): { text: string; isLast: boolean } {
  if (data === "[DONE]") return { text: "", isLast: true };
  const { error, choices } = chunk.parse(JSON.parse(data));
  if (error !== undefined) throw new EndpointFailed("an error in the stream");
  const [choice] = choices;
  return { text: choice?.delta?.content ?? "", isLast: typeof choice?.finish_reason === "string" };
}

async function streamed(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const data of eventsOf(body)) {
    const { text: more, isLast } = read(data);
    text += more;
    if (isLast || text.length > MAX_CHARACTERS) return text;
  }
  throw new EndpointFailed("cut off");
}

/** Ends the request once nothing has come for `SILENCE_MS`. */
async function* watched(
  body: AsyncIterable<Uint8Array>,
  heard: () => void,
): AsyncGenerator<Uint8Array<ArrayBufferLike>> {
  for await (const bytes of body) {
    heard();
    yield bytes;
  }
}

function shown(text: string): string {
  const whole = text.trim().toWellFormed();
  if (whole === "") throw new EndpointFailed("empty");
  if (whole.length <= MAX_CHARACTERS) return whole;
  return `${whole.slice(0, MAX_CHARACTERS).toWellFormed()}${CUT}`;
}

async function ask(
  { url, model, key }: Endpoint,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
  heard: () => void,
): Promise<string> {
  const secret = await key();
  const answer = await fetch(`${url.replace(/\/+$/u, "")}/chat/completions`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
    },
    body: JSON.stringify({ model, messages, stream: true }),
    // Nobody else gets the key.
    redirect: "error",
    signal,
  });
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel();
    throw new EndpointFailed(`status ${answer.status}`);
  }
  // Some endpoints answer whole although they were asked to stream.
  if (answer.headers.get("content-type")?.includes("application/json") === true) {
    const { choices } = completion.parse(await answer.json());
    return choices[0].message.content;
  }
  return await streamed(watched(answer.body, heard));
}

function reasonOf(error: unknown): string {
  if (error instanceof EndpointFailed || error instanceof UnreadableStream) return error.message;
  if (error instanceof z.ZodError || error instanceof SyntaxError) return "not understood";
  return error instanceof Error ? error.name : typeof error;
}

/**
 * BOT-3: what an endpoint answers, read as it streams, within `budgetMs` and without a silence.
 * @throws EndpointFailed whatever goes wrong: a status, a time-out, an answer that breaks off, is empty or unreadable
 */
export async function completeChat(
  endpoint: Endpoint,
  messages: readonly ChatMessage[],
  { budgetMs, silenceMs = SILENCE_MS }: { readonly budgetMs: number; readonly silenceMs?: number },
): Promise<string> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new EndpointFailed("silent")), silenceMs);
  const signal = AbortSignal.any([silence.signal, AbortSignal.timeout(budgetMs)]);
  try {
    return shown(await ask(endpoint, messages, signal, () => timer.refresh()));
  } catch (error) {
    throw new EndpointFailed(reasonOf(error));
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}
