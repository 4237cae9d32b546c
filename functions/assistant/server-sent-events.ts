/** A line, or an event's data, that nobody's endpoint sends in earnest. */
const MAX_CHARACTERS = 256_000;

/** What an endpoint sends is not a stream of events. */
export class UnreadableStream extends Error {
  override readonly name = "UnreadableStream";
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/u);
    rest = lines.pop() ?? "";
    if (rest.length > MAX_CHARACTERS) throw new UnreadableStream("a line without an end");
    yield* lines;
  }
}

/**
 * The data of each event of a stream, as it comes in whatever pieces. An event that the stream breaks off in is none:
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let data: string[] = [];
  let characters = 0;
  for await (const line of linesOf(body)) {
    if (line === "") {
      if (data.length > 0) yield data.join("\n");
      data = [];
      characters = 0;
    } else if (line.startsWith("data:")) {
      characters += line.length;
      if (characters > MAX_CHARACTERS) throw new UnreadableStream("an event without an end");
      data.push(line.slice(line.startsWith("data: ") ? 6 : 5));
    }
  }
}
