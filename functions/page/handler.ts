import asyncapi from "../../docs/asyncapi.json" with { type: "json" };
import openapi from "../../docs/openapi.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };
import { createPageHandler } from "./create-handler.ts";
import { readPageEnvironment } from "./environment.ts";
import { readPages, servedText } from "./files.ts";
import { signInConfig } from "./sign-in-config.ts";

const environment = readPageEnvironment(process.env);

export const handler = createPageHandler({
  version: manifest.version,
  openapi: servedText(JSON.stringify(openapi), "application/json"),
  asyncapi: servedText(JSON.stringify(asyncapi), "application/json"),
  pages: readPages(new URL("./browser/", import.meta.url)),
  signInConfig: signInConfig(environment),
  socketUrl: environment.SOCKET_URL,
});
