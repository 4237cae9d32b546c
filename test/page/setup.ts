import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { onTestFinished } from "vitest";
import { createPageHandler } from "../../functions/page/create-handler.ts";
import { type PageFiles, servedText } from "../../functions/page/files.ts";
import { signInConfig } from "../../functions/page/sign-in-config.ts";
import { logger } from "../../functions/shell/logger.ts";

// What the issuer does to these tests is meant; nobody has to read about it.
logger.setLogLevel("SILENT");

const PAGE_BASE_URL = "https://app.example.com";

export type Discovery = { status: number; body: unknown };

/** The page's handler beside a small issuer, whose discovery document a test may change. */
export async function setup(change: (issuer: string, document: object) => Discovery | "hang" = ok) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    const document = {
      issuer,
      authorization_endpoint: "https://sign-in.example.com/authorize",
      token_endpoint: "https://sign-in.example.com/oauth2/token",
      jwks_uri: `${issuer}/jwks`,
    };
    const answer = change(issuer, document);
    if (answer === "hang") return;
    response
      .writeHead(answer.status, { "content-type": "application/json" })
      .end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const handler = createPageHandler({
    version: "1.2.3",
    openapi: servedText('{"openapi":"3.1.0"}', "application/json"),
    asyncapi: servedText('{"asyncapi":"3.0.0"}', "application/json"),
    pages: new Map(["invite", "people", "chat"].map((page) => [page, filesOf(page)])),
    signInConfig: signInConfig({ PAGE_BASE_URL, OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "client-1" }),
    socketUrl: "wss://live.example.com/live",
  });

  async function get(routeKey: string, file?: string, headers: Record<string, string> = {}) {
    const event = {
      routeKey,
      headers,
      pathParameters: file === undefined ? undefined : { file },
      requestContext: { requestId: "request-1" },
    };
    const result = await handler(event as unknown as APIGatewayProxyEventV2);
    return { statusCode: result.statusCode, headers: result.headers ?? {}, body: result.body ?? "" };
  }

  return { issuer, get, discoveries: () => asked };
}

function filesOf(page: string): PageFiles {
  return {
    html: servedText(`<!doctype html><title>${page}</title>`, "text/html; charset=utf-8"),
    assets: new Map([
      [`${page}.js`, servedText("start()", "text/javascript; charset=utf-8")],
      [`${page}.css`, servedText("body{}", "text/css; charset=utf-8")],
    ]),
  };
}

function ok(_issuer: string, document: object): Discovery {
  return { status: 200, body: document };
}
