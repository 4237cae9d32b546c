import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { Operation, type Table } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { Functions } from "./functions.ts";
import type { HttpGateway } from "./http-api.ts";
import type { Mail } from "./mail.ts";
import { reputation } from "./service-alarms.ts";
import type { Settings } from "./settings.ts";
import type { SocketGateway } from "./socket-api.ts";

interface Watched {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly functions: Functions;
  readonly table: Table;
  readonly http: HttpGateway;
  readonly socket: SocketGateway;
  readonly mail: Mail;
}

/** One page, from what people feel (top) to what it costs (bottom). */
export function createDashboard(scope: Construct, id: string, watched: Watched): Dashboard {
  const { functions, http, socket, table, mail } = watched;
  const lambdas = Object.values(functions);
  const consumers = [functions.relay, functions.mailer, functions.assistant];
  const dashboard = new Dashboard(scope, id, { dashboardName: `vestibule-${watched.settings.stage}` });
  dashboard.addWidgets(
    new AlarmStatusWidget({ title: "Alarms", width: 24, height: 4, alarms: watched.alarms.all }),
  );
  dashboard.addWidgets(
    graph("Requests and errors", [
      http.stage.metricCount(),
      http.stage.metricClientError(),
      http.stage.metricServerError(),
    ]),
    graph("Latency of requests (ms)", [
      http.stage.metricLatency({ statistic: Stats.p(50) }),
      http.stage.metricLatency({ statistic: Stats.p(99) }),
    ]),
    graph("Live connections and frames", [
      socket.stage.metric("ConnectCount", { statistic: Stats.SUM }),
      socket.stage.metric("MessageCount", { statistic: Stats.SUM }),
    ]),
  );
  dashboard.addWidgets(
    graph(
      "Errors by function",
      lambdas.map((each) => each.lambda.metricErrors({ label: each.name })),
    ),
    graph(
      "Duration p99 by function (ms)",
      lambdas.map((each) => each.lambda.metricDuration({ label: each.name, statistic: Stats.p(99) })),
    ),
    graph(
      "Behind the stream (ms)",
      consumers.map((each) =>
        each.lambda.metric("IteratorAge", { label: each.name, statistic: Stats.MAXIMUM }),
      ),
    ),
  );
  dashboard.addWidgets(
    graph("Table units consumed", [
      table.metricConsumedReadCapacityUnits(),
      table.metricConsumedWriteCapacityUnits(),
    ]),
    graph("Table errors", [
      table.metricSystemErrorsForOperations({
        operations: [Operation.GET_ITEM, Operation.TRANSACT_WRITE_ITEMS],
      }),
      table.metric("TransactionConflict", { statistic: Stats.SUM }),
    ]),
    graph("Mail reputation", [
      reputation(mail, "Reputation.BounceRate"),
      reputation(mail, "Reputation.ComplaintRate"),
    ]),
  );
  return dashboard;
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}
