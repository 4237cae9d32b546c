import type { LocalStack, Reading } from "./local-stack.ts";
import { quote, seen, step } from "./narrator.ts";

type Row = { functionName: string; invocations: number; readUnits: number; writeUnits: number };

/** What was consumed between two readings, by function. */
function rowsBetween(before: Reading, after: Reading): Row[] {
  const rows = new Map<string, Row>();
  const add = (reading: Reading, sign: 1 | -1) => {
    const rowOf = (functionName: string) => {
      const row = rows.get(functionName) ?? { functionName, invocations: 0, readUnits: 0, writeUnits: 0 };
      rows.set(functionName, row);
      return row;
    };
    for (const { functionName, count } of reading.invocations)
      rowOf(functionName).invocations += sign * count;
    for (const { functionName, readUnits, writeUnits } of reading.units) {
      rowOf(functionName).readUnits += sign * readUnits;
      rowOf(functionName).writeUnits += sign * writeUnits;
    }
  };
  add(after, 1);
  add(before, -1);
  return [...rows.values()].filter((row) => row.invocations + row.readUnits + row.writeUnits > 0);
}

function tableOf(rows: Row[]): string {
  const line = (name: string, ...figures: (string | number)[]) =>
    name.padEnd(20) + figures.map((figure) => String(figure).padStart(13)).join("");
  const body = rows.map((row) => line(row.functionName, row.invocations, row.readUnits, row.writeUnits));
  return [line("function", "invocations", "read units", "write units"), ...body].join("\n");
}

/** What the tour consumed: the units that DynamoDB would bill, and the messages that the gateway would. */
export async function showMeter(stack: LocalStack, before: Reading): Promise<void> {
  step("What all this consumed");
  const after = await stack.readMeter();
  quote(tableOf(rowsBetween(before, after)));
  const read = after.totals.readUnits - before.totals.readUnits;
  const written = after.totals.writeUnits - before.totals.writeUnits;
  seen(`${read} read units and ${written} write units in total`);
  seen(`${after.socketMessages - before.socketMessages} billed WebSocket messages`);
  seen(`${after.mails - before.mails} mails`);
}
