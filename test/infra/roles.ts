import { describe, expect, test } from "vitest";
import { account, allows, roleOf, statementsOf, tableArn } from "./role-policies.ts";
import { synthesize } from "./synthesize.ts";
import { at, functionsByName, resourcesOf, textAt } from "./template.ts";

const { template } = synthesize();
const names = [...functionsByName(template).keys()];

describe("roles", () => {
  test("every function has one of its own, without managed policies", () => {
    const roles = new Set(names.map((name) => roleOf(template, name)));
    expect(roles.size).toBe(names.length);
    for (const { id, properties } of resourcesOf(template, "AWS::IAM::Role")) {
      if (roles.has(id)) expect(at(properties, "ManagedPolicyArns")).toBeUndefined();
    }
  });

  test("each writes to the log group of its function only", () => {
    for (const [name, { properties }] of functionsByName(template)) {
      const logGroup = textAt(properties, "LoggingConfig", "LogGroup", "Ref");
      const logs = statementsOf(template, name).filter(({ actions }) => /logs:/.test(actions.join()));
      expect(logs.map(({ resources }) => resources)).toEqual([[expect.stringContaining(logGroup)]]);
    }
  });

  test("none has an action with a star, or any resource but for tracing and listing streams", () => {
    for (const { actions, resources } of names.flatMap((name) => statementsOf(template, name))) {
      expect(actions.join()).not.toContain("*");
      if (!resources.includes("*")) continue;
      expect(["dynamodb:ListStreams", "xray:PutTelemetryRecords", "xray:PutTraceSegments"]).toEqual(
        expect.arrayContaining([...actions]),
      );
    }
  });

  test.each(["dynamodb:Scan", "dynamodb:DeleteTable", "dynamodb:UpdateTable"])(
    "none allows %s",
    async (action) => {
      for (const name of names) expect(await allows(template, name, action, tableArn), name).toBe(false);
    },
  );

  test.each(["invite", "accept", "role", "organization", "channel", "share", "sweep", "assistant"])(
    "%s runs transactions",
    async (name) => {
      for (const action of ["PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"]) {
        expect(await allows(template, name, `dynamodb:${action}`, tableArn), action).toBe(true);
      }
    },
  );

  test("sweep finds what expires, and what was cut short, in the index", async () => {
    expect(await allows(template, "sweep", "dynamodb:Query", `${tableArn}/index/gsi1`)).toBe(true);
  });

  test("accept, share and role find a group's shares in the index", async () => {
    for (const name of ["accept", "share", "role"]) {
      expect(await allows(template, name, "dynamodb:Query", `${tableArn}/index/gsi1`), name).toBe(true);
    }
  });

  test("page touches no data at all", async () => {
    for (const action of ["GetItem", "Query", "PutItem"]) {
      expect(await allows(template, "page", `dynamodb:${action}`, tableArn), action).toBe(false);
    }
  });

  test("socket-authorizer consumes tickets, and neither searches nor makes any", async () => {
    expect(await allows(template, "socket-authorizer", "dynamodb:DeleteItem", tableArn)).toBe(true);
    expect(await allows(template, "socket-authorizer", "dynamodb:Query", tableArn)).toBe(false);
    expect(await allows(template, "socket-authorizer", "dynamodb:PutItem", tableArn)).toBe(false);
  });

  test("relay, and socket for who is typing, alone send to connections, and relay deletes no data", async () => {
    const [api] = Object.keys(
      template.findResources("AWS::ApiGatewayV2::Api", { Properties: { ProtocolType: "WEBSOCKET" } }),
    );
    const connection = `arn:aws:execute-api:eu-west-1:${account}:${api}/live/POST/@connections/abc=`;
    for (const name of names) {
      const isAllowed = await allows(template, name, "execute-api:ManageConnections", connection);
      expect(isAllowed, name).toBe(name === "relay" || name === "socket");
    }
    expect(await allows(template, "relay", "dynamodb:DeleteItem", tableArn)).toBe(false);
  });

  test("BOT-3 the assistant reads the one parameter that holds its endpoint's key, and nobody else any", async () => {
    const equipped = synthesize({
      assistantUrl: "https://llm.example.com/v1",
      assistantModel: "small",
      assistantKeyName: "/vestibule/llm-key",
    }).template;
    const parameter = (name: string) => `arn:aws:ssm:eu-west-1:${account}:parameter/${name}`;
    for (const name of names) {
      const isAllowed = await allows(equipped, name, "ssm:GetParameter", parameter("vestibule/llm-key"));
      expect(isAllowed, name).toBe(name === "assistant");
    }
    expect(await allows(equipped, "assistant", "ssm:GetParameter", parameter("vestibule/other"))).toBe(false);
    expect(await allows(template, "assistant", "ssm:GetParameter", parameter("vestibule/llm-key"))).toBe(
      false,
    );
  });

  test("mailer alone sends mail, from our address only", async () => {
    const [identity] = Object.keys(template.findResources("AWS::SES::EmailIdentity"));
    const arn = `arn:aws:ses:eu-west-1:${account}:identity/${identity}`;
    for (const name of names) {
      const from = { "ses:FromAddress": "no-reply@vestibule.example" };
      expect(await allows(template, name, "ses:SendEmail", arn, from), name).toBe(name === "mailer");
    }
    const forged = { "ses:FromAddress": "boss@vestibule.example" };
    expect(await allows(template, "mailer", "ses:SendEmail", arn, forged)).toBe(false);
  });
});
