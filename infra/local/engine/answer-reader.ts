import type { EngineAnswer } from "./engine-connections.ts";

const headEnd = Buffer.from("\r\n\r\n");

/**
 * Reads HTTP answers from the bytes of a connection; answers one when it is complete. Engines say the length of a body
 * beforehand; one that does not is none that this stack can use.
 */
export function createAnswerReader(): (chunk: Buffer) => EngineAnswer | undefined {
  let bytes: Buffer = Buffer.alloc(0);
  let head: { status: number; headers: Record<string, string>; bodyAt: number; end: number } | undefined;
  return (chunk) => {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    if (head === undefined) {
      const end = bytes.indexOf(headEnd);
      if (end < 0) return undefined;
      head = readHead(bytes.toString("latin1", 0, end), end + headEnd.length);
    }
    if (bytes.length < head.end) return undefined;
    const { status, headers, bodyAt, end } = head;
    const body = bytes.subarray(bodyAt, end);
    bytes = bytes.subarray(end);
    head = undefined;
    return { status, headers, body };
  };
}

function readHead(text: string, bodyAt: number) {
  const [line = "", ...fields] = text.split("\r\n");
  const status = Number(line.match(/^HTTP\/1\.1 (\d{3})/)?.[1]);
  const headers: Record<string, string> = {};
  for (const field of fields) {
    const colon = field.indexOf(":");
    headers[field.slice(0, colon).toLowerCase()] = field.slice(colon + 1).trim();
  }
  const length = Number(headers["content-length"]);
  if (!Number.isInteger(status) || !Number.isInteger(length)) throw new Error(`the engine answered ${text}`);
  return { status, headers, bodyAt, end: bodyAt + length };
}
