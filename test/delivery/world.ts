import { openSession, type Session } from "@vestibule/client/session";
import type { Table } from "../../functions/table/table.ts";
import type { Faults } from "../../infra/local/contracts.ts";
import type { Person } from "../support/person.ts";
import { chanceOf } from "./chance.ts";
import { createJournal, type Journal } from "./journal.ts";
import { isThereAtFirst, PEOPLE, PLACES, type PlaceName, type Plan } from "./plan.ts";
import type { Template } from "./template.ts";
import { createWire, type Wire } from "./wire.ts";

export type Device = { readonly session: Session; readonly wire: Wire };

/** Somebody with their devices. */
export type Actor = {
  readonly who: Person;
  readonly name: string;
  readonly devices: readonly Device[];
  /** The channels that they keep up with. */
  readonly kept: readonly PlaceName[];
};

/** What a seed's world is built on: an organization of its own, with its faults and, past all functions, its items. */
export type Ground = Pick<Template, "org" | "places" | "people" | "handles"> & {
  readonly table: Table;
  readonly faults: Faults;
  /** How often the relay has left frames to the clients so far, for want of time. */
  readonly framesGivenUp: () => number;
};

export type World = {
  readonly table: Table;
  readonly seed: number;
  readonly org: string;
  readonly hasGuest: boolean;
  readonly places: Readonly<Record<PlaceName, string>>;
  readonly actors: readonly Actor[];
  /** By which each of them is mentioned. */
  readonly handles: readonly string[];
  readonly journal: Journal;
  readonly framesGivenUp: () => number;
};

/** The founder has a second one. */
const DEVICES = [2, 1, 1, 1];

/** Everybody connects. */
export function openWorld(ground: Ground, { seed, hasGuest }: Plan): World {
  const { table, org, places, people, handles, framesGivenUp } = ground;
  const actors = people.map((who, index): Actor => {
    // The public one is joined and left: whoever is not in it is to be told so.
    const kept = PLACES.filter((place) => place === "public" || isThereAtFirst({ hasGuest }, index, place));
    const devices = Array.from({ length: DEVICES[index] ?? 1 }, (_, number): Device => {
      const wire = createWire(chanceOf(seed, `wire ${index} ${number}`));
      const session = openSession(wire.through(who.client), org, {
        environment: wire.environment,
        resumeEveryMs: 10_000,
      });
      for (const place of kept) session.channel(places[place]);
      return { session, wire };
    });
    return { who, name: PEOPLE[index] ?? "", devices, kept };
  });
  return { table, seed, org, hasGuest, places, actors, handles, journal: createJournal(), framesGivenUp };
}

export function closeWorld({ actors }: World): void {
  for (const { devices } of actors) for (const { session } of devices) session.close();
}
