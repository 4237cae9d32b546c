import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll } from "vitest";
import { createPageHandler } from "../../../functions/page/create-handler.ts";
import { readPages, servedText } from "../../../functions/page/files.ts";
import { bundlePages } from "../../../infra/constructs/browser-pages.ts";
import { isBrowserThere } from "./chromium.ts";

const browserFiles = fileURLToPath(new URL("../../../functions/page/browser/", import.meta.url));

async function start() {
  const folder = await mkdtemp(join(tmpdir(), "vestibule-pages-"));
  bundlePages(browserFiles, folder);
  const pages = readPages(pathToFileURL(`${folder}/`));
  const nothing = servedText("{}", "application/json");
  const server = createServer((request, response) => {
    const [, page = "", file] = (request.url ?? "").split(/[/?]/u);
    const isFile = request.url?.startsWith(`/${page}/`) === true;
    const event = {
      routeKey: isFile ? `GET /${page}/{file}` : `GET /${page}`,
      headers: {},
      pathParameters: isFile ? { file } : undefined,
      requestContext: { requestId: "request-1" },
    };
    void handler(event as unknown as APIGatewayProxyEventV2).then(({ statusCode, headers, body }) => {
      response.writeHead(statusCode ?? 200, headers as Record<string, string>).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const handler = createPageHandler({
    version: "1.2.3",
    openapi: nothing,
    asyncapi: nothing,
    pages,
    signInConfig: async (page) => ({
      issuer: origin,
      authorizationEndpoint: `${origin}/authorize`,
      tokenEndpoint: `${origin}/token`,
      clientId: "client-1",
      redirectUri: `${origin}/${page}`,
      termsVersion: "1",
    }),
    socketUrl: `${origin.replace("http", "ws")}/live`,
  });
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  };
  return { origin, stop };
}

/** The pages with their real headers, for a file's tests that answer for the service themselves. */
export function usePages(): () => string {
  let served: { origin: string; stop: () => Promise<void> } | undefined;
  beforeAll(async () => {
    if (isBrowserThere) served = await start();
  });
  afterAll(() => served?.stop());
  return () => served?.origin ?? "";
}
