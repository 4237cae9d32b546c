import { describe, expect, test } from "vitest";
import { type FunctionPlan, functionPlans } from "../../infra/constructs/function-plans.ts";
import { ownCodeOf } from "./own-code.ts";

/** What a command of the document client needs; a transaction may hold writes of every kind. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  Get: ["GetItem"],
  BatchGet: ["BatchGetItem"],
  Put: ["PutItem"],
  Update: ["UpdateItem"],
  Delete: ["DeleteItem"],
  TransactGet: ["GetItem"],
  TransactWrite: ["ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"],
};

const plans: [string, FunctionPlan][] = Object.entries(functionPlans);

describe("access to the table", () => {
  test.each(plans)("%s may do what its code does, and nothing else", (name, { table }) => {
    const code = [...ownCodeOf(name).values()].join("\n");
    const commands = [...code.matchAll(/\bnew (\w+?)Command\d*\(/g)].map(([, command]) => command ?? "");
    const needed = new Set(commands.flatMap((command) => actionsOf[command] ?? []));
    const queries = [...code.matchAll(/\bnew QueryCommand\d*\(.{0,100}/gs)].map(([query]) => query);
    const isOfIndex = (query: string) => query.includes("IndexName:");
    if (!queries.every(isOfIndex)) needed.add("Query");
    expect([...(table?.items ?? [])].sort()).toEqual([...needed].sort());
    expect(table?.queriesIndex ?? false).toBe(queries.some(isOfIndex));
  });
});
