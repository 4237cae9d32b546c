import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const TOUR = fileURLToPath(new URL("../../../../client/tour/main.ts", import.meta.url));
const MOST_OUTPUT = 64 * 1024 * 1024;

/** Runs the client's tour against a stack; answers all that it printed. @throws when it is not as it should be */
export async function runTour(baseUrl: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [TOUR, "--base", baseUrl], {
    maxBuffer: MOST_OUTPUT,
    timeout: 200_000,
  });
  return stdout;
}
