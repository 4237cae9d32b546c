import type { LocalStack } from "../../../../infra/local/contracts.ts";
import { inLanes } from "../../../support/act.ts";
import { advance, DAY_SECONDS, setFaults } from "../../../support/stack-control.ts";
import { KINDS } from "./cells.ts";
import { openDoors } from "./doors.ts";
import { type Findings, type Lane, openLane } from "./lane.ts";
import { openPlace, PLACES, type Place } from "./place.ts";
import { type Asked, openStage } from "./stage.ts";
import type { Trace } from "./trace.ts";
import type { World } from "./world.ts";

/** What came of it all. */
export type Outcomes = {
  readonly findings: Findings;
  readonly asked: readonly Asked[];
  readonly worlds: readonly World[];
  readonly traces: readonly Trace[];
};

const MINUTE_SECONDS = 60;

/** Longer than the sweep's interval. */
const SWEEP_SECONDS = 6 * MINUTE_SECONDS;

const ENDED = ["accepted", "declined", "revoked"] as const;

/** As many as keep two cores busy; more would only wait for each other. */
const AT_ONCE = 4;

const together = (work: readonly (() => Promise<void>)[]) => inLanes(work, AT_ONCE, (each) => each());

/**
 * Goes through the matrix. The clock is everybody's: all invitations are made at once, then a minute passes (INV-9), then
 * a day, while nothing is swept (SEAT-4), and then the sweep runs, twice.
 */
export async function runMatrix(stack: LocalStack): Promise<Outcomes> {
  const stage = openStage(stack);
  const findings: Findings = new Map();
  await setFaults(stack, { target: "function", match: { function: "sweep" }, effect: "error" });
  const lanes: Lane[] = [];
  const places: Place[] = [];
  const atDoors: Awaited<ReturnType<typeof openDoors>>[] = [];
  await together([
    ...KINDS.map((kind) => async () => void lanes.push(await openLane(stage, kind, findings))),
    async () => void atDoors.push(await openDoors(stage, findings)),
    ...PLACES.map((place) => async () => void places.push(await openPlace(stage, place, findings))),
  ]);
  const everywhere = async (
    inLane: (lane: Lane) => Promise<void>,
    inPlace: (place: Place) => Promise<void>,
    ...others: (() => Promise<void>)[]
  ) =>
    await together([
      ...lanes.map((lane) => () => inLane(lane)),
      ...places.map((place) => () => inPlace(place)),
      ...others,
    ]);
  await advance(stack, MINUTE_SECONDS + 1);
  await everywhere(
    async (lane) => {
      await lane.run(["pending", ...ENDED]);
      await lane.beforeTime(["pending", ...ENDED]);
    },
    (place) => place.run("soon"),
    () => together(atDoors.map((doors) => () => doors.run())),
  );
  await advance(stack, DAY_SECONDS);
  await everywhere(
    async (lane) => {
      await lane.afterTime(["pending", ...ENDED]);
      await lane.run(["over"]);
      await lane.beforeTime(["over"]);
    },
    (place) => place.run("past"),
  );
  await setFaults(stack);
  await advance(stack, SWEEP_SECONDS);
  await everywhere(
    async (lane) => {
      await lane.afterTime(["over"]);
      await lane.run(["expired"]);
      await lane.beforeTime(["expired"]);
    },
    (place) => place.run("swept"),
  );
  await advance(stack, SWEEP_SECONDS);
  await Promise.all(lanes.map((lane) => lane.afterTime(["expired"])));
  stage.table.destroy();
  const traces = [...lanes, ...places].flatMap((each) => each.traces());
  const worlds = [...lanes, ...places, ...atDoors].map(({ world }) => world);
  return { findings, asked: stage.asked, worlds, traces };
}
