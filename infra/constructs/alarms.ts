import { Aws, Duration, Validations } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Settings } from "./settings.ts";

/** The figures of every alarm are sums or extremes of five minutes. */
export const alarmPeriod = Duration.minutes(5);

export interface AlarmProps {
  /** A sentence about people, without subject matter of ours: what they miss while this goes on. */
  readonly loses: string;
  /** Where to begin looking. */
  readonly lookAt: string;
  readonly metric: IMetric;
  /** Rings at this figure and above. */
  readonly threshold: number;
}

/** Alarms and who is told. Each says what a person loses, because that decides who gets up at night. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  private readonly topic: Topic;
  private readonly stage: string;

  constructor(scope: Construct, id: string, settings: Settings, topicKey: Key) {
    super(scope, id);
    this.stage = settings.stage;
    this.topic = new Topic(this, "Topic", { masterKey: topicKey, enforceSSL: true });
    // A topic with a policy of its own has lost the default one, which let the account's alarms publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    );
    if (settings.alarmEmail === undefined) return;
    this.topic.addSubscription(new EmailSubscription(settings.alarmEmail));
    Validations.of(this.topic).acknowledge({
      id: "Serverless-SNSRedrivePolicy",
      reason:
        "An undelivered alarm mail stays visible as the alarm's state; nobody would read a queue of them.",
    });
  }

  add(name: string, props: AlarmProps): void {
    const alarm = new Alarm(this, name, {
      alarmName: `vestibule-${this.stage}-${name}`,
      alarmDescription: `What people lose: ${props.loses}. Where to look: ${props.lookAt}.`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    this.all.push(alarm);
  }
}
