import { Logger } from "@aws-lambda-powertools/logger";

/**
 * The function's logger: JSON lines. Log ids and codes only: never a body, a token, an address or a message
 * (`architecture.md`, Bundling and run time).
 */
export const logger = new Logger();
