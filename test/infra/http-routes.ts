import { readFileSync } from "node:fs";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";
import { at, functionNamed, integrationOf, resourcesOf, routesOf, textAt } from "./template.ts";

interface Operation {
  "x-function": string;
  security?: unknown[];
}

const document: { paths: Record<string, Record<string, Operation>> } = JSON.parse(
  readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8"),
);
const documented = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => ["get", "post", "put", "patch", "delete"].includes(method))
    .map(([method, operation]) => ({ key: `${method.toUpperCase()} ${path}`, operation })),
);

const { template } = synthesize();
const routes = routesOf(template, "HTTP");

describe("HTTP routes", () => {
  test("the deployed ones are the documented ones, no more and no fewer", () => {
    const keys = [...routes.keys()].filter((key) => key !== "$default");
    expect(keys.sort()).toEqual(documented.map((route) => route.key).sort());
  });

  test.each(documented)("$key reaches its function, signed in unless documented as anonymous", (each) => {
    const route = routes.get(each.key);
    const integration = integrationOf(template, route);
    expect(at(integration, "IntegrationUri", "Fn::GetAtt", 0)).toBe(
      functionNamed(template, each.operation["x-function"]).id,
    );
    expect(at(integration, "PayloadFormatVersion")).toBe("2.0");
    const isAnonymous = each.operation.security?.length === 0;
    expect(at(route?.properties, "AuthorizationType")).toBe(isAnonymous ? "NONE" : "JWT");
    expect(at(route?.properties, "AuthorizerId") === undefined).toBe(isAnonymous);
  });

  test("what no route is for reaches the page function, whose 404 is a problem like every other", () => {
    const integration = integrationOf(template, routes.get("$default"));
    expect(at(integration, "IntegrationUri", "Fn::GetAtt", 0)).toBe(functionNamed(template, "page").id);
  });

  test("only the invitation's preview, the pages, brands' logos, health, the documents and the 404 are anonymous", () => {
    const anonymous = [...routes.values()].filter(
      (each) => at(each.properties, "AuthorizationType") === "NONE",
    );
    expect(anonymous.map((each) => textAt(each.properties, "RouteKey")).sort()).toEqual([
      "$default",
      "GET /brand/{org}/{file}",
      "GET /chat",
      "GET /chat/{file}",
      "GET /invite",
      "GET /invite/{file}",
      "GET /people",
      "GET /people/{file}",
      "GET /v1/asyncapi.json",
      "GET /v1/health",
      "GET /v1/openapi.json",
      "POST /v1/invitations/preview",
    ]);
  });
});

describe("CORS", () => {
  test("is for the configured origins only, with the headers that clients need", () => {
    const configured = synthesize({ allowedOrigins: "https://app.example.com, https://beta.example.com/" });
    configured.template.hasResourceProperties("AWS::ApiGatewayV2::Api", {
      ProtocolType: "HTTP",
      CorsConfiguration: {
        AllowOrigins: ["https://app.example.com", "https://beta.example.com"],
        AllowHeaders: ["authorization", "content-type", "idempotency-key", "if-match"],
        ExposeHeaders: ["etag", "x-request-id", "retry-after", "location"],
        AllowCredentials: Match.absent(),
      },
    });
  });

  test("is off without such origins: the invitation page is the API's own", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Api", {
      ProtocolType: "HTTP",
      CorsConfiguration: Match.absent(),
    });
  });
});

test("no gateway logs a path, query string, header, claim or body, and each is throttled", () => {
  const stages = resourcesOf(template, "AWS::ApiGatewayV2::Stage");
  expect(stages).toHaveLength(2);
  for (const { properties } of stages) {
    expect(at(properties, "DefaultRouteSettings")).toEqual({
      ThrottlingRateLimit: expect.any(Number),
      ThrottlingBurstLimit: expect.any(Number),
    });
    const fields = Object.values(JSON.parse(textAt(properties, "AccessLogSettings", "Format")));
    expect(fields.filter((field) => /path|query|header|body|claims|identity/i.test(String(field)))).toEqual(
      [],
    );
  }
});
