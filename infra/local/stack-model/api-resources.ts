import * as z from "zod";
import { UnresolvedTemplateValue } from "./intrinsics.ts";
import type { ReadResource, StackReader } from "./stack-reader.ts";

export const apiSchema = z.object({
  ProtocolType: z.enum(["HTTP", "WEBSOCKET"]),
  RouteSelectionExpression: z.string().optional(),
  CorsConfiguration: z.unknown().optional(),
});

export const authorizerSchema = z.object({
  ApiId: z.string(),
  AuthorizerType: z.enum(["JWT", "REQUEST"]),
  AuthorizerUri: z.string().optional(),
  IdentitySource: z.array(z.string()).default([]),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }).optional(),
});

const routeSchema = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.string().default("NONE"),
  AuthorizerId: z.string().optional(),
  RouteResponseSelectionExpression: z.string().optional(),
});

const integrationSchema = z.object({
  IntegrationType: z.string(),
  IntegrationUri: z.string().optional(),
  PayloadFormatVersion: z.string().optional(),
  RequestTemplates: z.record(z.string(), z.string()).optional(),
  TemplateSelectionExpression: z.string().optional(),
});

export type RouteResource = z.infer<typeof routeSchema>;
export type IntegrationResource = z.infer<typeof integrationSchema> & { logicalId: string };

/** The routes of one API. */
export function routesOf(reader: StackReader, apiLogicalId: string): ReadResource<RouteResource>[] {
  return reader
    .all("AWS::ApiGatewayV2::Route", routeSchema)
    .filter(({ properties }) => properties.ApiId === apiLogicalId.toLowerCase());
}

/** The integration that a route's target (`integrations/<id>`) names. */
export function integrationOf(reader: StackReader, target: string): IntegrationResource {
  const logicalId = target.replace(/^integrations\//, "");
  const found = reader
    .all("AWS::ApiGatewayV2::Integration", integrationSchema)
    .find((integration) => integration.logicalId === logicalId);
  if (!found) throw new UnresolvedTemplateValue(`the template has no integration ${logicalId}`);
  return { logicalId, ...found.properties };
}
