import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { LambdaSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { AppFunction } from "./app-function.ts";
import type { Settings } from "./settings.ts";

/** Who mails are from, how they are sent, and the way back for bounces and complaints. */
export class Mail extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
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
    this.identity = new EmailIdentity(this, "Identity", {
      identity: domain === undefined ? Identity.email(from) : Identity.domain(domain),
    });
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
