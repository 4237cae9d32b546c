import { writeFileSync } from "node:fs";
import { generatedDocuments } from "./generated.ts";

for (const [name, text] of generatedDocuments()) {
  writeFileSync(new URL(`../../docs/${name}`, import.meta.url), text);
}
