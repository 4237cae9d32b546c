import type { FaultRule, Faults } from "../contracts.ts";
import { seededRandom } from "./seeded-random.ts";

const usualDelayMs = 1000;

type ActiveRule = { rule: FaultRule; random: () => number; toSkip: number; remaining: number };

/** Decides call by call; the same rules with the same seeds decide the same for the same sequence of calls. */
export function createFaults(): Faults {
  const groups = new Map<string, ActiveRule[]>();
  let active: ActiveRule[] = [];
  return {
    replace(rules, group) {
      if (group === undefined) groups.clear();
      groups.set(
        group ?? "",
        rules.map((rule) => ({
          rule,
          random: seededRandom(rule.seed ?? 1),
          toSkip: rule.skip ?? 0,
          remaining: rule.times ?? Number.POSITIVE_INFINITY,
        })),
      );
      active = [...groups.values()].flat();
    },
    decide(target, attributes, content) {
      for (const candidate of active) {
        const { rule } = candidate;
        if (rule.target !== target || candidate.remaining <= 0) continue;
        if (!fits(rule.match, attributes, content)) continue;
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

/** What a call is about is looked at last: it may have to be written out for that. */
function fits(
  { organization, ...match }: Record<string, string>,
  attributes: Record<string, string>,
  content: () => string = () => "",
): boolean {
  if (!Object.entries(match).every(([name, value]) => attributes[name] === value)) return false;
  return organization === undefined || content().includes(organization);
}
