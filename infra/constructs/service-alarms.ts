import { MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { type Alarms, alarmPeriod } from "./alarms.ts";
import type { HttpGateway } from "./http-api.ts";
import type { Mail } from "./mail.ts";
import type { SocketGateway } from "./socket-api.ts";

const sum = { statistic: Stats.SUM, period: alarmPeriod };

/** Requests and frames that were answered with our fault. */
export function watchGateways(alarms: Alarms, http: HttpGateway, socket: SocketGateway): void {
  alarms.add("http-server-errors", {
    loses: "what they just asked for fails with an error that is ours",
    lookAt: "status 5xx by route in the HTTP access log",
    metric: http.stage.metricServerError(sum),
    threshold: 5,
  });
  alarms.add("socket-errors", {
    loses: "live connections fail to open or frames go unanswered",
    lookAt: "integrationError and authorizerError in the socket's access log",
    metric: new MathExpression({
      expression: "integration + execution",
      usingMetrics: {
        integration: socket.stage.metric("IntegrationError", sum),
        execution: socket.stage.metric("ExecutionError", sum),
      },
      label: "Socket errors",
      period: alarmPeriod,
    }),
    threshold: 5,
  });
}

/** The table refusing work: one busy channel or organization reached what one key can do. */
export function watchTable(alarms: Alarms, table: Table): void {
  alarms.add("table-throttles", {
    loses: "posting, inviting and accepting are slow or answered 503 in a busy channel or organization",
    lookAt: "throttled keys (CloudWatch contributor insights of the table)",
    metric: new MathExpression({
      expression: "reads + writes",
      usingMetrics: {
        reads: table.metric("ReadThrottleEvents", sum),
        writes: table.metric("WriteThrottleEvents", sum),
      },
      label: "Throttled reads and writes",
      period: alarmPeriod,
    }),
    threshold: 10,
  });
}

/** SES reviews an account at 5 % bounces or 0.1 % complaints, and pauses it at about twice that. */
export function watchReputation(alarms: Alarms, mail: Mail): void {
  const loses = "nobody gets invitation mails any more once SES pauses the account";
  alarms.add("mail-bounces", {
    loses,
    lookAt: "who invites addresses that do not exist",
    metric: reputation(mail, "Reputation.BounceRate"),
    threshold: 0.05,
  });
  alarms.add("mail-complaints", {
    loses,
    lookAt: "whose invitations are reported as spam",
    metric: reputation(mail, "Reputation.ComplaintRate"),
    threshold: 0.001,
  });
}

/** A rate of this configuration set, as SES computes it. */
export function reputation(mail: Mail, metricName: string): Metric {
  return new Metric({
    namespace: "AWS/SES",
    metricName,
    dimensionsMap: { "ses:configuration-set": mail.configurationSet.configurationSetName },
    statistic: Stats.MAXIMUM,
    period: alarmPeriod,
  });
}
