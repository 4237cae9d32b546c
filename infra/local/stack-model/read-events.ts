import * as z from "zod";
import type { MailModel, ScheduleModel, StreamMapping } from "../contracts.ts";
import { UnresolvedTemplateValue } from "./intrinsics.ts";
import type { StackReader } from "./stack-reader.ts";

const mappingSchema = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z.coerce.number().default(100),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  ParallelizationFactor: z.coerce.number().default(1),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.coerce.number().default(-1),
  MaximumRecordAgeInSeconds: z.coerce.number().default(-1),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  StartingPosition: z.enum(["TRIM_HORIZON", "LATEST"]),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
  Enabled: z.boolean().default(true),
  TumblingWindowInSeconds: z.undefined({ error: "tumbling windows are not known here" }).optional(),
});

/** Which functions read the table's stream, and how. */
export function readStreamMappings(reader: StackReader): StreamMapping[] {
  return reader.all("AWS::Lambda::EventSourceMapping", mappingSchema).flatMap(({ logicalId, properties }) => {
    if (!/:dynamodb:.*\/stream\//.test(properties.EventSourceArn)) {
      throw new UnresolvedTemplateValue(`${logicalId}: only a table's stream is known as event source here`);
    }
    if (!properties.Enabled) return [];
    const destination = properties.DestinationConfig?.OnFailure.Destination;
    return {
      functionName: reader.functionOf(properties.FunctionName),
      batchSize: properties.BatchSize,
      windowSeconds: properties.MaximumBatchingWindowInSeconds,
      parallelizationFactor: properties.ParallelizationFactor,
      bisectsOnError: properties.BisectBatchOnFunctionError,
      maxRetries: properties.MaximumRetryAttempts,
      maxAgeSeconds: properties.MaximumRecordAgeInSeconds,
      reportsItemFailures: properties.FunctionResponseTypes.length > 0,
      startsAt: properties.StartingPosition,
      filters: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern)),
      ...(destination ? { failureDestination: destination } : {}),
    };
  });
}

const ruleSchema = z.object({
  ScheduleExpression: z.string(),
  State: z.string().default("ENABLED"),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().optional() })),
});

/** The functions that run by the clock. */
export function readSchedules(reader: StackReader): ScheduleModel[] {
  return reader.all("AWS::Events::Rule", ruleSchema).flatMap(({ properties }) =>
    properties.State !== "ENABLED"
      ? []
      : properties.Targets.map(({ Arn, Input }) => {
          const functionName = reader.functionOf(Arn);
          return {
            name: functionName,
            functionName,
            expression: properties.ScheduleExpression,
            ...(Input === undefined ? {} : { input: JSON.parse(Input) }),
          };
        }),
  );
}

const subscriptionSchema = z.object({ Protocol: z.string(), TopicArn: z.string(), Endpoint: z.string() });
const destinationSchema = z.object({
  EventDestination: z.object({
    SnsDestination: z.object({ TopicARN: z.string() }).optional(),
    MatchingEventTypes: z.array(z.string()),
  }),
});

/** The configuration set of the mails, and the function that hears of bounces and complaints. */
export function readMail(reader: StackReader): MailModel {
  const set = reader.one("AWS::SES::ConfigurationSet", z.object({ Name: z.string().optional() }));
  const destinations = reader
    .all("AWS::SES::ConfigurationSetEventDestination", destinationSchema)
    .map(({ properties }) => properties.EventDestination);
  const topics = destinations.map(({ SnsDestination }) => SnsDestination?.TopicARN);
  const feedback = reader
    .all("AWS::SNS::Subscription", subscriptionSchema)
    .find(({ properties }) => properties.Protocol === "lambda" && topics.includes(properties.TopicArn));
  return {
    configurationSet: set.properties.Name ?? set.logicalId,
    ...(feedback ? { feedbackFunction: reader.functionOf(feedback.properties.Endpoint) } : {}),
    feedbackEvents: destinations
      .filter(({ SnsDestination }) => SnsDestination?.TopicARN === feedback?.properties.TopicArn)
      .flatMap(({ MatchingEventTypes }) => MatchingEventTypes.map((type) => type.toLowerCase())),
  };
}
