import type { Write } from "./transaction.ts";

/**
 * Two updates of one item as one, since a transaction writes an item once: what either sets, if both conditions hold.
 * One of them sets (`SET`) and the other counts (`ADD`), with names of their own for what they compare.
 */
export function mergeUpdates(one: Write, other: Write): Write {
  if (!("update" in one && "update" in other)) throw new Error("only updates can be merged");
  const conditions = [one.condition, other.condition].filter((condition) => condition !== undefined);
  const names = { ...one.names, ...other.names };
  return {
    label: one.label,
    update: one.update,
    expression: `${one.expression} ${other.expression}`,
    ...(conditions.length === 0 ? {} : { condition: conditions.map((each) => `(${each})`).join(" AND ") }),
    ...(Object.keys(names).length === 0 ? {} : { names }),
    values: { ...one.values, ...other.values },
  };
}
