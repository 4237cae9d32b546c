import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, type DynamoEventSourceProps, SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import type { AppFunction } from "./app-function.ts";

const reportingEachRecord = {
  startingPosition: StartingPosition.TRIM_HORIZON,
  reportBatchItemFailures: true,
  bisectBatchOnError: true,
} satisfies Partial<DynamoEventSourceProps>;

/**
 * What anybody may be told live, by the end of its partition key: messages, members and guests, invitations, channels
 * and who is in them, how people are and who is connected; an organization's figures; how far somebody has read a channel;
 * and of reactions those that the message does not name. What else is written (heads, tickets, groups, intents, audit,
 * kept answers) would only be read to be dropped. By the record's `dynamodb` part alone, the one documented to be filtered
 * on, and five patterns at most: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
 */
const toldLive = [
  {
    Keys: {
      pk: {
        S: endsWith("#MESSAGES", "#MEMBERS", "#INVITATIONS", "#PEOPLE", "#CHANNELS", "#STATUSES", "#LIVE"),
      },
    },
  },
  { Keys: { sk: { S: FilterRule.isEqual("ORG") } } },
  {
    Keys: { sk: { S: FilterRule.beginsWith("CHANNEL#") } },
    NewImage: { lastReadSeq: { N: FilterRule.exists() } },
  },
  { Keys: { pk: { S: endsWith("#REACTORS") } }, NewImage: { isNamed: { BOOL: FilterRule.isEqual(false) } } },
  { Keys: { pk: { S: endsWith("#REACTORS") } }, OldImage: { isNamed: { BOOL: FilterRule.isEqual(false) } } },
];

function endsWith(...ends: string[]): { suffix: string }[] {
  return ends.map((suffix) => ({ suffix }));
}

/**
 * Live delivery of every change. Order travels in the data (`seq`), so that ten batches of a shard may run
 * side by side; what could not be delivered within 15 minutes, clients have long fetched by themselves.
 */
export function relayStream(relay: AppFunction, table: Table): void {
  relay.lambda.addEventSource(
    new DynamoEventSource(table, {
      ...reportingEachRecord,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(0),
      parallelizationFactor: 10,
      retryAttempts: 5,
      maxRecordAge: Duration.minutes(15),
      onFailure: failureDestination(relay),
      filters: toldLive.map((dynamodb) => FilterCriteria.filter({ dynamodb })),
    }),
  );
}

/**
 * Invitations whose mail is queued, and nothing else. Retried by age and not by count: SES may throttle or be
 * away for many attempts, and a mail an hour late, or in the worst case twice, beats a mail lost (INV-12).
 * Batches run side by side so that a record that cannot be mailed holds up few organizations meanwhile.
 */
export function mailerStream(mailer: AppFunction, table: Table): void {
  mailer.lambda.addEventSource(
    new DynamoEventSource(table, {
      ...reportingEachRecord,
      batchSize: 10,
      parallelizationFactor: 4,
      maxRecordAge: Duration.hours(1),
      onFailure: failureDestination(mailer),
      filters: [
        FilterCriteria.filter({
          dynamodb: { NewImage: { mail: { M: { state: { S: FilterRule.isEqual("queued") } } } } },
        }),
      ],
    }),
  );
}

/**
 * What the assistant answers and whom it welcomes, as they are first written and never when they change: messages that
 * are marked as written to it (BOT-3), and records that somebody came by an invitation with (INV-17). Retried by age:
 * an endpoint that is away is answered for, so that only the table itself makes it wait.
 */
export function assistantStream(assistant: AppFunction, table: Table): void {
  const isNew = { pk: { S: FilterRule.notExists() } };
  assistant.lambda.addEventSource(
    new DynamoEventSource(table, {
      ...reportingEachRecord,
      batchSize: 10,
      maxBatchingWindow: Duration.seconds(0),
      parallelizationFactor: 10,
      maxRecordAge: Duration.hours(1),
      onFailure: failureDestination(assistant),
      filters: [
        { OldImage: isNew, NewImage: { isForBot: { BOOL: [true] } } },
        { OldImage: isNew, NewImage: { isNewcomer: { BOOL: [true] } } },
      ].map((dynamodb) => FilterCriteria.filter({ dynamodb })),
    }),
  );
}

function failureDestination(consumer: AppFunction): SqsDlq {
  if (!consumer.failures) throw new Error(`${consumer.name} reads a stream and needs a failure queue`);
  return new SqsDlq(consumer.failures.queue);
}
