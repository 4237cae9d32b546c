import type { Template } from "aws-cdk-lib/assertions";

/** A CloudFormation resource; `at` looks into its properties. */
export interface Resource {
  readonly id: string;
  readonly properties: unknown;
}

/** What is found along a path of keys, or undefined where the path ends early. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );
}

/** A text found along a path; the test fails here if there is none. */
export function textAt(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  if (typeof found !== "string") throw new Error(`No text at ${path.join(".")} of ${JSON.stringify(value)}`);
  return found;
}

/** The resources of one type. */
export function resourcesOf(template: Template, type: string): readonly Resource[] {
  return Object.entries(template.findResources(type)).map(([id, resource]) => ({
    id,
    properties: resource["Properties"],
  }));
}

/** Functions by their short name, which the local stack reads from the same variable. */
export function functionsByName(template: Template): ReadonlyMap<string, Resource> {
  return new Map(
    resourcesOf(template, "AWS::Lambda::Function").map((each) => [
      textAt(each.properties, "Environment", "Variables", "POWERTOOLS_SERVICE_NAME"),
      each,
    ]),
  );
}

/** One function; the test fails here if the stack has none of that name. */
export function functionNamed(template: Template, name: string): Resource {
  const found = functionsByName(template).get(name);
  if (!found) throw new Error(`The stack has no function ${name}`);
  return found;
}

/** The environment variables of a function, values unresolved. */
export function variablesOf(template: Template, name: string): Readonly<Record<string, unknown>> {
  return { ...Object(at(functionNamed(template, name).properties, "Environment", "Variables")) };
}

/** The HTTP or the WebSocket API's routes by key. */
export function routesOf(template: Template, protocol: "HTTP" | "WEBSOCKET"): ReadonlyMap<string, Resource> {
  const apis = Object.keys(
    template.findResources("AWS::ApiGatewayV2::Api", { Properties: { ProtocolType: protocol } }),
  );
  return new Map(
    resourcesOf(template, "AWS::ApiGatewayV2::Route")
      .filter((route) => apis.includes(textAt(route.properties, "ApiId", "Ref")))
      .map((route) => [textAt(route.properties, "RouteKey"), route]),
  );
}

/** The properties of the integration that a route leads to. */
export function integrationOf(template: Template, route: Resource | undefined): unknown {
  const id = textAt(route?.properties, "Target", "Fn::Join", 1, 1, "Ref");
  return resourcesOf(template, "AWS::ApiGatewayV2::Integration").find((each) => each.id === id)?.properties;
}
