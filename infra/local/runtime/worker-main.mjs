// What runs first in every Lambda worker. Plain JavaScript: stripping types would add some 45 ms to each cold start.
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { wireRequests } from "./worker-wire.mjs";

const { file, exportName, functionName, memoryMb, clockOffset, wires, codeCache } = workerData;

const http = process.getBuiltinModule("node:http");
leaveOutWebSocket(http);
takeKeysAsTheyCome(process.getBuiltinModule("node:crypto"));
wireRequests(http, wires);
const { enableCompileCache, flushCompileCache } = process.getBuiltinModule("node:module");
if (codeCache) enableCompileCache(codeCache);

const machineNow = shiftDate();

let handler;
try {
  const bundle = await import(pathToFileURL(file).href);
  handler = bundle[exportName];
  if (typeof handler !== "function") throw new TypeError(`${file} exports no function named ${exportName}`);
  parentPort.postMessage({ type: "ready" });
  // The first worker of a bundle leaves its compiled code to the others; nobody waits for that.
  if (codeCache) flushCompileCache();
} catch (error) {
  parentPort.postMessage({ type: "broken", ...described(error) });
}

parentPort.on("message", async ({ event, requestId, timeoutMs }) => {
  process.env._X_AMZN_TRACE_ID = `Root=1-${hex(8, machineNow() / 1000)}-${requestId.replaceAll("-", "").slice(0, 24)};Parent=53995c3f42cd8ad8;Sampled=0`;
  const deadline = machineNow() + timeoutMs;
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, deadline - machineNow()),
  };
  try {
    const payload = await handler(JSON.parse(event), context);
    parentPort.postMessage({ type: "result", payload: JSON.stringify(payload ?? null) });
  } catch (error) {
    parentPort.postMessage({ type: "failure", ...described(error) });
  }
});

/**
 * Whoever imports `node:http` as a module reads all that it exports, and with its WebSocket the whole of undici is loaded:
 * a third of what a worker takes to start, for nothing that a function uses.
 */
function leaveOutWebSocket(http) {
  for (const name of ["WebSocket", "CloseEvent", "MessageEvent"]) {
    Object.defineProperty(http, name, { value: undefined });
  }
}

/** Node finds out that bytes are no key object by an error that it throws to itself, which costs more than the HMAC. */
function takeKeysAsTheyCome(crypto) {
  const { createHmac, createSecretKey } = crypto;
  crypto.createHmac = (algorithm, key, options) =>
    createHmac(algorithm, ArrayBuffer.isView(key) ? createSecretKey(key) : key, options);
}

/** Makes the functions' `Date` follow the shared offset; answers the machine's own clock. */
function shiftDate() {
  const MachineDate = Date;
  const machine = Date.now.bind(Date);
  const milliseconds = new BigInt64Array(clockOffset);
  const now = () => machine() + Number(Atomics.load(milliseconds, 0));
  const ShiftedDate = new Proxy(MachineDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new MachineDate(now()).toString(),
  });
  MachineDate.now = now;
  MachineDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
  return machine;
}

function described(error) {
  if (!(error instanceof Error)) return { errorType: "Error", errorMessage: String(error), trace: "" };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack ?? "" };
}

function hex(length, value) {
  return Math.floor(value).toString(16).padStart(length, "0").slice(-length);
}
