import { join } from "node:path";
import { expect, test } from "vitest";
import { noValue, resolve } from "../../../infra/local/stack-model/intrinsics.ts";
import { readStackModel } from "../../../infra/local/stack-model/read-stack-model.ts";
import { functionResource, hole, smallStack, writeAssembly } from "./fixtures/template.ts";

const base = "http://127.0.0.1:3000";

const references = {
  ref: (name: string) => (name === "AWS::NoValue" ? noValue : `ref-${name}`),
  attribute: (logicalId: string, name: string) => `${logicalId}:${name}`,
  condition: (name: string) => ({ "Fn::Equals": [name, "IsProd"] }),
};

test.each([
  [{ Ref: "Table" }, "ref-Table"],
  [{ "Fn::GetAtt": ["Table", "Arn"] }, "Table:Arn"],
  [{ "Fn::GetAtt": "Table.Arn" }, "Table:Arn"],
  [{ "Fn::Join": ["-", ["a", { Ref: "B" }]] }, "a-ref-B"],
  [{ "Fn::Sub": `x/${hole("B")}/${hole("T.Arn")}/${hole("!kept")}` }, `x/ref-B/T:Arn/${hole("kept")}`],
  [{ "Fn::Sub": [hole("own"), { own: { Ref: "B" } }] }, "ref-B"],
  [{ "Fn::Select": ["1", { "Fn::Split": ["/", "a/b"] }] }, "b"],
  [{ "Fn::If": ["IsProd", "yes", "no"] }, "yes"],
  [{ "Fn::If": ["IsDev", "yes", "no"] }, "no"],
  [{ kept: 1, dropped: { Ref: "AWS::NoValue" } }, { kept: 1 }],
])("%j resolves", (value, expected) => {
  expect(resolve(value, references)).toEqual(expected);
});

test("an intrinsic function that is not known is an error that names it", () => {
  expect(() => resolve({ "Fn::Cidr": ["10.0.0.0/8"] }, references)).toThrow("Fn::Cidr");
});

test("the environment points to this machine", () => {
  const { functions } = readStackModel(writeAssembly(smallStack()), base);
  expect(functions.find(({ name }) => name === "organization")?.environment).toEqual({
    POWERTOOLS_SERVICE_NAME: "organization",
    TABLE_NAME: "Table",
    PAGE_BASE_URL: base,
    SOCKET_URL: "ws://127.0.0.1:3000/live",
    CONNECTIONS_URL: "http://127.0.0.1:3000/_connections/live",
    OIDC_ISSUER: `${base}/local/issuer`,
    OIDC_CLIENT_ID: "PoolClient",
    SECOND: "b",
  });
});

test("functions, routes, table, mapping, schedule and mail are read", () => {
  const directory = writeAssembly(smallStack());
  const model = readStackModel(directory, base);
  expect(model.functions[0]).toMatchObject({
    name: "organization",
    logicalId: "Organization",
    codeDirectory: join(directory, "asset.organizationhash"),
    handler: "index.handler",
    timeoutSeconds: 7,
    memoryMb: 256,
    permissions: [
      {
        actions: ["dynamodb:PutItem", "dynamodb:Get*"],
        resources: ["arn:aws:dynamodb:us-east-1:000000000000:table/Table"],
      },
      {
        actions: ["dynamodb:Query"],
        resources: ["arn:aws:dynamodb:us-east-1:000000000000:table/Table/index/gsi1"],
      },
    ],
  });
  expect(model.httpApi).toMatchObject({
    routes: [
      { method: "POST", path: "/v1/organizations", functionName: "organization", isAnonymous: false },
      { method: "GET", path: "/v1/health", functionName: "organization", isAnonymous: true },
    ],
    cors: { allowOrigins: ["https://app.example"] },
    issuer: `${base}/local/issuer`,
    audience: ["PoolClient"],
  });
  expect(model.socketApi).toEqual({
    stage: "live",
    routes: {
      $connect: { integration: "lambda", functionName: "organization", hasResponse: false },
      ping: { integration: "mock", requestTemplate: "request", responseTemplate: "response" },
    },
    authorizerFunctionName: "organization",
    identitySources: ["route.request.querystring.ticket"],
    routeSelectionExpression: "$request.body.action",
  });
  expect(model.table).toMatchObject({
    name: "Table",
    key: { partition: "pk", sort: "sk" },
    indexes: [{ name: "gsi1", partition: "gsi1pk", sort: "gsi1sk", projection: "KEYS_ONLY" }],
    timeToLiveAttribute: "expiresAt",
    streamViewType: "NEW_AND_OLD_IMAGES",
  });
  expect(model.streamMappings).toEqual([
    {
      functionName: "relay",
      batchSize: 50,
      windowSeconds: 0,
      parallelizationFactor: 10,
      bisectsOnError: true,
      maxRetries: 5,
      maxAgeSeconds: 900,
      reportsItemFailures: true,
      startsAt: "TRIM_HORIZON",
      filters: [{ eventName: ["INSERT"] }],
      failureDestination: "arn:aws:sqs:us-east-1:000000000000:Failures",
    },
  ]);
  expect(model.schedules).toEqual([
    { name: "organization", functionName: "organization", expression: "rate(1 hour)" },
  ]);
  expect(model.mail).toEqual({
    configurationSet: "MailSet",
    feedbackFunction: "relay",
    feedbackEvents: ["bounce", "complaint"],
  });
});

test.each([
  ["a resource type", { Bucket: { Type: "AWS::S3::Bucket" } }, "AWS::S3::Bucket (Bucket)"],
  [
    "a function without a service name",
    {
      Odd: {
        ...functionResource("odd"),
        Properties: { ...functionResource("odd").Properties, Environment: { Variables: {} } },
      },
    },
    "POWERTOOLS_SERVICE_NAME",
  ],
  ["a reference to nothing", { Odd: functionResource("odd", { X: { Ref: "Nothing" } }) }, "Nothing"],
  [
    "an attribute",
    { Odd: functionResource("odd", { X: { "Fn::GetAtt": ["Table", "Colour"] } }) },
    "Colour of Table",
  ],
  [
    "an authorization",
    {
      HealthRoute: {
        Type: "AWS::ApiGatewayV2::Route",
        Properties: {
          ApiId: "api",
          RouteKey: "GET /x",
          Target: "integrations/ApiIntegration",
          AuthorizationType: "AWS_IAM",
        },
      },
    },
    "AWS_IAM",
  ],
])("%s that is not known is refused by name", (_, more, message) => {
  expect(() => readStackModel(writeAssembly(smallStack(more)), base)).toThrow(message);
});
