import type { FaultRule } from "../../infra/local/contracts.ts";
import { chanceOf } from "./chance.ts";

type Fault = Omit<FaultRule, "match"> & { match?: Record<string, string> };

const FRAMES = { function: "relay", operation: "PostToConnection" };

/**
 * What befalls the organization of a seed, and no other: frames that come twice, late, or never, gone and busy
 * connections, a busy table, lost replies, functions that die on the way, and changes that are told again.
 */
export function weatherOf(seed: number, organization: string): FaultRule[] {
  const chance = chanceOf(seed, "weather");
  const rate = (most: number) => chance.next() * most;
  const faults: Fault[] = [
    { target: "connections", match: FRAMES, effect: "drop", rate: chance.isLess(0.8) ? rate(0.35) : 0 },
    { target: "connections", match: FRAMES, effect: "duplicate", rate: rate(0.3) },
    { target: "connections", match: FRAMES, effect: "reorder", rate: rate(0.3) },
    { target: "connections", match: FRAMES, effect: "throttle", rate: rate(0.15) },
    { target: "connections", match: FRAMES, effect: "error-after", rate: rate(0.1) },
    // Sessions that are to be closed are not at the first attempt.
    { target: "connections", match: { operation: "DeleteConnection" }, effect: "throttle", rate: rate(0.5) },
    // Who is gone stays on the list of those connected, and is found gone (410).
    {
      target: "function",
      match: { function: "socket", source: "socket $disconnect" },
      effect: "error",
      rate: 0.6,
    },
    // The frame was served, and its reply is lost.
    {
      target: "function",
      match: { function: "socket", source: "socket post" },
      effect: "error-after",
      rate: rate(0.15),
    },
    {
      target: "function",
      match: { function: "socket", source: "socket resume" },
      effect: "error",
      rate: rate(0.1),
    },
    { target: "function", match: { function: "message" }, effect: "error-after", rate: rate(0.1) },
    // The stream's records are told again.
    { target: "function", match: { function: "relay" }, effect: "error-after", rate: rate(0.15) },
    { target: "function", match: { function: "relay" }, effect: "error", rate: rate(0.1) },
    { target: "dynamodb", match: { function: "relay" }, effect: "throttle", rate: rate(0.05) },
    { target: "dynamodb", match: { function: "socket" }, effect: "throttle", rate: rate(0.05) },
    { target: "dynamodb", match: { function: "message" }, effect: "throttle", rate: rate(0.05) },
    {
      target: "dynamodb",
      match: { operation: "TransactWriteItems" },
      effect: "throttle",
      conflict: true,
      rate: rate(0.15),
    },
    {
      target: "dynamodb",
      match: { function: "socket", operation: "PutItem" },
      effect: "error-after",
      rate: rate(0.1),
    },
    { target: "dynamodb", match: { operation: "UpdateItem" }, effect: "error-after", rate: rate(0.03) },
  ];
  // A new worker takes a core for a third of a second: one at most dies of a seed's.
  const victim = chance.weighed({ nobody: 6, relay: 1, socket: 2, message: 1 });
  if (victim !== "nobody") {
    const skip = 5 + chance.below(30);
    faults.push({ target: "dynamodb", match: { function: victim }, effect: "kill", skip, times: 1 });
  }
  return faults.map((fault, index) => ({
    ...fault,
    match: { ...fault.match, organization },
    seed: seed * 100 + index,
  }));
}

/** The weather as text, for `--verbose`. */
export function describeWeather(rules: readonly FaultRule[]): string {
  const lines = rules.map(({ target, match, effect, rate, skip }) => {
    const { organization: _, ...where } = match;
    const often = rate === undefined ? `once, after ${skip ?? 0}` : `${Math.round(rate * 100)} %`;
    return `  ${target} ${Object.values(where).join(" ")} ${effect}: ${often}`;
  });
  return ["weather:", ...lines].join("\n");
}
