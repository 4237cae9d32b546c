import * as z from "zod";
import type { PermissionModel } from "../contracts.ts";
import { UnresolvedTemplateValue } from "./intrinsics.ts";
import type { StackReader } from "./stack-reader.ts";

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const policySchema = z.object({
  Roles: z.array(z.string()).default([]),
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({ Effect: z.enum(["Allow", "Deny"]), Action: oneOrMore, Resource: oneOrMore.default([]) }),
    ),
  }),
});

/** What each role allows, by its name or ARN. */
export function readPermissions(reader: StackReader): (role: string) => PermissionModel[] {
  const byRole = new Map<string, PermissionModel[]>();
  for (const { logicalId, properties } of reader.all("AWS::IAM::Policy", policySchema)) {
    const permissions = properties.PolicyDocument.Statement.map(({ Effect, Action, Resource }) => {
      if (Effect === "Deny")
        throw new UnresolvedTemplateValue(`${logicalId}: a Deny statement is not known here`);
      return { actions: Action, resources: Resource };
    });
    for (const role of properties.Roles) byRole.set(role, [...(byRole.get(role) ?? []), ...permissions]);
  }
  return (role) => byRole.get(role.replace(/^.*:role\//, "")) ?? [];
}
