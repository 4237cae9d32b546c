import * as z from "zod";

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

export const policySchema = z.object({
  Statement: z.array(z.object({ Effect: z.enum(["Allow", "Deny"]), Action: oneOrMore, Resource: oneOrMore })),
});

/** A deny beats an allow, and what nothing allows is denied. */
export function isAllowedBy(policy: z.infer<typeof policySchema>, resource: string): boolean {
  const deciding = policy.Statement.filter(
    (statement) =>
      statement.Action.some((action) => fitsPattern(action.toLowerCase(), "execute-api:invoke")) &&
      statement.Resource.some((pattern) => fitsPattern(pattern, resource)),
  );
  return deciding.length > 0 && deciding.every((statement) => statement.Effect === "Allow");
}

function fitsPattern(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}
