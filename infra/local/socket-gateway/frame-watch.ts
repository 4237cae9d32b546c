import type { Duplex } from "node:stream";

/**
 * Reads the frame headers that pass by on a socket: API Gateway limits a client's single frame, which `ws`, limiting
 * whole messages, cannot. https://datatracker.ietf.org/doc/html/rfc6455#section-5.2
 */
export function watchFrames(socket: Duplex, limitBytes: number, onTooLong: () => void): void {
  let header: number[] = [];
  let toSkip = 0;
  // Ahead of the reader's own listener, so that a frame is judged before it is handled.
  socket.prependListener("data", (chunk: Buffer) => {
    let at = 0;
    while (at < chunk.length) {
      if (toSkip > 0) {
        const skipped = Math.min(toSkip, chunk.length - at);
        toSkip -= skipped;
        at += skipped;
        continue;
      }
      header.push(chunk[at] ?? 0);
      at += 1;
      const payloadBytes = payloadLength(header);
      if (payloadBytes === undefined) continue;
      if (payloadBytes > limitBytes) onTooLong();
      const maskBytes = (header[1] ?? 0) & 0x80 ? 4 : 0;
      toSkip = payloadBytes + maskBytes;
      header = [];
    }
  });
}

/** The length a header announces, once enough of it is there. */
function payloadLength(header: number[]): number | undefined {
  if (header.length < 2) return undefined;
  const short = (header[1] ?? 0) & 0x7f;
  if (short < 126) return short;
  const extension = header.slice(2);
  if (extension.length < (short === 126 ? 2 : 8)) return undefined;
  return extension.reduce((length, byte) => length * 256 + byte, 0);
}
