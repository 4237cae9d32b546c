import * as z from "zod";
import { noValue, type References, resolve, UnresolvedTemplateValue } from "./intrinsics.ts";
import type { Template } from "./template.ts";

export const region = "us-east-1";
export const account = "000000000000";

const pseudoParameters: Record<string, unknown> = {
  "AWS::Region": region,
  "AWS::AccountId": account,
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
  "AWS::StackName": "vestibule-local",
  "AWS::StackId": `arn:aws:cloudformation:${region}:${account}:stack/vestibule-local/local`,
  "AWS::NoValue": noValue,
};

type Shape = {
  /** The property that names the resource, where it has one. */
  nameProperty?: string;
  ref?: (name: string) => string;
  attributes?: Record<string, (name: string) => string>;
};

const arn = (service: string, path: (name: string) => string) => (name: string) =>
  `arn:aws:${service}:${region}:${account}:${path(name)}`;
const globalArn = (path: (name: string) => string) => (name: string) =>
  `arn:aws:iam::${account}:${path(name)}`;
const topicArn = arn("sns", (name) => name);
const queueUrl = (name: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`;
const tableArn = arn("dynamodb", (name) => `table/${name}`);
const executeApi = (name: string) => `${name.toLowerCase()}.execute-api.${region}.amazonaws.com`;
const poolId = (name: string) => `${region}_${name}`;
const table: Shape = {
  nameProperty: "TableName",
  attributes: { Arn: tableArn, StreamArn: (name) => `${tableArn(name)}/stream/local` },
};

/** What `Ref` and `Fn::GetAtt` answer, by resource type: names and ARNs as AWS forms them. */
const shapes: Record<string, Shape> = {
  "AWS::DynamoDB::Table": table,
  "AWS::DynamoDB::GlobalTable": table,
  "AWS::Lambda::Function": {
    nameProperty: "FunctionName",
    attributes: { Arn: arn("lambda", (name) => `function:${name}`) },
  },
  "AWS::IAM::Role": { nameProperty: "RoleName", attributes: { Arn: globalArn((name) => `role/${name}`) } },
  "AWS::SNS::Topic": { nameProperty: "TopicName", ref: topicArn, attributes: { TopicArn: topicArn } },
  "AWS::SQS::Queue": {
    nameProperty: "QueueName",
    ref: queueUrl,
    attributes: { Arn: arn("sqs", (name) => name), QueueName: (name) => name, QueueUrl: queueUrl },
  },
  "AWS::Logs::LogGroup": {
    nameProperty: "LogGroupName",
    attributes: { Arn: arn("logs", (name) => `log-group:${name}:*`) },
  },
  "AWS::KMS::Key": { attributes: { Arn: arn("kms", (name) => `key/${name}`) } },
  "AWS::SES::ConfigurationSet": { nameProperty: "Name" },
  "AWS::SES::EmailIdentity": { nameProperty: "EmailIdentity" },
  "AWS::Events::Rule": { nameProperty: "Name", attributes: { Arn: arn("events", (name) => `rule/${name}`) } },
  "AWS::ApiGatewayV2::Api": {
    ref: (name) => name.toLowerCase(),
    attributes: { ApiEndpoint: (name) => `https://${executeApi(name)}`, ApiId: (name) => name.toLowerCase() },
  },
  "AWS::ApiGatewayV2::Stage": { nameProperty: "StageName" },
  "AWS::Cognito::UserPool": {
    ref: poolId,
    attributes: {
      Arn: arn("cognito-idp", (name) => `userpool/${poolId(name)}`),
      UserPoolId: poolId,
      ProviderName: (name) => `cognito-idp.${region}.amazonaws.com/${poolId(name)}`,
      ProviderURL: (name) => `https://cognito-idp.${region}.amazonaws.com/${poolId(name)}`,
    },
  },
  "AWS::Cognito::UserPoolClient": { attributes: { ClientId: (name) => name } },
  "AWS::Cognito::UserPoolDomain": { nameProperty: "Domain" },
};

/** Answers the references of one template. */
export function createReferences(template: Template): References {
  const nameOf = (logicalId: string) => {
    const resource = template.Resources[logicalId];
    const shape = resource && shapes[resource.Type];
    const given = shape?.nameProperty && resource?.Properties[shape.nameProperty];
    return given === undefined || given === "" ? logicalId : z.string().parse(resolve(given, references));
  };
  const references: References = {
    ref(name) {
      if (name in pseudoParameters) return pseudoParameters[name];
      const parameter = template.Parameters[name];
      if (parameter?.Default !== undefined) return parameter.Default;
      const resource = template.Resources[name];
      if (!resource)
        throw new UnresolvedTemplateValue(`the template refers to ${name}, which it does not have`);
      const logicalName = nameOf(name);
      return shapes[resource.Type]?.ref?.(logicalName) ?? logicalName;
    },
    attribute(logicalId, name) {
      const type = template.Resources[logicalId]?.Type;
      const found = type === undefined ? undefined : shapes[type]?.attributes?.[name];
      if (!found) {
        throw new UnresolvedTemplateValue(
          `the local stack does not know the attribute ${name} of ${logicalId} (${type ?? "not in the template"})`,
        );
      }
      return found(nameOf(logicalId));
    },
    condition(name) {
      if (!(name in template.Conditions)) {
        throw new UnresolvedTemplateValue(`the template has no condition ${name}`);
      }
      return template.Conditions[name];
    },
  };
  return references;
}
