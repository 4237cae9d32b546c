import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";

/**
 * The key of the topics. One of our own, because AWS's key for SNS admits neither SES nor CloudWatch:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * Whose mails and alarms may use it is decided by the topics' own policies.
 */
export function createTopicKey(scope: Construct, id: string, settings: Settings): Key {
  const key = new Key(scope, id, {
    description: `Vestibule topics (${settings.stage})`,
    enableKeyRotation: true,
    removalPolicy: settings.removalPolicy,
  });
  for (const service of ["ses.amazonaws.com", "cloudwatch.amazonaws.com"]) {
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(service)],
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: ["*"],
      }),
    );
  }
  return key;
}
