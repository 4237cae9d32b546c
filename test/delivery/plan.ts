import { chanceOf } from "./chance.ts";

/** The people of a seed's world: the founder has two devices; the fourth is a guest in every other seed. */
export const PEOPLE = ["founder", "first", "second", "fourth"] as const;

/** The channels: General, a private one of the founder's, a public one of the first's, and theirs with the second. */
export const PLACES = ["general", "private", "public", "direct"] as const;

export type PlaceName = (typeof PLACES)[number];

/** Who is where before anything is done, by number. */
const AT_FIRST: Readonly<Record<PlaceName, readonly number[]>> = {
  general: [0, 1, 2, 3],
  private: [0, 1, 2, 3],
  public: [0, 1],
  direct: [1, 2],
};

/** A guest is in the channels that they were invited to: both that are not for members alone. */
export function isThereAtFirst(
  { hasGuest }: { hasGuest: boolean },
  person: number,
  place: PlaceName,
): boolean {
  if (hasGuest && person === 3) return place === "private" || place === "public";
  return AT_FIRST[place].includes(person);
}

/** How often each act is drawn. */
const WEIGHTS = {
  post: 24,
  mention: 6,
  burst: 4,
  twice: 3,
  reply: 8,
  edit: 10,
  delete: 5,
  react: 9,
  unreact: 5,
  pin: 4,
  unpin: 3,
  read: 8,
  join: 4,
  leave: 3,
  add: 5,
  exclude: 4,
  cut: 4,
  deafen: 2,
  offline: 3,
  online: 4,
  look: 3,
};

/** While somebody is away for the rest: more is done to what they know already. */
const LATE_WEIGHTS = {
  ...WEIGHTS,
  edit: 24,
  delete: 8,
  react: 14,
  unreact: 8,
  pin: 8,
  unpin: 6,
  offline: 0,
};

export type ActKind = keyof typeof WEIGHTS | "expel";

/**
 * One thing that somebody does. What it is done to is drawn as a number, and chosen among what is there by then: `pick` a
 * message, `other` a person, `flavour` an emoji or a kind of mention.
 */
export type Act = {
  readonly number: number;
  readonly by: number;
  readonly kind: ActKind;
  readonly place: PlaceName;
  readonly pick: number;
  readonly other: number;
  readonly flavour: number;
  /** The next one begins when this is answered. */
  readonly isAwaited: boolean;
};

export type Plan = {
  readonly seed: number;
  readonly hasGuest: boolean;
  readonly acts: readonly Act[];
};

const ACTS = 40;

/** Where people are at home: elsewhere they knock in vain now and then. */
const HOMES: readonly Readonly<Record<PlaceName, number>>[] = [
  { general: 3, private: 6, public: 4, direct: 0.2 },
  { general: 3, private: 4, public: 5, direct: 4 },
  { general: 3, private: 4, public: 4, direct: 5 },
  { general: 1, private: 6, public: 5, direct: 0.2 },
];

/** What the people of a seed do, in the order in which each of them does it. */
export function planOf(seed: number): Plan {
  const chance = chanceOf(seed, "acts");
  // Somebody is away towards the end, so that what was told last has to be made up for.
  const away = chance.below(PEOPLE.length);
  const awayFrom = Math.floor(ACTS * 0.75);
  const expelledAt = chance.isLess(0.3) ? Math.floor(ACTS * (0.5 + chance.next() / 2)) : -1;
  const expelled = 2 + chance.below(2);
  const act = (number: number): Act => {
    const by = chance.below(PEOPLE.length);
    const one = {
      number,
      by,
      kind: chance.weighed(number > awayFrom ? LATE_WEIGHTS : WEIGHTS),
      place: chance.weighed(HOMES[by] ?? HOMES[0] ?? fail()),
      pick: chance.next(),
      other: chance.below(PEOPLE.length),
      flavour: chance.next(),
      isAwaited: chance.isLess(0.7),
    };
    if (number === awayFrom) return { ...one, by: away, kind: "offline" };
    if (number === expelledAt) return { ...one, by: 0, kind: "expel", other: expelled };
    const comesBack = one.kind === "online" && one.by === away && number > awayFrom;
    return comesBack ? { ...one, kind: "post" } : one;
  };
  return { seed, hasGuest: seed % 2 === 1, acts: Array.from({ length: ACTS }, (_, number) => act(number)) };
}

function fail(): never {
  throw new Error("no such person");
}

/** A plan as text, for `--verbose`. */
export function describePlan({ seed, hasGuest, acts }: Plan): string {
  const lines = acts.map(
    ({ number, by, kind, place, pick, other, flavour, isAwaited }) =>
      `  ${String(number).padStart(2)} ${PEOPLE[by]} ${kind} in ${place}, pick ${pick.toFixed(3)}, other ${PEOPLE[other]}, ` +
      `flavour ${flavour.toFixed(3)}${isAwaited ? "" : ", goes on at once"}`,
  );
  return [`seed ${seed}: the fourth is a ${hasGuest ? "guest" : "member"}`, ...lines].join("\n");
}
