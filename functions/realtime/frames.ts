import type { LiveEvent } from "./event-contract.ts";

/** API Gateway bills and limits frames by 32 KB: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const MAX_FRAME_BYTES = 32 * 1024;

const HEAD = '{"type":"events","events":[';
const TAIL = "]}";
const ENVELOPE_BYTES = HEAD.length + TAIL.length;

/** An event as text, once for all its recipients. A message too large for a frame is left for the client to fetch. */
export function serializeEvent(event: LiveEvent): string {
  const text = JSON.stringify(event);
  if (event.type !== "message.posted" && event.type !== "message.edited") return text;
  if (Buffer.byteLength(text) + ENVELOPE_BYTES <= MAX_FRAME_BYTES) return text;
  const { type, channelId, seq } = event;
  return JSON.stringify({ type, channelId, seq, tooLarge: true } satisfies LiveEvent);
}

/** Events in as few frames as 32 KB each allow, in their order. */
export function packFrames(events: readonly string[]): string[] {
  const frames: string[] = [];
  let current: string[] = [];
  let bytes = ENVELOPE_BYTES;
  const flush = (): void => {
    if (current.length > 0) frames.push(`${HEAD}${current.join(",")}${TAIL}`);
    current = [];
    bytes = ENVELOPE_BYTES;
  };
  for (const event of events) {
    const size = Buffer.byteLength(event) + 1;
    if (bytes + size > MAX_FRAME_BYTES) flush();
    current.push(event);
    bytes += size;
  }
  flush();
  return frames;
}
