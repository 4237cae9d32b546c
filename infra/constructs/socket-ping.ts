import {
  CfnIntegration,
  CfnIntegrationResponse,
  CfnRoute,
  CfnRouteResponse,
  type WebSocketApi,
} from "aws-cdk-lib/aws-apigatewayv2";
import { Construct } from "constructs";

/**
 * Answers `ping` in the gateway itself, so that keeping a connection open costs no invocation. In a mock
 * the request template's output is what the response template reads as its input.
 */
export class SocketPing extends Construct {
  readonly route: CfnRoute;

  constructor(scope: Construct, id: string, api: WebSocketApi) {
    super(scope, id);
    const integration = new CfnIntegration(this, "Integration", {
      apiId: api.apiId,
      integrationType: "MOCK",
      templateSelectionExpression: "\\$default",
      requestTemplates: { $default: `{"statusCode":200,"id":$input.json('$.id')}` },
    });
    new CfnIntegrationResponse(this, "IntegrationResponse", {
      apiId: api.apiId,
      integrationId: integration.ref,
      integrationResponseKey: "$default",
      templateSelectionExpression: "\\$default",
      responseTemplates: { $default: `{"type":"reply","id":$input.json('$.id'),"ok":true}` },
    });
    this.route = new CfnRoute(this, "Route", {
      apiId: api.apiId,
      routeKey: "ping",
      authorizationType: "NONE",
      routeResponseSelectionExpression: "$default",
      target: `integrations/${integration.ref}`,
    });
    new CfnRouteResponse(this, "RouteResponse", {
      apiId: api.apiId,
      routeId: this.route.ref,
      routeResponseKey: "$default",
    });
  }
}
