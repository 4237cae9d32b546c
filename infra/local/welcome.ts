import type { LocalContext } from "./contracts.ts";

/** What a newcomer reads when the stack is up. */
export function welcome(context: LocalContext, seconds: number): string {
  const { baseUrl, socketUrl, model, addresses, dataDirectory } = context;
  const rows = [
    ["start here", `${baseUrl}/`],
    ["people page", `${baseUrl}/people`],
    ["chat page", `${baseUrl}/chat`],
    ["HTTP API", `${baseUrl}/v1 (${model.httpApi.routes.length} routes)`],
    ["WebSocket", socketUrl],
    ["mailbox", `${baseUrl}/local/mailbox`],
    ["sign-in", addresses.issuer],
    ["DynamoDB", `${addresses.dynamodb} (table ${model.table.name})`],
    ["data", dataDirectory ?? "in memory"],
  ];
  const lines = rows.map(([what = "", where = ""]) => `  ${what.padEnd(13)}${where}`);
  return [`Vestibule runs locally, after ${seconds.toFixed(1)} s. Ctrl-C stops it.`, ...lines, ""].join("\n");
}
