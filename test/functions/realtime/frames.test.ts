import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_FRAME_BYTES, packFrames, serializeEvent } from "../../../functions/realtime/frames.ts";
import { posted } from "./events.ts";

test("frames carry every event once, in order, and none exceeds 32 KB", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ unit: "grapheme" }),
          fc.nat(16_000).map((size) => "ä".repeat(size)),
        ),
      ),
      (texts) => {
        const events = texts.map((text, index) => posted(index + 1, text));
        const frames = packFrames(events.map(serializeEvent));
        for (const frame of frames) expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(MAX_FRAME_BYTES);
        const arrived = frames.flatMap((frame) => JSON.parse(frame).events);
        expect(arrived.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      },
    ),
    { numRuns: 50 },
  );
});

test("a burst of short messages fits few frames", () => {
  const frames = packFrames(Array.from({ length: 100 }, (_, index) => serializeEvent(posted(index + 1))));
  expect(frames).toHaveLength(1);
});

test("MSG-4 a message too large for a frame is announced without itself", () => {
  const event = JSON.parse(serializeEvent(posted(7, "漢".repeat(16_000))));
  expect(event).toEqual({ type: "message.posted", channelId: expect.any(String), seq: 7, tooLarge: true });
  expect(JSON.parse(serializeEvent(posted(7, "x".repeat(16_000))))).toMatchObject({ message: { seq: 7 } });
});

test("no events make no frame", () => {
  expect(packFrames([])).toEqual([]);
});
