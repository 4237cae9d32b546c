import { expect, test } from "vitest";
import { createAnswerReader } from "../../../infra/local/engine/answer-reader.ts";

const body = '{"text":"grüße"}';
const answer = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

test("an answer is read once it is complete, however its bytes come, and the next one after it", () => {
  const bytes = Buffer.from(answer);
  for (const size of [1, 2, 3, 7, 50, bytes.length]) {
    const read = createAnswerReader();
    for (let round = 0; round < 2; round += 1) {
      for (let at = 0; at < bytes.length; at += size) {
        const found = read(bytes.subarray(at, at + size));
        if (at + size < bytes.length) expect(found).toBeUndefined();
        else expect({ ...found, body: String(found?.body) }).toMatchObject({ status: 200, body });
      }
    }
  }
});

test("an empty body, and headers in lower case", () => {
  const read = createAnswerReader();
  const found = read(Buffer.from("HTTP/1.1 503 Busy\r\nX-Amzn-RequestId: 7\r\nContent-Length: 0\r\n\r\n"));
  expect(found).toMatchObject({ status: 503, headers: { "x-amzn-requestid": "7", "content-length": "0" } });
  expect(found?.body).toHaveLength(0);
});

test("an answer of no known length is an error, not half an answer", () => {
  const chunked = Buffer.from("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
  expect(() => createAnswerReader()(chunked)).toThrow("chunked");
});
