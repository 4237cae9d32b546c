import * as z from "zod";

export type FaultAnswer = { status: number; body: string };

const namespace = "com.amazonaws.dynamodb.v20120810#";

/** What DynamoDB says when a table or partition is asked too much. */
export const throttled = answer(400, "ProvisionedThroughputExceededException", {
  message: "The level of configured provisioned throughput for the table was exceeded (injected)",
});

/** What DynamoDB says when it failed itself. */
export const internalError = answer(500, "InternalServerError", {
  message: "Internal server error (injected)",
});

/** What AWS says when a function's role lacks a permission. */
export function accessDenied(
  functionName: string,
  { action, resource }: { action: string; resource: string },
) {
  const Message = `The role of ${functionName} is not authorized to perform: ${action} on resource: ${resource}`;
  return {
    status: 400,
    body: JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", Message }),
  };
}

const transactionSchema = z.object({ TransactItems: z.array(z.unknown()) });

/** What a request gets that met another transaction on the same item. */
export function conflicted(operation: string, body: Buffer): FaultAnswer {
  const message = "Transaction is ongoing for the item (injected)";
  if (!operation.startsWith("Transact")) return answer(400, "TransactionConflictException", { message });
  const items = transactionSchema.safeParse(JSON.parse(body.toString("utf8"))).data?.TransactItems ?? [];
  const reasons = items.map((_, index) =>
    index === 0 ? { Code: "TransactionConflict", Message: message } : { Code: "None" },
  );
  const codes = reasons.map(({ Code }) => Code).join(", ");
  return answer(400, "TransactionCanceledException", {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  });
}

function answer(status: number, type: string, fields: Record<string, unknown>): FaultAnswer {
  return { status, body: JSON.stringify({ __type: namespace + type, ...fields }) };
}
