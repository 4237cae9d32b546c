import { Duration, Validations } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { bundledFunction } from "./bundle.ts";
import { FailureQueue } from "./failure-queue.ts";
import type { Settings } from "./settings.ts";

export interface AppFunctionProps {
  /** The folder under functions/, and the service name in logs, metrics and the local stack. */
  readonly name: string;
  /** What a person loses while it fails; becomes the text of its alarm. */
  readonly loses: string;
  readonly timeoutSeconds: number;
  /** What a person lost with each event it gave up on; only events have such a queue, requests are answered. */
  readonly losesPerEvent?: string;
  /** Whether Lambda itself keeps and retries its events (SNS, schedule), rather than a gateway or a stream. */
  readonly isAsynchronous?: boolean;
  readonly settings: Settings;
}

/** One Lambda with a role and a log group of its own; other constructs grant it what it needs. */
export class AppFunction extends Construct {
  readonly name: string;
  readonly loses: string;
  readonly role: Role;
  readonly lambda: LambdaFunction;
  readonly failures?: FailureQueue;

  constructor(scope: Construct, id: string, props: AppFunctionProps) {
    super(scope, id);
    this.name = props.name;
    this.loses = props.loses;
    const logGroup = new LogGroup(this, "Logs", {
      retention: props.settings.logRetention,
      removalPolicy: props.settings.removalPolicy,
    });
    // Not the managed basic-execution policy, which may write to every log group of the account.
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(this.role);
    if (props.losesPerEvent) this.failures = new FailureQueue(this, "Failures", props.losesPerEvent);
    this.lambda = new LambdaFunction(this, "Function", {
      code: bundledFunction(props.name),
      handler: "index.handler",
      description: `Vestibule ${props.name} (${props.settings.stage})`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      timeout: Duration.seconds(props.timeoutSeconds),
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      deadLetterQueue: props.isAsynchronous ? this.failures?.queue : undefined,
      environment: {
        STAGE: props.settings.stage,
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_LOG_LEVEL: "INFO",
      },
    });
    this.acknowledgeFindings(props.isAsynchronous === true);
  }

  set(variable: string, value: string): void {
    this.lambda.addEnvironment(variable, value);
  }

  private acknowledgeFindings(isAsynchronous: boolean): void {
    Validations.of(this.role).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "X-Ray's PutTraceSegments and DynamoDB's ListStreams know no narrower resource.",
    });
    if (isAsynchronous) return;
    Validations.of(this.lambda).acknowledge({
      id: "Serverless-LambdaDLQ",
      reason: "Never invoked asynchronously: a gateway waits for it, or a stream mapping retries it.",
    });
  }
}
