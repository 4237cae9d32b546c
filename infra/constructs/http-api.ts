import { Duration, Validations } from "aws-cdk-lib";
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import { accessLog } from "./access-log.ts";
import type { Functions } from "./functions.ts";
import { type HttpRouteEntry, readHttpRoutes } from "./http-routes.ts";
import type { Issuer } from "./identity.ts";
import type { Settings } from "./settings.ts";

/** The HTTP API: its routes come from docs/openapi.json, its callers from one OIDC issuer. */
export class HttpGateway extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  /** Without trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.api = new HttpApi(this, "Api", {
      apiName: `vestibule-${settings.stage}`,
      createDefaultStage: false,
      corsPreflight: corsFor(settings.allowedOrigins),
    });
    this.stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      // Shares the account's 10 000 requests a second with PostToConnection, which live delivery needs.
      throttle: { rateLimit: 2000, burstLimit: 1000 },
      accessLogSettings: accessLog(this, settings, {
        requestId: "$context.requestId",
        time: "$context.requestTime",
        route: "$context.routeKey",
        status: "$context.status",
        latencyMs: "$context.responseLatency",
        integrationLatencyMs: "$context.integrationLatency",
        integrationError: "$context.integrationErrorMessage",
        authorizerError: "$context.authorizer.error",
      }),
    });
    this.url = this.api.apiEndpoint;
  }

  addRoutes(functions: Functions, issuer: Issuer): void {
    const authorizer = new HttpJwtAuthorizer("Jwt", issuer.url, { jwtAudience: [issuer.audience] });
    const integrations = new Map<string, HttpLambdaIntegration>();
    for (const entry of [...readHttpRoutes(), anythingElse]) {
      const integration =
        integrations.get(entry.function) ??
        new HttpLambdaIntegration(entry.function, functions[entry.function].lambda, {
          // One permission per function instead of per route: a function's policy holds 20 KB.
          scopePermissionToRoute: false,
        });
      integrations.set(entry.function, integration);
      const isDefault = entry === anythingElse;
      const route = new HttpRoute(this, isDefault ? "Default" : `${entry.method} ${entry.path}`, {
        httpApi: this.api,
        routeKey: isDefault ? HttpRouteKey.DEFAULT : HttpRouteKey.with(entry.path, entry.method),
        integration,
        authorizer: entry.isAnonymous ? new HttpNoneAuthorizer() : authorizer,
      });
      if (entry.isAnonymous) acknowledgeAnonymous(route, entry);
    }
  }
}

/** What no route is for: `page` answers it with a 404 like every other, where the gateway's own is no problem+json. */
const anythingElse: HttpRouteEntry = {
  method: HttpMethod.ANY,
  path: "any other path",
  function: "page",
  isAnonymous: true,
};

function acknowledgeAnonymous(route: HttpRoute, entry: HttpRouteEntry): void {
  Validations.of(route).acknowledge({
    id: "AwsSolutions-APIG4",
    reason: `${entry.path} is for people who are not signed in yet (docs/openapi.json: security []).`,
  });
}

function corsFor(origins: readonly string[]) {
  if (origins.length === 0) return undefined;
  return {
    allowOrigins: [...origins],
    allowMethods: [
      CorsHttpMethod.GET,
      CorsHttpMethod.POST,
      CorsHttpMethod.PUT,
      CorsHttpMethod.PATCH,
      CorsHttpMethod.DELETE,
    ],
    allowHeaders: ["authorization", "content-type", "idempotency-key", "if-match"],
    exposeHeaders: ["etag", "x-request-id", "retry-after", "location"],
    maxAge: Duration.hours(1),
  };
}
