import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { AppFunction } from "./app-function.ts";

/**
 * Runs the sweep every five minutes: what an interrupted request left to do waits no longer than that. A missed run is
 * made good by the next, so that retrying ends before it.
 */
export class SweepSchedule extends Construct {
  constructor(scope: Construct, id: string, sweep: AppFunction) {
    super(scope, id);
    new Rule(this, "EveryFiveMinutes", {
      description: "Ends invitations and guests past their date, and finishes what was interrupted",
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [
        new LambdaFunction(sweep.lambda, {
          deadLetterQueue: sweep.failures?.queue,
          retryAttempts: 2,
          maxEventAge: Duration.minutes(4),
        }),
      ],
    });
  }
}
