import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { AppFunction } from "./app-function.ts";

/** Runs the sweep every hour. A missed hour is made good by the next, so that retrying ends before it. */
export class SweepSchedule extends Construct {
  constructor(scope: Construct, id: string, sweep: AppFunction) {
    super(scope, id);
    new Rule(this, "Hourly", {
      description: "Closes expired invitations and frees what they reserved",
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [
        new LambdaFunction(sweep.lambda, {
          deadLetterQueue: sweep.failures?.queue,
          retryAttempts: 2,
          maxEventAge: Duration.minutes(45),
        }),
      ],
    });
  }
}
