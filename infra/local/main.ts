import { parseArgs } from "node:util";
import type { LogLine } from "./contracts.ts";
import { findFreePort } from "./engine/free-port.ts";
import { startLocalStack } from "./start-local-stack.ts";
import { welcome } from "./welcome.ts";

const usage = `npm start -- [options]
  --port <n>    the port of 127.0.0.1 (or PORT; default 3000; 0: any free one)
  --data <dir>  keep everything in this folder; without it, in memory
  -c <n>=<v>    a setting of the deployment, as for cdk: -c mailsPerSenderHour=none (README: settings)
  --json        print one line {"http","ws","local"} when ready, and nothing else
  --verbose     also print what the functions log`;

/** The command: starts the stack, says where everything is, stops it when told to. */
async function main(): Promise<void> {
  const { values } = readArguments();
  if (values.help) {
    console.log(usage);
    return;
  }
  const port = Number(values.port ?? process.env["PORT"] ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return fail(`not a port: ${values.port}`);
  await findFreePort(port).catch(() => {
    fail(
      `port ${port} of 127.0.0.1 is busy: stop what uses it, or choose another (--port 3001, --port 0 for any)`,
    );
  });
  const isQuiet = values.json === true;
  const print = (line: LogLine) => {
    if (!isQuiet && (values.verbose || isWorthALine(line))) console.log(line.text);
  };
  const startedAt = performance.now();
  const stack = await startLocalStack({
    port,
    ...(values.data === undefined ? {} : { dataDirectory: values.data }),
    context: readContext(values.context),
    onLogLine: print,
    onSynthesis: () => {
      if (!isQuiet)
        console.log("Synthesizing the stack and bundling its functions (cached for the next start) …");
    },
  });
  const stop = (signal: string) => {
    if (!isQuiet) console.log(`${signal}: stopping`);
    // Whoever presses it twice means it.
    process.once(signal, () => process.exit(1));
    stack.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(String(error)),
    );
  };
  process.once("SIGINT", () => stop("SIGINT"));
  process.once("SIGTERM", () => stop("SIGTERM"));
  const { httpUrl, socketUrl, localUrl } = stack;
  if (isQuiet) console.log(JSON.stringify({ http: httpUrl, ws: socketUrl, local: localUrl }));
  else console.log(welcome(stack.context, (performance.now() - startedAt) / 1000));
}

/** A request that went well has the line of its invocation; the gateway's own says why one got no further. */
function isWorthALine({ kind, text }: LogLine): boolean {
  return kind !== "output" && !(kind === "event" && /^[A-Z]+ \S+ [23]\d\d \d+ ms$/.test(text));
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: "string" },
        data: { type: "string" },
        context: { type: "string", short: "c", multiple: true },
        json: { type: "boolean" },
        verbose: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

/** The CDK context that `-c name=value` gives, as often as it is given. */
function readContext(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((pair) => {
      const [, name, value] = /^(\w+)=(.*)$/su.exec(pair) ?? [];
      if (name === undefined || value === undefined)
        return fail(`-c takes name=value, not: ${pair}\n${usage}`);
      return [name, value];
    }),
  );
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

await main().catch((error: unknown) => {
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
});
