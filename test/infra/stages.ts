import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";
import { at, resourcesOf } from "./template.ts";

const dev = synthesize();
const prod = synthesize({ stage: "prod" });

describe("prod", () => {
  test("retains the table, protects it from deletion and recovers it to any second", () => {
    prod.template.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    });
  });

  test("keeps the people who can sign in", () => {
    prod.template.hasResource("AWS::Cognito::UserPool", {
      DeletionPolicy: "Retain",
      Properties: { DeletionProtection: "ACTIVE" },
    });
  });

  test("cannot be deleted as a stack by mistake", () => {
    expect(prod.stack.terminationProtection).toBe(true);
  });
});

describe("dev", () => {
  test("goes without leaving the table or the user pool behind", () => {
    dev.template.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Delete",
      Properties: { DeletionProtectionEnabled: false },
    });
    dev.template.hasResource("AWS::Cognito::UserPool", { DeletionPolicy: "Delete" });
    expect(dev.stack.terminationProtection).toBe(false);
  });
});

test("every log group ends by itself, later in prod than in dev", () => {
  const daysIn = (stage: typeof dev) =>
    resourcesOf(stage.template, "AWS::Logs::LogGroup").map((group) =>
      at(group.properties, "RetentionInDays"),
    );
  expect(new Set(daysIn(dev))).toEqual(new Set([14]));
  expect(new Set(daysIn(prod))).toEqual(new Set([90]));
});

test("the table has the keys, index, expiry and stream that the functions are written for", () => {
  dev.template.hasResourceProperties("AWS::DynamoDB::Table", {
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: "gsi1",
        KeySchema: [
          { AttributeName: "gsi1pk", KeyType: "HASH" },
          { AttributeName: "gsi1sk", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
    TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
    StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
    LocalSecondaryIndexes: Match.absent(),
  });
});

describe("context", () => {
  test("a stage that does not exist is refused by name", () => {
    expect(() => synthesize({ stage: "production" })).toThrow(/stage/);
  });

  test("an issuer without an audience is refused: its tokens for others would be accepted", () => {
    expect(() => synthesize({ issuer: "https://id.example.com" })).toThrow(/go together/);
  });
});
