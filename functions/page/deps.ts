import asyncapi from "../../docs/asyncapi.json" with { type: "json" };
import openapi from "../../docs/openapi.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };
import type { PageDeps } from "./create-handler.ts";
import { readPageEnvironment } from "./environment.ts";
import { readPages, servedText } from "./files.ts";
import { signInConfig } from "./sign-in-config.ts";

/** The page function's dependencies in this container; the pages' files lie in `directory`, beside its bundle. */
export function pageDeps(directory: URL): PageDeps {
  const environment = readPageEnvironment(process.env);
  return {
    version: manifest.version,
    openapi: servedText(JSON.stringify(openapi), "application/json"),
    asyncapi: servedText(JSON.stringify(asyncapi), "application/json"),
    pages: readPages(directory),
    signInConfig: signInConfig(environment),
    socketUrl: environment.SOCKET_URL,
  };
}
