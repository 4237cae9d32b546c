import * as z from "zod";
import type { SocketApiModel, SocketRouteModel } from "../contracts.ts";
import {
  apiSchema,
  authorizerSchema,
  type IntegrationResource,
  integrationOf,
  type RouteResource,
  routesOf,
} from "./api-resources.ts";
import { UnresolvedTemplateValue } from "./intrinsics.ts";
import type { ReadResource, StackReader } from "./stack-reader.ts";

const stageSchema = z.object({ ApiId: z.string(), StageName: z.string() });
const routeResponseSchema = z.object({ RouteId: z.string(), RouteResponseKey: z.string() });
const integrationResponseSchema = z.object({
  IntegrationId: z.string(),
  ResponseTemplates: z.record(z.string(), z.string()).default({}),
  TemplateSelectionExpression: z.string().optional(),
});

/** The WebSocket API: its stage, routes with their answers, and who is asked at `$connect`. */
export function readSocketApi(reader: StackReader): SocketApiModel {
  const api = reader.one(
    "AWS::ApiGatewayV2::Api",
    apiSchema,
    ({ ProtocolType }) => ProtocolType === "WEBSOCKET",
  );
  const isOfApi = ({ ApiId }: { ApiId: string }) => ApiId === api.logicalId.toLowerCase();
  const authorizer = reader.one(
    "AWS::ApiGatewayV2::Authorizer",
    authorizerSchema,
    (properties) => isOfApi(properties) && properties.AuthorizerType === "REQUEST",
  ).properties;
  const routes = routesOf(reader, api.logicalId);
  const connect = routes.find(({ properties }) => properties.RouteKey === "$connect");
  if (connect?.properties.AuthorizationType !== "CUSTOM") {
    throw new UnresolvedTemplateValue("$connect of the WebSocket API has no authorizer");
  }
  return {
    stage: reader.one("AWS::ApiGatewayV2::Stage", stageSchema, isOfApi).properties.StageName,
    routes: Object.fromEntries(routes.map((route) => [route.properties.RouteKey, readRoute(reader, route)])),
    authorizerFunctionName: reader.functionOf(authorizer.AuthorizerUri ?? ""),
    identitySources: authorizer.IdentitySource,
    routeSelectionExpression: api.properties.RouteSelectionExpression ?? "$request.body.action",
  };
}

function readRoute(reader: StackReader, route: ReadResource<RouteResource>): SocketRouteModel {
  const { RouteKey, Target, RouteResponseSelectionExpression } = route.properties;
  const integration = integrationOf(reader, Target);
  const hasResponse =
    RouteResponseSelectionExpression === "$default" &&
    reader
      .all("AWS::ApiGatewayV2::RouteResponse", routeResponseSchema)
      .some(({ properties }) => properties.RouteId === route.logicalId);
  if (integration.IntegrationType === "AWS_PROXY") {
    return {
      integration: "lambda",
      functionName: reader.functionOf(integration.IntegrationUri ?? ""),
      hasResponse,
    };
  }
  if (integration.IntegrationType !== "MOCK") {
    throw new UnresolvedTemplateValue(
      `${RouteKey}: integration ${integration.IntegrationType} is not known here`,
    );
  }
  if (!hasResponse)
    throw new UnresolvedTemplateValue(`${RouteKey}: a mock without a route response answers nothing`);
  return readMock(reader, RouteKey, integration);
}

function readMock(reader: StackReader, routeKey: string, integration: IntegrationResource): SocketRouteModel {
  const response = reader
    .all("AWS::ApiGatewayV2::IntegrationResponse", integrationResponseSchema)
    .find(({ properties }) => properties.IntegrationId === integration.logicalId)?.properties;
  const requestTemplate = select(integration.RequestTemplates, integration.TemplateSelectionExpression);
  const responseTemplate = select(response?.ResponseTemplates, response?.TemplateSelectionExpression);
  if (requestTemplate === undefined || responseTemplate === undefined) {
    throw new UnresolvedTemplateValue(
      `${routeKey}: its mock integration lacks a request or response template`,
    );
  }
  return { integration: "mock", requestTemplate, responseTemplate };
}

/** A selection expression that is no expression (`200`) names the template; else `$default`, or the only one. */
function select(templates: Record<string, string> | undefined, expression = "$default"): string | undefined {
  if (!templates) return undefined;
  const all = Object.values(templates);
  return (
    templates[expression.replace(/^\\/, "")] ??
    templates["$default"] ??
    (all.length === 1 ? all[0] : undefined)
  );
}
