import * as z from "zod";

const entrySchema = z.object({
  CapacityUnits: z.number().optional(),
  ReadCapacityUnits: z.number().optional(),
  WriteCapacityUnits: z.number().optional(),
});
const answerSchema = z.object({
  ConsumedCapacity: z.union([entrySchema, z.array(entrySchema)]).optional(),
});

const readOperations = new Set([
  "GetItem",
  "BatchGetItem",
  "Query",
  "Scan",
  "TransactGetItems",
  "ExecuteStatement",
]);

/** Asks for the capacity figures when the caller did not: one more field at the beginning of the JSON body. */
export function askForCapacity(body: Buffer): Buffer {
  const text = body.toString("latin1");
  if (!/^\s*\{\s*"/.test(text) || text.includes('"ReturnConsumedCapacity"')) return body;
  const start = text.indexOf("{") + 1;
  return Buffer.concat([
    body.subarray(0, start),
    Buffer.from('"ReturnConsumedCapacity":"TOTAL",'),
    body.subarray(start),
  ]);
}

/** The units that an answer says it consumed. */
export function consumedUnits(operation: string, answer: Buffer): { readUnits: number; writeUnits: number } {
  const sum = { readUnits: 0, writeUnits: 0 };
  if (!answer.includes('"ConsumedCapacity"')) return sum;
  const parsed = answerSchema.safeParse(JSON.parse(answer.toString("utf8")));
  for (const entry of [parsed.data?.ConsumedCapacity ?? []].flat()) {
    const total = entry.CapacityUnits ?? 0;
    const isRead = readOperations.has(operation);
    sum.readUnits += entry.ReadCapacityUnits ?? (isRead ? total : 0);
    sum.writeUnits += entry.WriteCapacityUnits ?? (isRead ? 0 : total);
  }
  return sum;
}
