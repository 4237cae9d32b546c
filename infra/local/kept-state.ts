import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const stateSchema = z.object({
  streamPositions: z.record(z.string(), z.string()).default({}),
  clockOffsetSeconds: z.number().default(0),
});

export type KeptState = z.infer<typeof stateSchema>;

/** What must outlive the process besides the table and the mails: how far the stream was read, what time it was. */
export function readKeptState(directory: string): KeptState {
  mkdirSync(directory, { recursive: true });
  try {
    return stateSchema.parse(JSON.parse(readFileSync(join(directory, "state.json"), "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return stateSchema.parse({});
    throw error;
  }
}

export function writeKeptState(directory: string, state: KeptState): void {
  const file = join(directory, "state.json");
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
