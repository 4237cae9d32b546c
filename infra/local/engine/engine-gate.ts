import { setTimeout as sleep } from "node:timers/promises";
import type { FaultEffect, Faults, Meter } from "../contracts.ts";
import { callerOf } from "../runtime/caller.ts";
import type { AccessCheck } from "./access-check.ts";
import { askForCapacity, consumedUnits } from "./capacity.ts";
import type { EngineAnswer, EngineCall, EngineConnections } from "./engine-connections.ts";
import { accessDenied, conflicted, type FaultAnswer, internalError, throttled } from "./fault-answers.ts";

export type EngineGateOptions = {
  engine: EngineConnections;
  meter: Meter;
  faults: Faults;
  /** What a function may do with the table. */
  access: AccessCheck;
  kill(accessKeyId: string): void;
  /** Something was written: the stream has news. */
  onWrite(): void;
};

/** Answers a call to DynamoDB; `undefined`: its caller was killed over it and hears nothing more. */
export type EngineGate = (call: EngineCall) => Promise<EngineAnswer | undefined>;

const writes = /^(Put|Update|Delete|BatchWrite|TransactWrite)/;

/** DynamoDB as the functions see it: the engine, with units counted per function and faults injected. */
export function createEngineGate(options: EngineGateOptions): EngineGate {
  const { engine, meter, faults, access, kill, onWrite } = options;
  return async (call) => {
    const operation = call.target.replace(/^.*\./, "");
    const caller = callerOf(call.authorization);
    const functionName = caller?.functionName ?? "outside";
    const denied = access(functionName, operation, call.body);
    if (denied) return answerOf(accessDenied(functionName, denied));
    const fault = faults.decide("dynamodb", { function: functionName, operation }, () =>
      call.body.toString(),
    );
    if (fault?.effect === "delay") await sleep(fault.delayMs);
    const early = fault && answerBefore(fault, operation, call.body);
    if (early) return answerOf(early);
    if (fault?.effect === "kill" && caller) {
      kill(caller.accessKeyId);
      return undefined;
    }
    const answer = await engine.ask({ ...call, body: askForCapacity(call.body) });
    meter.recordUnits({ functionName, operation, ...consumedUnits(operation, answer.body) });
    if (writes.test(operation)) onWrite();
    return fault?.effect === "error-after" ? answerOf(internalError) : answer;
  };
}

function answerBefore(fault: FaultEffect, operation: string, body: Buffer): FaultAnswer | undefined {
  if (fault.effect === "throttle") return fault.conflict ? conflicted(operation, body) : throttled;
  return fault.effect === "error" ? internalError : undefined;
}

function answerOf({ status, body }: FaultAnswer): EngineAnswer {
  return { status, headers: { "content-type": "application/x-amz-json-1.0" }, body: Buffer.from(body) };
}
