const unitMs: Record<string, number> = {
  minute: 60_000,
  minutes: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};

/** When a schedule is due next after a moment (epoch ms), by `rate(…)` or `cron(…)` in UTC. */
export function nextRun(expression: string, afterMs: number): number {
  const rate = expression.match(/^rate\((\d+) (\w+)\)$/);
  const unit = unitMs[rate?.[2] ?? ""];
  if (rate && unit) return afterMs + Number(rate[1]) * unit;
  const cron = expression.match(/^cron\((.+)\)$/)?.[1]?.split(/\s+/);
  if (cron?.length === 6) return nextCron(cron, afterMs);
  throw new Error(`the local stack does not know the schedule ${expression}`);
}

function nextCron(
  [minute = "", hour = "", day = "", month = "", weekday = ""]: string[],
  afterMs: number,
): number {
  const fits = {
    minute: fieldOf(minute, 0, 59),
    hour: fieldOf(hour, 0, 23),
    day: fieldOf(day, 1, 31),
    month: fieldOf(month, 1, 12),
    // EventBridge counts from Sunday = 1.
    weekday: fieldOf(weekday, 1, 7),
  };
  const lastMs = afterMs + 366 * 86_400_000;
  for (let at = Math.floor(afterMs / 60_000 + 1) * 60_000; at < lastMs; at += 60_000) {
    const date = new Date(at);
    if (
      fits.minute(date.getUTCMinutes()) &&
      fits.hour(date.getUTCHours()) &&
      fits.day(date.getUTCDate()) &&
      fits.month(date.getUTCMonth() + 1) &&
      fits.weekday(date.getUTCDay() + 1)
    ) {
      return at;
    }
  }
  throw new Error(
    `the schedule cron(${[minute, hour, day, month, weekday].join(" ")} …) is never due within a year`,
  );
}

/** `*`, `?`, `5`, `1,15`, `9-17`, `0/15` or `*` with a step, as far as numbers go. */
function fieldOf(field: string, least: number, most: number): (value: number) => boolean {
  const parts = field.split(",").map((part) => {
    const match = part.match(/^(?:(\*|\?)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/);
    if (!match) throw new Error(`the local stack does not know the cron field ${field}`);
    const from = match[1] ? least : Number(match[2]);
    const step = Number(match[4] ?? 1);
    const isSingle = !match[1] && match[3] === undefined && match[4] === undefined;
    const to = isSingle ? from : Number(match[3] ?? most);
    return (value: number) => value >= from && value <= to && (value - from) % step === 0;
  });
  return (value) => parts.some((part) => part(value));
}
