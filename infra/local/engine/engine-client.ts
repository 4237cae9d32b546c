import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createEngineConnections } from "./engine-connections.ts";

export const engineCredentials = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};

/** The engine looks whether a request is signed, not by whom. */
export const anySignature =
  "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
export const anyDate = "20260101T000000Z";

/**
 * How this machine's own code (not the functions) talks to the engine: the SDK's client, with nothing signed and over
 * connections that the engine understands. That is half of what a call costs.
 */
export function engineClient(endpoint: string): DynamoDBClient {
  const engine = createEngineConnections(endpoint);
  const client = new DynamoDBClient({
    endpoint,
    ...engineCredentials,
    signer: { sign: async (request) => request },
    requestHandler: {
      metadata: { handlerProtocol: "http/1.1" },
      async handle({ headers, body }: { headers: Record<string, string>; body?: string | Uint8Array }) {
        const answer = await engine.ask({
          target: headers["x-amz-target"] ?? "",
          authorization: anySignature,
          date: anyDate,
          body: bytesOf(body),
        });
        const { status: statusCode } = answer;
        return { response: { statusCode, headers: answer.headers, body: answer.body } };
      },
      destroy: () => engine.stop(),
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
  });
  for (const middleware of ["getUserAgentMiddleware", "recursionDetectionMiddleware"])
    client.middlewareStack.remove(middleware);
  return client;
}

function bytesOf(body: string | Uint8Array = ""): Buffer {
  return typeof body === "string"
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
