import { asyncApiDocument } from "./asyncapi.ts";
import { openApiDocument } from "./openapi.ts";
import { permissionsDocument } from "./permissions.ts";

const asText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

/** The documents in docs/ that follow from the code, by file name; a test holds the files against them. */
export function generatedDocuments(): Map<string, string> {
  return new Map([
    ["openapi.json", asText(openApiDocument())],
    ["asyncapi.json", asText(asyncApiDocument())],
    ["permissions.md", permissionsDocument()],
  ]);
}
