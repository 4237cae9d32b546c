import * as z from "zod";
import type { FunctionModel } from "../contracts.ts";
import { isPermitted } from "../runtime/is-permitted.ts";

export type Denial = { action: string; resource: string };

/** What of a request its function may not do; `undefined`: all of it is allowed. */
export type AccessCheck = (functionName: string, operation: string, body: Buffer) => Denial | undefined;

type Need = { action: string; table: string; index?: string };

const target = z.object({ TableName: z.string() });
const plainSchema = target.extend({ IndexName: z.string().optional() });
const batchSchema = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const transactionSchema = z.object({ TransactItems: z.array(z.record(z.string(), target)) });

const actionOfPart: Record<string, string> = {
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
};

/**
 * Holds the functions' calls against their roles, so that a missing grant shows here and not after deployment. A
 * malformed request passes: the engine says what is wrong with it.
 */
export function createAccessCheck(functions: readonly FunctionModel[]): AccessCheck {
  const permissionsOf = new Map(functions.map(({ name, permissions }) => [name, permissions]));
  const known = new Map<string, boolean>();
  return (functionName, operation, body) => {
    const permissions = permissionsOf.get(functionName);
    if (!permissions) return undefined;
    for (const { action, table, index } of needsOf(operation, body)) {
      const resource = `arn:aws:dynamodb:us-east-1:000000000000:table/${table}${index ? `/index/${index}` : ""}`;
      const key = `${functionName} ${action} ${resource}`;
      const isAllowed = known.get(key) ?? isPermitted(permissions, action, resource);
      known.set(key, isAllowed);
      if (!isAllowed) return { action, resource };
    }
    return undefined;
  };
}

function needsOf(operation: string, body: Buffer): Need[] {
  const request = parseJson(body);
  const action = `dynamodb:${operation}`;
  if (operation.startsWith("Transact")) {
    const items = transactionSchema.safeParse(request).data?.TransactItems ?? [];
    return items.flatMap((item) =>
      Object.entries(item).map(([part, { TableName }]) => ({
        action: `dynamodb:${actionOfPart[part] ?? part}`,
        table: TableName,
      })),
    );
  }
  if (operation.startsWith("Batch")) {
    const tables = Object.keys(batchSchema.safeParse(request).data?.RequestItems ?? {});
    return tables.map((table) => ({ action, table }));
  }
  const plain = plainSchema.safeParse(request).data;
  if (!plain) return [];
  const { TableName: table, IndexName: index } = plain;
  return [index === undefined ? { action, table } : { action, table, index }];
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
