import { assistantHandler } from "./create-handler.ts";
import { assistantDeps } from "./deps.ts";

export const handler = assistantHandler(assistantDeps());
