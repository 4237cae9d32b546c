import type { Write } from "./transaction.ts";

/**
 * The part of an update that sets attributes; what is `undefined` is removed. Names are given by alias (`#name`), since some
 * are reserved words: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
 */
export function setAttributes(
  changes: Readonly<Record<string, unknown>>,
): Required<Pick<Write, "names" | "values">> & { readonly expression: string } {
  const all = Object.entries(changes);
  const set = all.filter(([, value]) => value !== undefined);
  const removed = all.filter(([, value]) => value === undefined);
  const sets = set.map(([name]) => `#${name} = :${name}`).join(", ");
  const removes = removed.map(([name]) => `#${name}`).join(", ");
  return {
    expression: [sets && `SET ${sets}`, removes && `REMOVE ${removes}`]
      .filter((part) => part !== "")
      .join(" "),
    names: Object.fromEntries(all.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
  };
}
