import { UnresolvedTemplateValue } from "./intrinsics.ts";
import type { Template } from "./template.ts";

/** What the local stack acts on. */
const readTypes = [
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::IntegrationResponse",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::RouteResponse",
  "AWS::ApiGatewayV2::Stage",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "AWS::DynamoDB::GlobalTable",
  "AWS::DynamoDB::Table",
  "AWS::Events::Rule",
  "AWS::IAM::Policy",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::SES::ConfigurationSet",
  "AWS::SES::ConfigurationSetEventDestination",
  "AWS::SNS::Subscription",
];

/** What has no meaning on one machine: watching, permissions, encryption, sign-in pages, destinations that only collect. */
const ignoredTypes = [
  "AWS::ApiGateway::Account",
  "AWS::ApiGatewayV2::Deployment",
  "AWS::CDK::Metadata",
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::CompositeAlarm",
  "AWS::CloudWatch::Dashboard",
  "AWS::Cognito::ManagedLoginBranding",
  "AWS::Cognito::UserPoolDomain",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Role",
  "AWS::KMS::Alias",
  "AWS::KMS::Key",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::Permission",
  "AWS::Logs::LogGroup",
  "AWS::Logs::MetricFilter",
  "AWS::Logs::QueryDefinition",
  "AWS::Logs::ResourcePolicy",
  "AWS::SES::EmailIdentity",
  "AWS::SNS::Topic",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::Queue",
  "AWS::SQS::QueuePolicy",
];

/** Refuses a template that holds something the local stack would silently leave out. */
export function refuseUnknownTypes(template: Template): void {
  const known = new Set([...readTypes, ...ignoredTypes]);
  const unknown = Object.entries(template.Resources).filter(([, { Type }]) => !known.has(Type));
  if (unknown.length === 0) return;
  const list = unknown.map(([logicalId, { Type }]) => `${Type} (${logicalId})`).join(", ");
  throw new UnresolvedTemplateValue(
    `the local stack does not know ${list}: teach it, or list it in stack-model/resource-types.ts`,
  );
}
