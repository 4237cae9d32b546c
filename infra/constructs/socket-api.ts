import { Stack, Validations } from "aws-cdk-lib";
import { WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct, type IConstruct } from "constructs";
import { accessLog } from "./access-log.ts";
import type { AppFunction } from "./app-function.ts";
import { GatewayAccount } from "./gateway-account.ts";
import type { Settings } from "./settings.ts";
import { SocketPing } from "./socket-ping.ts";

/** Frames that are answered on the same connection; `$default` answers the malformed and the unknown. */
const answeredRoutes = ["post", "read", "resume", "look", "typing", "status", "$default"];

/** The WebSocket API: a one-time ticket opens it, frames go to `socket`, slash commands to `command`, events come from `relay`, typing from `socket`. */
export class SocketGateway extends Construct {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.api = new WebSocketApi(this, "Api", {
      apiName: `vestibule-live-${settings.stage}`,
      routeSelectionExpression: "$request.body.action",
    });
    this.stage = new WebSocketStage(this, "Stage", {
      webSocketApi: this.api,
      stageName: "live",
      autoDeploy: true,
      throttle: { rateLimit: 2000, burstLimit: 1000 },
      accessLogSettings: accessLog(this, settings, {
        requestId: "$context.requestId",
        time: "$context.requestTime",
        event: "$context.eventType",
        route: "$context.routeKey",
        connection: "$context.connectionId",
        status: "$context.status",
        integrationError: "$context.integrationErrorMessage",
        authorizerError: "$context.authorizer.error",
      }),
    });
    this.stage.node.addDependency(new GatewayAccount(this, "Account"));
  }

  addRoutes(functions: Record<"socket" | "socket-authorizer" | "command", AppFunction>): void {
    const integration = new WebSocketLambdaIntegration("Socket", functions.socket.lambda);
    const command = new WebSocketLambdaIntegration("Command", functions.command.lambda);
    const authorizer = new WebSocketLambdaAuthorizer("Ticket", functions["socket-authorizer"].lambda, {
      identitySource: ["route.request.querystring.ticket"],
    });
    this.api.addRoute("$connect", { integration, authorizer });
    const frames = answeredRoutes.map((routeKey) =>
      this.api.addRoute(routeKey, { integration, returnResponse: true }),
    );
    frames.push(this.api.addRoute("command", { integration: command, returnResponse: true }));
    const disconnect = this.api.addRoute("$disconnect", { integration });
    const ping = new SocketPing(this, "Ping", this.api).route;
    for (const route of [...frames, disconnect, ping]) acknowledgeAuthorizedAtConnect(route);
  }

  /** Lets a function send to and close connections, and tells it where. */
  allowDelivery(sender: AppFunction): void {
    sender.set("CONNECTIONS_URL", this.stage.callbackUrl);
    const stack = Stack.of(this);
    for (const method of ["POST", "DELETE"]) {
      const path = `${this.stage.stageName}/${method}/@connections/*`;
      sender.role.addToPolicy(
        new PolicyStatement({
          actions: ["execute-api:ManageConnections"],
          resources: [
            stack.formatArn({ service: "execute-api", resource: this.api.apiId, resourceName: path }),
          ],
        }),
      );
      const api: { Ref: string } = stack.resolve(this.api.apiId);
      Validations.of(sender.role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${api.Ref}>/${path}]`,
        reason: "Connections come and go; any connection of this API's stage, of this API only.",
      });
    }
  }
}

function acknowledgeAuthorizedAtConnect(route: IConstruct): void {
  Validations.of(route).acknowledge({
    id: "AwsSolutions-APIG4",
    reason: "API Gateway runs a WebSocket authorizer at $connect only; the function checks rights per frame.",
  });
}
