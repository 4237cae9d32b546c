import { createPageHandler } from "./create-handler.ts";
import { pageDeps } from "./deps.ts";

export const handler = createPageHandler(pageDeps(new URL("./browser/", import.meta.url)));
