/** Whether there is time for another step of a long piece of work. */
export type TimeLeft = () => boolean;

/** Work stopped between two steps because its time was over; it goes on where it stopped when it is begun again. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
}

/** Time for steps that begin within `ms` from now. */
export function timeOf(ms: number): TimeLeft {
  const end = Date.now() + ms;
  return () => Date.now() < end;
}

/** Goes on to the next step, if there is time for it. @throws OutOfTime */
export function goOn(isTimeLeft: TimeLeft): void {
  if (!isTimeLeft()) throw new OutOfTime();
}
