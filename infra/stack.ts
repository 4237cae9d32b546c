import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Alarms } from "./constructs/alarms.ts";
import { equipAssistant } from "./constructs/assistant-brain.ts";
import { createDashboard } from "./constructs/dashboard.ts";
import { watchFunctions, watchLag } from "./constructs/function-alarms.ts";
import { createFunctions } from "./constructs/functions.ts";
import { HttpGateway } from "./constructs/http-api.ts";
import { UserPoolIdentity } from "./constructs/identity.ts";
import { Mail } from "./constructs/mail.ts";
import { SweepSchedule } from "./constructs/schedule.ts";
import { watchGateways, watchReputation, watchTable } from "./constructs/service-alarms.ts";
import type { Settings } from "./constructs/settings.ts";
import { SocketGateway } from "./constructs/socket-api.ts";
import { assistantStream, mailerStream, relayStream } from "./constructs/stream-consumers.ts";
import { WorkspaceTable } from "./constructs/table.ts";
import { createTopicKey } from "./constructs/topic-key.ts";

/** One deployment of Vestibule. It only composes; every decision stands in its construct. */
export class VestibuleStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      description: `Vestibule, the backend of a team workspace (${settings.stage})`,
      terminationProtection: settings.isProtected,
      tags: { application: "vestibule", stage: settings.stage },
    });
    const workspace = new WorkspaceTable(this, "Workspace", settings);
    const { table } = workspace;
    const functions = createFunctions(this, settings, workspace);

    const http = new HttpGateway(this, "HttpGateway", settings);
    const pageBaseUrl = settings.pageBaseUrl ?? http.url;
    const pageOrigin = settings.pageBaseUrl === undefined ? http.url : new URL(settings.pageBaseUrl).origin;
    const issuer =
      settings.externalIssuer ??
      new UserPoolIdentity(this, "Identity", {
        settings,
        pageBaseUrl,
        tokenClaims: functions["token-claims"],
      });
    http.addRoutes(functions, issuer);
    functions.page.set("OIDC_ISSUER", issuer.url);
    functions.page.set("OIDC_CLIENT_ID", issuer.audience);
    for (const linker of [functions.page, functions.invite, functions.share, functions.mailer]) {
      linker.set("PAGE_BASE_URL", pageBaseUrl);
    }
    for (const mailing of [functions.invite, functions.share]) {
      for (const [variable, limit] of Object.entries(settings.mailLimits)) mailing.set(variable, limit);
    }

    const socket = new SocketGateway(this, "SocketGateway", settings);
    socket.addRoutes(functions);
    socket.allowDelivery(functions.relay);
    // Who is typing is told at once, and never stored.
    socket.allowDelivery(functions.socket);
    for (const connecting of [functions.message, functions.page]) {
      connecting.set("SOCKET_URL", socket.stage.url);
    }
    functions.message.set("CONFERENCE_BASE_URL", settings.conferenceBaseUrl);
    functions["socket-authorizer"].set("ALLOWED_ORIGINS", [pageOrigin, ...settings.allowedOrigins].join(","));

    const topicKey = createTopicKey(this, "TopicKey", settings);
    const mail = new Mail(this, "Mail", settings, topicKey);
    mail.allowSending(functions.mailer);
    mail.reportTo(functions["mail-events"]);

    relayStream(functions.relay, table);
    mailerStream(functions.mailer, table);
    assistantStream(functions.assistant, table);
    equipAssistant(functions.assistant, settings);
    new SweepSchedule(this, "Sweeping", functions.sweep);

    const alarms = new Alarms(this, "Alarms", settings, topicKey);
    watchFunctions(alarms, functions);
    watchLag(alarms, functions.relay, 60, "people who are online see new messages late");
    watchLag(alarms, functions.mailer, 300, "invited people get their mail late");
    watchLag(alarms, functions.assistant, 120, "the assistant answers and welcomes late");
    watchGateways(alarms, http, socket);
    watchTable(alarms, table);
    watchReputation(alarms, mail);
    createDashboard(this, "Dashboard", { settings, alarms, functions, table, http, socket, mail });

    this.print({
      HttpUrl: http.url,
      SocketUrl: socket.stage.url,
      PageUrl: `${pageBaseUrl}/invite`,
      PeopleUrl: `${pageBaseUrl}/people`,
      ChatUrl: `${pageBaseUrl}/chat`,
      Issuer: issuer.url,
      ClientId: issuer.audience,
      TableName: table.tableName,
    });
    mail.dnsRecords.forEach((record, index) => {
      this.print({ [`DnsRecord${index + 1}`]: record });
    });
    if (issuer instanceof UserPoolIdentity) this.print({ UserPoolId: issuer.userPool.userPoolId });
  }

  private print(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
