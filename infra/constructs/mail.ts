import { Aws, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import { HostedZone, TxtRecord } from "aws-cdk-lib/aws-route53";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { LambdaSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { AppFunction } from "./app-function.ts";
import type { Settings } from "./settings.ts";

/** Mails that are neither signed nor returned by the domain are nobody's of ours; who wants reports adds `rua`. */
const DMARC = "v=DMARC1; p=quarantine; adkim=r; aspf=r";

function dnsRecordsOf(identity: EmailIdentity, domain: string, hostedZoneId: string | undefined): string[] {
  if (hostedZoneId !== undefined) return [];
  const signing = identity.dkimRecords.map(({ name, value }) => `${name} CNAME ${value}`);
  return [
    ...signing,
    `bounce.${domain} MX 10 feedback-smtp.${Aws.REGION}.amazonses.com`,
    `bounce.${domain} TXT "v=spf1 include:amazonses.com ~all"`,
    `_dmarc.${domain} TXT "${DMARC}"`,
  ];
}

/** Who mails are from, how they are sent, and the way back for bounces and complaints. */
export class Mail extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  /** What the domain's owner has still to put into DNS; nothing where the stack has done it. */
  readonly dnsRecords: readonly string[] = [];
  private readonly feedback: Topic;
  private readonly from: string;

  constructor(scope: Construct, id: string, settings: Settings, topicKey: Key) {
    super(scope, id);
    const { from, domain } = settings.mail;
    this.from = from;
    this.configurationSet = new ConfigurationSet(this, "ConfigurationSet", {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.identity = this.createIdentity(settings);
    if (domain !== undefined)
      this.dnsRecords = dnsRecordsOf(this.identity, domain, settings.mail.hostedZoneId);
    this.feedback = new Topic(this, "Feedback", { masterKey: topicKey, enforceSSL: true });
    this.configurationSet.addEventDestination("ToFeedback", {
      destination: EventDestination.snsTopic(this.feedback),
      events: [
        // Tells that SES has taken a mail whose mailer died before it could note it (INV-12).
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
  }

  /**
   * The sender's identity: SES signs with DKIM for the domain, and mails return to a subdomain of it (custom MAIL FROM), so
   * that SPF is the domain's own and DMARC finds both aligned. In a hosted zone the records are written by the stack.
   */
  private createIdentity({ mail: { from, domain, hostedZoneId } }: Settings): EmailIdentity {
    if (domain === undefined) return new EmailIdentity(this, "Identity", { identity: Identity.email(from) });
    const returning = {
      mailFromDomain: `bounce.${domain}`,
      // A mail with SES's own return path beats none while the records are not seen everywhere.
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
    };
    if (hostedZoneId === undefined) {
      return new EmailIdentity(this, "Identity", { identity: Identity.domain(domain), ...returning });
    }
    const zone = HostedZone.fromHostedZoneAttributes(this, "Zone", { hostedZoneId, zoneName: domain });
    new TxtRecord(this, "Dmarc", { zone, recordName: "_dmarc", values: [DMARC] });
    return new EmailIdentity(this, "Identity", { identity: Identity.publicHostedZone(zone), ...returning });
  }

  /** Lets a function send, from this address and through this configuration set only. */
  allowSending(sender: AppFunction): void {
    sender.set("MAIL_FROM", this.from);
    sender.set("MAIL_CONFIGURATION_SET", this.configurationSet.configurationSetName);
    sender.role.addToPolicy(
      new PolicyStatement({
        actions: ["ses:SendEmail", "ses:SendRawEmail"],
        resources: [
          this.identity.emailIdentityArn,
          Stack.of(this).formatArn({
            service: "ses",
            resource: "configuration-set",
            resourceName: this.configurationSet.configurationSetName,
          }),
        ],
        conditions: { StringEquals: { "ses:FromAddress": this.from } },
      }),
    );
  }

  /** Sends what becomes of each mail to a function. */
  reportTo(receiver: AppFunction): void {
    this.feedback.addSubscription(
      new LambdaSubscription(receiver.lambda, { deadLetterQueue: receiver.failures?.queue }),
    );
  }
}
