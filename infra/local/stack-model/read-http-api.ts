import * as z from "zod";
import type { CorsModel, HttpApiModel } from "../contracts.ts";
import { apiSchema, authorizerSchema, integrationOf, routesOf } from "./api-resources.ts";
import { UnresolvedTemplateValue } from "./intrinsics.ts";
import type { StackReader } from "./stack-reader.ts";

const corsSchema = z.object({
  AllowOrigins: z.array(z.string()).default([]),
  AllowMethods: z.array(z.string()).default([]),
  AllowHeaders: z.array(z.string()).default([]),
  ExposeHeaders: z.array(z.string()).default([]),
  MaxAge: z.coerce.number().default(0),
  AllowCredentials: z.boolean().default(false),
});

/** The HTTP API: its routes, which of them anyone may call, and whose tokens the others want. */
export function readHttpApi(reader: StackReader): HttpApiModel {
  const api = reader.one("AWS::ApiGatewayV2::Api", apiSchema, ({ ProtocolType }) => ProtocolType === "HTTP");
  const routes = routesOf(reader, api.logicalId).map(({ properties }) => {
    const integration = integrationOf(reader, properties.Target);
    if (integration.IntegrationType !== "AWS_PROXY" || integration.PayloadFormatVersion !== "2.0") {
      throw new UnresolvedTemplateValue(`${properties.RouteKey}: only Lambda with payload 2.0 is known here`);
    }
    if (properties.AuthorizationType !== "NONE" && properties.AuthorizationType !== "JWT") {
      throw new UnresolvedTemplateValue(
        `${properties.RouteKey}: authorization ${properties.AuthorizationType}`,
      );
    }
    const [first = "", path = first] = properties.RouteKey.split(" ");
    return {
      method: path === first ? "ANY" : first,
      path,
      functionName: reader.functionOf(integration.IntegrationUri ?? ""),
      isAnonymous: properties.AuthorizationType === "NONE",
    };
  });
  const authorizer = reader.one(
    "AWS::ApiGatewayV2::Authorizer",
    authorizerSchema,
    ({ ApiId, AuthorizerType }) => ApiId === api.logicalId.toLowerCase() && AuthorizerType === "JWT",
  ).properties.JwtConfiguration;
  if (!authorizer) throw new UnresolvedTemplateValue("the JWT authorizer has no JwtConfiguration");
  const cors = api.properties.CorsConfiguration;
  return {
    routes,
    ...(cors === undefined ? {} : { cors: readCors(cors) }),
    issuer: authorizer.Issuer,
    audience: authorizer.Audience,
  };
}

function readCors(configuration: unknown): CorsModel {
  const cors = corsSchema.parse(configuration);
  return {
    allowOrigins: cors.AllowOrigins,
    allowMethods: cors.AllowMethods,
    allowHeaders: cors.AllowHeaders,
    exposeHeaders: cors.ExposeHeaders,
    maxAgeSeconds: cors.MaxAge,
    allowsCredentials: cors.AllowCredentials,
  };
}
