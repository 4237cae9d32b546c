import type { Kind, Outcome } from "./cells.ts";
import { CIRCUMSTANCES, type Circumstance, MORE_ACTS, type MoreEvent } from "./circumstances.ts";
import type { Findings } from "./lane.ts";
import { expectedOf, perform, type Seen } from "./observe.ts";
import type { Stage } from "./stage.ts";
import { traceOf } from "./trace.ts";
import { type Fixture, fixtures, openWorld, type World } from "./world.ts";

/** One cell of what may come about in between. */
export type CircumstanceCell = {
  readonly name: string;
  readonly rules: string;
  readonly place: string;
  readonly title: string;
  readonly kind: Kind;
  readonly event: MoreEvent;
  readonly outcome: Outcome;
  readonly expected: Seen;
};

const KNOWN_EVENTS = Object.keys(MORE_ACTS) as MoreEvent[];

/** Every cell of a circumstance, in the order of the events. */
function cellsOf(title: string, { rules, place, when, leaves, cells }: Circumstance): CircumstanceCell[] {
  const before = when === "soon" ? "pending" : "expired";
  return (Object.keys(cells) as Kind[]).flatMap((kind) =>
    KNOWN_EVENTS.flatMap((event) => {
      const outcome = cells[kind]?.[event];
      if (outcome === undefined) return [];
      const expected = expectedOf(outcome, leaves?.[kind] ?? before);
      return [
        {
          name: `${title} · ${kind} · ${event}`,
          rules: outcome.rule ?? rules,
          place,
          title,
          kind,
          event,
          outcome,
          expected,
        },
      ];
    }),
  );
}

/** All of them. */
export const CIRCUMSTANCE_CELLS: readonly CircumstanceCell[] = Object.entries(CIRCUMSTANCES).flatMap(
  ([title, circumstance]) => cellsOf(title, circumstance),
);

export const PLACES = [...new Set(Object.values(CIRCUMSTANCES).map(({ place }) => place))];

const needsItsOwn = ({ outcome: { change, takes }, event }: CircumstanceCell): boolean =>
  change !== undefined || takes !== undefined || event === "invite-again";

type Made = {
  readonly cells: ReadonlyMap<CircumstanceCell, Fixture>;
  readonly later: Awaited<ReturnType<Circumstance["set"]>>;
};

/** Invites for every cell of a circumstance; cells that change nothing share one of their kind. */
async function make(world: World, title: string, { set, when }: Circumstance): Promise<Made> {
  const later = await set(world);
  const cells = new Map<CircumstanceCell, Fixture>();
  const its = CIRCUMSTANCE_CELLS.filter((cell) => cell.title === title);
  for (const kind of new Set(its.map((cell) => cell.kind))) {
    const some = its.filter((cell) => cell.kind === kind);
    const own = some.filter(needsItsOwn);
    const isShared = own.length < some.length;
    const found = await fixtures(later.world ?? world, kind, own.length + (isShared ? 1 : 0), {
      ...(when === "soon" ? {} : { expiresInDays: 1 }),
      ...later.terms,
    });
    for (const cell of some) {
      const one = found[own.includes(cell) ? own.indexOf(cell) : own.length];
      if (one !== undefined) cells.set(cell, one);
    }
  }
  return { cells, later };
}

/** The circumstances of one place, in an organization of their own. */
export async function openPlace(stage: Stage, place: string, findings: Findings) {
  const world = await openWorld(stage, place);
  const its = Object.entries(CIRCUMSTANCES).filter(([, circumstance]) => circumstance.place === place);
  const made = new Map<string, Made>();
  for (const [title, circumstance] of its) made.set(title, await make(world, title, circumstance));

  async function comeAbout({ cells, later }: Made): Promise<void> {
    await later.happens?.();
    const changed = new Map<Fixture, Fixture>();
    for (const one of new Set(cells.values())) changed.set(one, (await later.toEach?.(one)) ?? one);
    for (const [cell, one] of cells) {
      try {
        findings.set(cell.name, await perform(changed.get(one) ?? one, MORE_ACTS[cell.event]));
      } catch (error) {
        findings.set(cell.name, error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  return {
    world,
    traces: () =>
      [...made.values()].flatMap(({ cells }) =>
        [...cells].map(([{ outcome }, one]) => traceOf(one, outcome)),
      ),
    async run(when: Circumstance["when"]): Promise<void> {
      for (const [title, circumstance] of its) {
        const one = made.get(title);
        if (circumstance.when === when && one !== undefined) await comeAbout(one);
      }
    },
  };
}

export type Place = Awaited<ReturnType<typeof openPlace>>;
