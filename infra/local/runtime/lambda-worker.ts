import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Worker } from "node:worker_threads";
import * as z from "zod";
import type { FunctionModel, InvokeResult } from "../contracts.ts";
import { openWires, type Wire } from "./worker-wire.ts";

const failure = { errorType: z.string(), errorMessage: z.string(), trace: z.string() };
const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("broken"), ...failure }),
  z.object({ type: z.literal("result"), payload: z.string() }),
  z.object({ type: z.literal("failure"), ...failure }),
]);

export type LambdaWorker = {
  accessKeyId: string;
  /** Fails when the bundle cannot be loaded. */
  ready: Promise<InvokeResult>;
  /** One at a time: the pool sees to it. */
  invoke(event: unknown): Promise<InvokeResult>;
  isAlive(): boolean;
  end(reason?: InvokeResult): Promise<void>;
};

export type WorkerOptions = {
  model: FunctionModel;
  accessKeyId: string;
  environment: Record<string, string>;
  clockOffset: SharedArrayBuffer;
  onOutput(text: string): void;
  /** What it reaches without a way over the network. */
  wires: readonly Wire[];
  /** Where compiled code is kept for the next worker; absent: nowhere. */
  codeCache: string | undefined;
};

/** Starts one execution environment of a function: a worker thread with the function's own `process.env`. */
export function startLambdaWorker(options: WorkerOptions): LambdaWorker {
  const { model, accessKeyId, onOutput } = options;
  const [file = "index", exportName = "handler"] = model.handler.split(".");
  const port = openWires(options.wires);
  const worker = new Worker(new URL("./worker-main.mjs", import.meta.url), {
    workerData: {
      file: join(model.codeDirectory, `${file}.mjs`),
      exportName,
      functionName: options.environment["AWS_LAMBDA_FUNCTION_NAME"],
      memoryMb: model.memoryMb,
      clockOffset: options.clockOffset,
      codeCache: options.codeCache,
      wires: { port, bases: options.wires.map(({ base }) => base) },
    },
    transferList: [port],
    env: options.environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: model.memoryMb },
  });
  readLines(worker.stdout, onOutput);
  readLines(worker.stderr, onOutput);

  let isAlive = true;
  let settle: (result: InvokeResult) => void = () => {};
  const nextResult = () =>
    new Promise<InvokeResult>((resolve) => {
      settle = resolve;
    });
  const ready = nextResult();
  const die = (errorType: string, errorMessage: string) => {
    isAlive = false;
    settle({ ok: false, errorType, errorMessage });
  };

  worker.on("message", (raw) => {
    const message = messageSchema.parse(raw);
    if (message.type === "ready") return settle({ ok: true, payload: null });
    if (message.type === "result") return settle({ ok: true, payload: JSON.parse(message.payload) });
    onOutput(message.trace);
    if (message.type === "broken") isAlive = false;
    settle({ ok: false, errorType: message.errorType, errorMessage: message.errorMessage });
  });
  worker.on("error", (error) => {
    onOutput(error instanceof Error ? (error.stack ?? error.message) : String(error));
    die("Runtime.ExitError", error instanceof Error ? error.message : String(error));
  });
  worker.on("exit", (code) => die("Runtime.ExitError", `Runtime exited (${code})`));

  const end = async (reason?: InvokeResult) => {
    isAlive = false;
    if (reason) settle(reason);
    await worker.terminate();
  };

  return {
    accessKeyId,
    ready,
    isAlive: () => isAlive,
    end,
    async invoke(event) {
      const result = nextResult();
      const timeoutMs = model.timeoutSeconds * 1000;
      const timer = setTimeout(() => {
        const errorMessage = `Task timed out after ${model.timeoutSeconds.toFixed(2)} seconds`;
        void end({ ok: false, errorType: "Sandbox.Timedout", errorMessage });
      }, timeoutMs);
      worker.postMessage({ event: JSON.stringify(event ?? null), requestId: randomUUID(), timeoutMs });
      try {
        return await result;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function readLines(stream: Readable, onLine: (text: string) => void): void {
  createInterface({ input: stream }).on("line", onLine);
}
