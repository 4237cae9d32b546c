import { inLanes } from "../../../support/act.ts";
import { ACTS } from "./acts.ts";
import { EVENTS, type Event, type Kind, type Outcome, ok, STATES, type State } from "./cells.ts";
import { MATRIX } from "./expected.ts";
import { look, type Sight } from "./look.ts";
import { perform, type Seen, seen } from "./observe.ts";
import { done, type Stage } from "./stage.ts";
import { traceOf } from "./trace.ts";
import { type Fixture, fixtures, openWorld, REGISTERED, type World } from "./world.ts";

/** One cell of the matrix. */
export type Cell = { readonly kind: Kind; readonly state: State; readonly event: Event };

/** What was seen in a cell, or what went wrong before anything could be. */
export type Findings = Map<string, Seen | Error>;

export const nameOf = ({ kind, state, event }: Cell): string => `${kind} · ${state} · ${event}`;

const outcomeOf = ({ kind, state, event }: Cell): Outcome => MATRIX[state][event][kind];

/** Events that leave everything as it is share one invitation of each state. */
const SHARED = "shared";

function needsItsOwn(cell: Cell): boolean {
  const { change, takes } = outcomeOf(cell);
  return change !== undefined || takes !== undefined || cell.event === "resend-twice";
}

const isLong = (state: State, event: string): boolean => state === "pending" && event !== "expire";

/** The cells of one kind, in an organization of their own: one after the other, so that its counters tell of each. */
export async function openLane(stage: Stage, kind: Kind, findings: Findings) {
  const world = await openWorld(stage, kind);
  const own = STATES.flatMap((state) => [
    { state, event: SHARED },
    ...EVENTS.filter((event) => needsItsOwn({ kind, state, event })).map((event) => ({ state, event })),
  ]);
  const made = new Map<string, Fixture>();
  for (const days of [30, 1]) {
    const some = own.filter(({ state, event }) => (days === 30) === isLong(state, event));
    const found = await fixtures(world, kind, some.length, { expiresInDays: days });
    some.forEach(({ state, event }, index) => {
      const one = found[index];
      if (one !== undefined) made.set(`${state} ${event}`, one);
    });
  }
  await inLanes(own, 3, async ({ state, event }) => {
    await brought(world, madeFor(state, event), state);
  });

  function madeFor(state: State, event: string): Fixture {
    const one = made.get(`${state} ${event}`) ?? made.get(`${state} ${SHARED}`);
    if (one === undefined) throw new Error(`no invitation for ${state} ${event}`);
    return one;
  }

  async function found(cell: Cell, find: (fixture: Fixture) => Promise<Seen>): Promise<void> {
    try {
      findings.set(nameOf(cell), await find(madeFor(cell.state, cell.event)));
    } catch (error) {
      findings.set(nameOf(cell), error instanceof Error ? error : new Error(String(error)));
    }
  }

  const befores = new Map<State, Sight>();

  return {
    world,
    /** What its own invitations are to leave behind. */
    traces: () =>
      own.map(({ state, event }) => {
        const known = EVENTS.find((each) => each === event);
        const outcome = known === undefined ? ok : outcomeOf({ kind, state, event: known });
        return traceOf(madeFor(state, event), outcome);
      }),
    /** Every event but the passing of time, in these states. */
    async run(states: readonly State[]): Promise<void> {
      for (const state of states)
        for (const event of EVENTS)
          if (event !== "expire") {
            const cell = { kind, state, event };
            await found(cell, (fixture) => perform(fixture, ACTS[event]));
          }
    },
    /** Looks at what time is about to pass for. */
    async beforeTime(states: readonly State[]): Promise<void> {
      for (const state of states) befores.set(state, await look(madeFor(state, "expire")));
    },
    /** Looks at it again. Others were closed at the same time: whether it holds its place, its own slot tells. */
    async afterTime(states: readonly State[]): Promise<void> {
      for (const state of states) {
        await found({ kind, state, event: "expire" }, async (fixture) => {
          const before = befores.get(state);
          if (before === undefined) throw new Error("not looked at before");
          const freed = (was: Sight, is: Sight) => (was.hasSlot && !is.hasSlot ? "freed" : "unchanged");
          return await seen(fixture, before, await ACTS.expire.act(fixture, await look(fixture)), freed);
        });
      }
    },
  };
}

export type Lane = Awaited<ReturnType<typeof openLane>>;

/** Brings an invitation into a state that does not come with time. */
async function brought({ stage, path, founder }: World, fixture: Fixture, state: State): Promise<void> {
  const { invitee, secret: token, id } = fixture;
  if (state === "accepted" || state === "declined") {
    const person = await stage.signIn(invitee);
    if (state === "declined") done(await person.ask("POST", "/v1/invitations/decline", { token }));
    else done(await person.ask("POST", "/v1/invitations/accept", { token, ...REGISTERED }));
  }
  if (state === "revoked") done(await founder.ask("DELETE", `${path}/invitations/${id}`));
}
