import type { SocketApiModel, SocketRouteModel } from "../contracts.ts";

export type SelectedRoute = { routeKey: string; route: SocketRouteModel };

const lifecycleRoutes = new Set(["$connect", "$disconnect"]);

/** The route that a frame's body names (`$request.body.action`), else `$default`, else none. */
export function selectRoute(body: string, api: SocketApiModel): SelectedRoute | undefined {
  const named = valueNamedBy(api.routeSelectionExpression, body);
  for (const routeKey of [named, "$default"]) {
    // A frame cannot name what belongs to the connection's own life.
    if (routeKey === undefined || lifecycleRoutes.has(routeKey)) continue;
    const route = Object.hasOwn(api.routes, routeKey) ? api.routes[routeKey] : undefined;
    if (route) return { routeKey, route };
  }
  return undefined;
}

function valueNamedBy(expression: string, body: string): string | undefined {
  const path = /^\$\{?request\.body\.([\w.]+)\}?$/.exec(expression)?.[1];
  let value: unknown = parseJson(body);
  for (const name of path?.split(".") ?? [""]) {
    if (value === null || typeof value !== "object") return undefined;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return typeof value === "string" ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
