import { randomUUID } from "node:crypto";
import type { InvokeResult, Invoker, LocalClock, ScheduleModel } from "../contracts.ts";
import { nextRun } from "./next-run.ts";

export type Scheduler = {
  /** Runs a schedule now, whatever the time; an unknown name: `undefined`. */
  run(name: string): Promise<InvokeResult> | undefined;
  /** Waits for the runs under way. */
  idle(): Promise<void>;
  /** What is under way ends with its workers. */
  stop(): Promise<void>;
};

const lookEveryMs = 1000;

/** Runs schedules when virtual time reaches them: once, however far it jumped. */
export function startScheduler(
  schedules: readonly ScheduleModel[],
  clock: LocalClock,
  invoker: Pick<Invoker, "invoke">,
): Scheduler {
  const due = new Map(schedules.map((schedule) => [schedule, nextRun(schedule.expression, clock.now())]));
  const running = new Set<Promise<unknown>>();

  const start = (schedule: ScheduleModel) => {
    const event = schedule.input ?? scheduledEvent(schedule, clock.now());
    const run = invoker.invoke(schedule.functionName, event, "schedule");
    running.add(run);
    void run.finally(() => running.delete(run));
    return run;
  };

  const look = () => {
    for (const [schedule, at] of due) {
      const now = clock.now();
      if (now < at) continue;
      due.set(schedule, nextRun(schedule.expression, now));
      void start(schedule);
    }
  };
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  const stopListening = clock.onAdvance(look);

  return {
    run(name) {
      const schedule = schedules.find((candidate) => candidate.name === name);
      return schedule && start(schedule);
    },
    async idle() {
      await Promise.all(running);
    },
    async stop() {
      clearInterval(timer);
      stopListening();
    },
  };
}

/** The event that EventBridge sends when the target has no input of its own. */
function scheduledEvent(schedule: ScheduleModel, nowMs: number): unknown {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "000000000000",
    time: new Date(nowMs).toISOString().replace(/\.\d+Z$/, "Z"),
    region: "us-east-1",
    resources: [`arn:aws:events:us-east-1:000000000000:rule/${schedule.name}`],
    detail: {},
  };
}
