import type * as z from "zod";
import { resolve, UnresolvedTemplateValue } from "./intrinsics.ts";
import type { LocalAddressBook } from "./local-addresses.ts";
import { createReferences } from "./references.ts";
import type { Template } from "./template.ts";

export type ReadResource<T> = { logicalId: string; properties: T };

/** Gives the resources of one type with their properties resolved, parsed, and addresses turned into local ones. */
export type StackReader = {
  all<T>(type: string, schema: z.ZodType<T>): ReadResource<T>[];
  one<T>(type: string, schema: z.ZodType<T>, fits?: (properties: T) => boolean): ReadResource<T>;
  /** The name of the function that an ARN, or an API Gateway integration URI, ends in. */
  functionOf(arn: string): string;
};

/** `functionNames`: short names by the names that the template gives. */
export function createStackReader(
  template: Template,
  addresses: LocalAddressBook,
  functionNames: ReadonlyMap<string, string>,
): StackReader {
  const references = createReferences(template);
  const isThere = (condition: string | undefined) =>
    condition === undefined || resolve(references.condition(condition), references) === true;
  const reader: StackReader = {
    all(type, schema) {
      return Object.entries(template.Resources)
        .filter(([, resource]) => resource.Type === type && isThere(resource.Condition))
        .map(([logicalId, resource]) => {
          const resolved = addresses.localize(resolve(resource.Properties, references));
          const parsed = schema.safeParse(resolved);
          if (parsed.success) return { logicalId, properties: parsed.data };
          const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
          throw new UnresolvedTemplateValue(`${type} ${logicalId}: ${problems.join("; ")}`);
        });
    },
    one(type, schema, fits = () => true) {
      const found = reader.all(type, schema).filter(({ properties }) => fits(properties));
      const [first] = found;
      if (first && found.length === 1) return first;
      throw new UnresolvedTemplateValue(`the local stack needs exactly one ${type}, found ${found.length}`);
    },
    functionOf(arn) {
      const name = arn.match(/(?:^|function:)([^:/]+)(?:\/invocations)?$/)?.[1] ?? arn;
      const short = functionNames.get(name);
      if (short !== undefined) return short;
      throw new UnresolvedTemplateValue(`the template has no function ${name} (from ${arn})`);
    },
  };
  return reader;
}
