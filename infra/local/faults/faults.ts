import type { FaultRule, Faults } from "../contracts.ts";
import { seededRandom } from "./seeded-random.ts";

const usualDelayMs = 1000;

type ActiveRule = { rule: FaultRule; random: () => number; toSkip: number; remaining: number };

/** Decides call by call; the same rules with the same seeds decide the same for the same sequence of calls. */
export function createFaults(): Faults {
  let active: ActiveRule[] = [];
  return {
    replace(rules) {
      active = rules.map((rule) => ({
        rule,
        random: seededRandom(rule.seed ?? 1),
        toSkip: rule.skip ?? 0,
        remaining: rule.times ?? Number.POSITIVE_INFINITY,
      }));
    },
    decide(target, attributes) {
      for (const candidate of active) {
        const { rule } = candidate;
        if (rule.target !== target || candidate.remaining <= 0 || !fits(rule.match, attributes)) continue;
        if (candidate.toSkip > 0) {
          candidate.toSkip -= 1;
          continue;
        }
        if (rule.rate !== undefined && candidate.random() >= rule.rate) continue;
        candidate.remaining -= 1;
        const delayMs = rule.delayMs ?? (rule.effect === "delay" ? usualDelayMs : 0);
        return { effect: rule.effect, delayMs, conflict: rule.conflict ?? false };
      }
      return undefined;
    },
  };
}

function fits(match: Record<string, string>, attributes: Record<string, string>): boolean {
  return Object.entries(match).every(([name, value]) => attributes[name] === value);
}
