import type { Write } from "./transaction.ts";

/**
 * Two updates of one item as one, since a transaction writes an item once: what either sets, if both conditions hold.
 * One of them sets (`SET`) and the other counts (`ADD`), with names of their own for what they compare.
 */
export function mergeUpdates(one: Write, other: Write): Write {
  if (!("update" in one && "update" in other)) throw new Error("only updates can be merged");
  const conditions = [one.condition, other.condition].filter((condition) => condition !== undefined);
  return {
    label: one.label,
    update: one.update,
    expression: `${one.expression} ${other.expression}`,
    condition: conditions.map((condition) => `(${condition})`).join(" AND "),
    names: { ...one.names, ...other.names },
    values: { ...one.values, ...other.values },
  };
}
