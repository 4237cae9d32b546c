import { seededRandom } from "../../infra/local/faults/seeded-random.ts";

/** Everything random of a seed comes from here: the same seed, the same plan. */
export type Chance = {
  /** From 0 to below 1. */
  next(): number;
  below(bound: number): number;
  isLess(rate: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** One of the names, as often as it weighs. */
  weighed<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
};

/** `purpose` tells apart what is drawn for one seed, so that a change to the acts leaves its weather alone. */
export function chanceOf(seed: number, purpose: string): Chance {
  let mixed = seed >>> 0;
  for (const character of purpose) mixed = (Math.imul(mixed, 31) + character.charCodeAt(0)) >>> 0;
  const next = seededRandom(Math.imul(mixed, 2_654_435_761));
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    next,
    below,
    isLess: (rate) => next() < rate,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    weighed<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
      const all = Object.entries<number>(weights);
      let left = next() * all.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of all) {
        left -= weight;
        if (left < 0) return name as Name;
      }
      throw new Error("weights of nothing");
    },
  };
}
