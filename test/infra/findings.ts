import { Queue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { createApp } from "./synthesize.ts";

const deployments: Record<string, string>[] = [
  { stage: "dev" },
  { stage: "prod" },
  { stage: "prod", mfa: "required", alarmEmail: "ops@example.com", mailDomain: "example.com" },
  { stage: "prod", mailDomain: "example.com", hostedZoneId: "Z0123456789" },
  { stage: "prod", issuer: "https://id.example.com", audience: "vestibule" },
];

test.each(deployments)("cdk-nag finds nothing that has no reason beside it: %o", (context) => {
  const { app } = createApp(context);
  for (const pack of [new AwsSolutionsChecks(app), new ServerlessChecks(app)]) {
    const { violations } = pack.validateScope(app);
    const found = violations.flatMap((each) =>
      each.violatingResources.map((resource) => `${each.ruleName} ${resource.constructPath ?? ""}`),
    );
    expect(found).toEqual([]);
  }
});

test("the packs look: a queue without encryption in transit is a finding", () => {
  const { app, stack } = createApp();
  new Queue(stack, "Bare");
  const rules = new AwsSolutionsChecks(app).validateScope(app).violations.map((each) => each.ruleName);
  expect(rules).toContain("AwsSolutions-SQS4");
});
