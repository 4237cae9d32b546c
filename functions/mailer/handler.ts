import { createMailerHandler } from "./create-handler.ts";
import { mailerDeps } from "./deps.ts";

export const handler = createMailerHandler(mailerDeps());
