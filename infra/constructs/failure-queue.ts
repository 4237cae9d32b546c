import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** Where events go that a function gave up on, so that someone can look at them and send them again. */
export class FailureQueue extends Construct {
  readonly queue: Queue;
  /** What a person lost with each message in here; becomes the text of its alarm. */
  readonly loses: string;

  constructor(scope: Construct, id: string, loses: string) {
    super(scope, id);
    this.loses = loses;
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const reason = "This queue is itself the last stop of failed events; nothing consumes it automatically.";
    Validations.of(this.queue).acknowledge(
      { id: "AwsSolutions-SQS3", reason },
      { id: "Serverless-SQSRedrivePolicy", reason },
    );
  }
}
