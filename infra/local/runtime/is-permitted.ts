import type { PermissionModel } from "../contracts.ts";

/** Whether a role's statements allow an action on a resource. */
export function isPermitted(
  permissions: readonly PermissionModel[],
  action: string,
  resource: string,
): boolean {
  return permissions.some(
    ({ actions, resources }) =>
      actions.some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase())) &&
      resources.some((pattern) => fits(pattern, resource)),
  );
}

function fits(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return pattern === text;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}
