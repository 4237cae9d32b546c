import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { keys } from "../../functions/table/keys.ts";
import { synthesize } from "./synthesize.ts";
import { at, functionNamed, resourcesOf, textAt } from "./template.ts";

const { template } = synthesize();
const mappings = resourcesOf(template, "AWS::Lambda::EventSourceMapping");

function mappingOf(name: string): unknown {
  const { id } = functionNamed(template, name);
  return mappings.find((each) => at(each.properties, "FunctionName", "Ref") === id)?.properties;
}

describe("the table's stream", () => {
  test("has three consumers, which answer for each record and have a failure destination", () => {
    expect(mappings).toHaveLength(3);
    for (const { properties } of mappings) {
      expect(properties).toMatchObject({
        EventSourceArn: { "Fn::GetAtt": [expect.any(String), "StreamArn"] },
        StartingPosition: "TRIM_HORIZON",
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        BisectBatchOnFunctionError: true,
        DestinationConfig: { OnFailure: { Destination: { "Fn::GetAtt": [expect.any(String), "Arn"] } } },
      });
    }
  });

  test("relay delivers at once, ten batches of a shard side by side, for a quarter of an hour", () => {
    expect(mappingOf("relay")).toMatchObject({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 10,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 900,
    });
  });

  test("MSG-4 ORG-10 relay sees every partition that its code tells of, and nothing else", () => {
    const filters = at(mappingOf("relay"), "FilterCriteria", "Filters");
    const patterns = [0, 1, 2, 3, 4].map((index) => JSON.parse(textAt(filters, index, "Pattern")).dynamodb);
    // Lambda takes five.
    expect(filters).toHaveLength(5);
    const org = "org_01";
    const channel = "chn_01";
    const told = [
      keys.messages(org, channel),
      keys.members(org),
      keys.invitations(org),
      keys.roster(org, channel),
      keys.channels(org),
      keys.statuses(org),
      keys.live(org),
    ];
    const ends: { suffix: string }[] = patterns[0].Keys.pk.S;
    expect(ends.map(({ suffix }) => told.find((pk) => pk.endsWith(suffix)))).toEqual(told);
    const untold = [
      keys.organization(org).pk,
      keys.channelPartition(org, channel),
      keys.pins(org, channel),
      keys.person(org, "usr_01"),
      keys.guests(org),
      keys.groups(org),
      keys.groupPeople(org, "grp_01"),
      keys.channelGroups(org, channel),
      keys.publicChannels(org),
      keys.audits(org),
    ];
    expect(untold.filter((pk) => ends.some(({ suffix }) => pk.endsWith(suffix)))).toEqual([]);
    expect(patterns[1]).toEqual({ Keys: { sk: { S: [keys.organization(org).sk] } } });
    expect(patterns[2].NewImage).toEqual({ lastReadSeq: { N: [{ exists: true }] } });
    expect(keys.personChannel(org, "usr_01", channel).sk.startsWith(patterns[2].Keys.sk.S[0].prefix)).toBe(
      true,
    );
    const unnamed = { isNamed: { BOOL: [false] } };
    expect([patterns[3].NewImage, patterns[4].OldImage]).toEqual([unnamed, unnamed]);
    for (const { Keys } of patterns.slice(3)) {
      expect(keys.reactors(org, channel).endsWith(Keys.pk.S[0].suffix)).toBe(true);
    }
  });

  test("INV-12 the mailer retries by age and not by count, so that no mail is lost to a few failures", () => {
    const mapping = mappingOf("mailer");
    expect(mapping).toMatchObject({ BatchSize: 10, MaximumRecordAgeInSeconds: 3600 });
    expect(at(mapping, "MaximumRetryAttempts")).toBeUndefined();
  });

  test("INV-12 the mailer sees records with a queued mail and nothing else", () => {
    expect(at(mappingOf("mailer"), "FilterCriteria", "Filters")).toHaveLength(1);
    expect(JSON.parse(textAt(mappingOf("mailer"), "FilterCriteria", "Filters", 0, "Pattern"))).toEqual({
      dynamodb: { NewImage: { mail: { M: { state: { S: ["queued"] } } } } },
    });
  });
});

describe("the assistant's part of the stream", () => {
  test("BOT-3 INV-17 is what is marked as written to it and who came by an invitation, when first written", () => {
    const mapping = mappingOf("assistant");
    expect(mapping).toMatchObject({ BatchSize: 10, MaximumRecordAgeInSeconds: 3600 });
    const isNew = { pk: { S: [{ exists: false }] } };
    const filters = at(mapping, "FilterCriteria", "Filters");
    expect([0, 1].map((index) => JSON.parse(textAt(filters, index, "Pattern")))).toEqual([
      { dynamodb: { OldImage: isNew, NewImage: { isForBot: { BOOL: [true] } } } },
      { dynamodb: { OldImage: isNew, NewImage: { isNewcomer: { BOOL: [true] } } } },
    ]);
    expect(filters).toHaveLength(2);
  });
});

test("the sweep runs every five minutes, and a run that failed is kept", () => {
  template.hasResourceProperties("AWS::Events::Rule", {
    ScheduleExpression: "rate(5 minutes)",
    State: "ENABLED",
    Targets: [
      {
        Arn: { "Fn::GetAtt": [functionNamed(template, "sweep").id, "Arn"] },
        DeadLetterConfig: { Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("^SweepFailures"), "Arn"] } },
      },
    ],
  });
});

test("INV-11 mails go out encrypted, and what becomes of them comes back to mail-events", () => {
  template.hasResourceProperties("AWS::SES::ConfigurationSet", { DeliveryOptions: { TlsPolicy: "REQUIRE" } });
  template.hasResourceProperties("AWS::SES::ConfigurationSetEventDestination", {
    EventDestination: {
      Enabled: true,
      MatchingEventTypes: ["send", "delivery", "bounce", "complaint", "reject"],
    },
  });
  template.hasResourceProperties("AWS::SNS::Subscription", {
    Protocol: "lambda",
    Endpoint: { "Fn::GetAtt": [functionNamed(template, "mail-events").id, "Arn"] },
  });
});

test("every topic is encrypted with a key that SES and CloudWatch may use", () => {
  for (const topic of resourcesOf(template, "AWS::SNS::Topic")) {
    expect(at(topic.properties, "KmsMasterKeyId")).toBeDefined();
  }
  const [key] = resourcesOf(template, "AWS::KMS::Key");
  expect(at(key?.properties, "KeyPolicy", "Statement")).toContainEqual({
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Principal: { Service: ["cloudwatch.amazonaws.com", "ses.amazonaws.com"] },
    Resource: "*",
  });
});
