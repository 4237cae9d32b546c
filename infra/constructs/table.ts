import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { AppFunction } from "./app-function.ts";
import type { Settings } from "./settings.ts";

/** What one function may do with the table; everything not named is denied. */
export interface TableAccess {
  readonly items: readonly ItemAction[];
  readonly queriesIndex?: boolean;
}

export type ItemAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "ConditionCheckItem";

const indexName = "gsi1";

/** The single table (docs/access-patterns.md), its sparse index and its stream, which is the outbox. */
export class WorkspaceTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: "expiresAt",
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: settings.isProtected,
      removalPolicy: settings.removalPolicy,
    });
    this.table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: "gsi1pk", type: AttributeType.STRING },
      sortKey: { name: "gsi1sk", type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /** Grants and names the table in one step, so that a function never has one without the other. */
  allow(user: AppFunction, access: TableAccess): void {
    user.set("TABLE_NAME", this.table.tableName);
    user.role.addToPolicy(
      new PolicyStatement({
        actions: access.items.map((action) => `dynamodb:${action}`),
        resources: [this.table.tableArn],
      }),
    );
    if (!access.queriesIndex) return;
    user.role.addToPolicy(
      new PolicyStatement({
        actions: ["dynamodb:Query"],
        resources: [`${this.table.tableArn}/index/${indexName}`],
      }),
    );
  }
}
