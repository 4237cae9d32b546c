import { MathExpression, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { type Alarms, alarmPeriod } from "./alarms.ts";
import type { AppFunction } from "./app-function.ts";
import type { Functions } from "./functions.ts";

/** One alarm per function: it failed or was not allowed to start, which is the same to the person waiting. */
export function watchFunctions(alarms: Alarms, functions: Functions): void {
  for (const watched of Object.values(functions)) {
    alarms.add(`${watched.name}-fails`, {
      loses: watched.loses,
      lookAt: `errors and throttles in the logs of ${watched.name}`,
      metric: new MathExpression({
        expression: "errors + throttles",
        usingMetrics: { errors: watched.lambda.metricErrors(), throttles: watched.lambda.metricThrottles() },
        label: `${watched.name} errors and throttles`,
        period: alarmPeriod,
      }),
      threshold: 1,
    });
    if (watched.failures) {
      alarms.add(`${watched.name}-gave-up`, {
        loses: watched.failures.loses,
        lookAt: `the messages in the failure queue of ${watched.name}`,
        metric: watched.failures.queue.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
        threshold: 1,
      });
    }
  }
}

/** A consumer that lags behind the stream: nothing is lost yet, but people wait. */
export function watchLag(
  alarms: Alarms,
  consumer: AppFunction,
  tolerableSeconds: number,
  loses: string,
): void {
  alarms.add(`${consumer.name}-lags`, {
    loses,
    lookAt: `duration, errors and concurrency of ${consumer.name}; one failing record holds up those behind it`,
    metric: consumer.lambda.metric("IteratorAge", { statistic: Stats.MAXIMUM, period: alarmPeriod }),
    threshold: tolerableSeconds * 1000,
  });
}
