import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { type IAccessLogSettings, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";

/**
 * A gateway's access log as JSON. Routes, never paths or query strings: the socket's ticket travels in one,
 * and ids of people in the other.
 */
export function accessLog(
  scope: Construct,
  settings: Settings,
  fields: Readonly<Record<string, string>>,
): IAccessLogSettings {
  const logGroup = new LogGroup(scope, "AccessLog", {
    retention: settings.logRetention,
    removalPolicy: settings.removalPolicy,
  });
  return {
    destination: new LogGroupLogDestination(logGroup),
    format: AccessLogFormat.custom(JSON.stringify(fields)),
  };
}
