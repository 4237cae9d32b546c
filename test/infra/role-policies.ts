import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { Template } from "aws-cdk-lib/assertions";
import { at, functionNamed, resourcesOf, textAt } from "./template.ts";

export const account = "111122223333";
export const tableArn = `arn:aws:dynamodb:eu-west-1:${account}:table/workspace`;

const pseudoParameters: Readonly<Record<string, string>> = {
  "AWS::Partition": "aws",
  "AWS::Region": "eu-west-1",
  "AWS::AccountId": account,
};

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What a function's role allows, references resolved as a deployment would. */
export function statementsOf(template: Template, name: string): readonly Statement[] {
  return policiesOf(template, name).flatMap(({ policy }) =>
    [at(policy, "Statement")].flat().map((statement) => ({
      actions: [at(statement, "Action")].flat().map(String),
      resources: [at(statement, "Resource")].flat().map(String),
    })),
  );
}

/** Whether IAM would allow a function an action, by simulation. */
export async function allows(
  template: Template,
  name: string,
  action: string,
  resource: string,
  contextVariables: Record<string, string> = {},
): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account}:role/${name}`,
        action,
        resource: { resource, accountId: account },
        contextVariables,
      },
      identityPolicies: policiesOf(template, name),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors));
  return result.overallResult === "Allowed";
}

/** The logical id of a function's role. */
export function roleOf(template: Template, name: string): string {
  return textAt(functionNamed(template, name).properties, "Role", "Fn::GetAtt", 0);
}

function policiesOf(template: Template, name: string) {
  const role = roleOf(template, name);
  return resourcesOf(template, "AWS::IAM::Policy")
    .filter((each) => JSON.stringify(at(each.properties, "Roles")).includes(`"${role}"`))
    .map((each) => ({ name: each.id, policy: resolve(at(each.properties, "PolicyDocument")) }));
}

function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== "object" || value === null) return value;
  const reference = at(value, "Ref");
  if (typeof reference === "string") return pseudoParameters[reference] ?? reference;
  const parts = at(value, "Fn::Join", 1);
  if (Array.isArray(parts)) return parts.map(resolve).join(textAt(value, "Fn::Join", 0));
  if (at(value, "Fn::GetAtt")) {
    return attribute(textAt(value, "Fn::GetAtt", 0), textAt(value, "Fn::GetAtt", 1));
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each)]));
}

function attribute(id: string, name: string): string {
  if (name === "StreamArn") return `${tableArn}/stream/2026-01-01T00:00:00.000`;
  if (id.startsWith("WorkspaceTable")) return tableArn;
  if (id.startsWith("IdentityUserPool")) return userPoolArn(id);
  return `arn:aws:${id.includes("Queue") ? "sqs" : "logs"}:eu-west-1:${account}:${id}`;
}

/** The ARN that a deployment would give a user pool. */
export function userPoolArn(id: string): string {
  return `arn:aws:cognito-idp:eu-west-1:${account}:userpool/eu-west-1_${id}`;
}
