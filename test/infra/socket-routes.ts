import { describe, expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";
import { at, functionNamed, integrationOf, resourcesOf, routesOf } from "./template.ts";

const { template } = synthesize();
const routes = routesOf(template, "WEBSOCKET");

describe("WebSocket routes", () => {
  test("frames are routed by their action", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Api", {
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    });
    const frames = ["command", "look", "ping", "post", "read", "resume", "status", "typing"];
    const keys = ["$connect", "$default", "$disconnect", ...frames];
    expect([...routes.keys()].sort()).toEqual(keys);
  });

  test("a ticket in the query string is checked at $connect by a function of its own", () => {
    expect(at(routes.get("$connect")?.properties, "AuthorizationType")).toBe("CUSTOM");
    const authorizer = resourcesOf(template, "AWS::ApiGatewayV2::Authorizer").find(
      (each) => at(each.properties, "AuthorizerType") === "REQUEST",
    );
    expect(at(authorizer?.properties, "IdentitySource")).toEqual(["route.request.querystring.ticket"]);
    expect(JSON.stringify(authorizer)).toContain(functionNamed(template, "socket-authorizer").id);
  });

  test.each(["post", "read", "resume", "look", "typing", "status", "command", "ping", "$default"])(
    "%s is answered on the same connection",
    (key) => {
      const route = routes.get(key);
      expect(at(route?.properties, "RouteResponseSelectionExpression")).toBe("$default");
      template.hasResourceProperties("AWS::ApiGatewayV2::RouteResponse", {
        RouteId: { Ref: route?.id },
        RouteResponseKey: "$default",
      });
    },
  );

  test.each(["$connect", "$disconnect", "post", "read", "resume", "look", "typing", "status", "$default"])(
    "%s reaches socket",
    (key) => {
      const integration = integrationOf(template, routes.get(key));
      expect(at(integration, "IntegrationType")).toBe("AWS_PROXY");
      expect(JSON.stringify(integration)).toContain(functionNamed(template, "socket").id);
    },
  );

  test("MSG-13 command reaches the function that carries out commands by HTTP, too", () => {
    const integration = integrationOf(template, routes.get("command"));
    expect(at(integration, "IntegrationType")).toBe("AWS_PROXY");
    expect(JSON.stringify(integration)).toContain(functionNamed(template, "command").id);
  });

  test("ping is answered by the gateway, with the client's id", () => {
    expect(integrationOf(template, routes.get("ping"))).toMatchObject({
      IntegrationType: "MOCK",
      RequestTemplates: { $default: `{"statusCode":200,"id":$input.json('$.id')}` },
    });
    template.hasResourceProperties("AWS::ApiGatewayV2::IntegrationResponse", {
      IntegrationResponseKey: "$default",
      ResponseTemplates: { $default: `{"type":"reply","id":$input.json('$.id'),"ok":true}` },
    });
  });
});
