import type { IncomingMessage } from "node:http";

/** The whole body, or `undefined` when it is longer than the limit (read to its end, so that the client hears why). */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  // By its events: an async iterator costs more than the whole parsing of a request.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
    });
    request.on("end", () => resolve(length <= limitBytes ? Buffer.concat(chunks) : undefined));
    request.on("error", reject);
    // Ends without `end` when the other side breaks off, perhaps before anybody listened.
    const breakOff = () => reject(new Error("the request broke off"));
    if (request.destroyed) breakOff();
    request.on("close", breakOff);
  });
}
