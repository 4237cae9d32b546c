import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { allows, statementsOf, userPoolArn } from "./role-policies.ts";
import { synthesize } from "./synthesize.ts";
import { functionNamed, functionsByName, variablesOf } from "./template.ts";

describe("with Cognito", () => {
  const { template } = synthesize();

  test("tokens of the pool's own client are accepted", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: {
        Audience: [{ Ref: Match.stringLikeRegexp("^IdentityUserPoolClient") }],
        Issuer: { "Fn::GetAtt": [Match.stringLikeRegexp("^IdentityUserPool"), "ProviderURL"] },
      },
    });
  });

  test("the client is public, uses codes only, and returns to the pages", () => {
    const pages = ["/invite", "/people", "/chat"].map((page) => ({
      "Fn::Join": ["", [Match.anyValue(), page]],
    }));
    template.hasResourceProperties("AWS::Cognito::UserPoolClient", {
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      CallbackURLs: pages,
      LogoutURLs: pages,
    });
  });

  test("a second factor is possible, and required on demand", () => {
    template.hasResourceProperties("AWS::Cognito::UserPool", {
      MfaConfiguration: "OPTIONAL",
      EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
    });
    synthesize({ mfa: "required" }).template.hasResourceProperties("AWS::Cognito::UserPool", {
      MfaConfiguration: "ON",
    });
  });
});

describe("SHR-9 the second factor in the pool's tokens", () => {
  const { template } = synthesize();
  const trigger = functionNamed(template, "token-claims");

  test("token-claims is asked before every token", () => {
    template.hasResourceProperties("AWS::Cognito::UserPool", {
      LambdaConfig: { PreTokenGeneration: { "Fn::GetAtt": [trigger.id, "Arn"] } },
    });
    template.hasResourceProperties("AWS::Lambda::Permission", {
      FunctionName: { "Fn::GetAtt": [trigger.id, "Arn"] },
      Principal: "cognito-idp.amazonaws.com",
      SourceArn: { "Fn::GetAtt": [Match.stringLikeRegexp("^IdentityUserPool"), "Arn"] },
    });
  });

  test("it may look at people of this pool, and nothing else of it; nobody else may", async () => {
    const [pool = ""] = Object.keys(template.findResources("AWS::Cognito::UserPool"));
    const poolArn = userPoolArn(pool);
    const statements = statementsOf(template, "token-claims").filter(({ actions }) =>
      /cognito/.test(actions.join()),
    );
    expect(statements).toEqual([{ actions: ["cognito-idp:AdminGetUser"], resources: [poolArn] }]);
    for (const name of functionsByName(template).keys()) {
      const isAllowed = await allows(template, name, "cognito-idp:AdminGetUser", poolArn);
      expect(isAllowed, name).toBe(name === "token-claims");
    }
  });

  test("it touches no data at all", () => {
    expect(variablesOf(template, "token-claims")["TABLE_NAME"]).toBeUndefined();
    expect(JSON.stringify(statementsOf(template, "token-claims"))).not.toContain("dynamodb:");
  });
});

describe("with another issuer", () => {
  const { template } = synthesize({ issuer: "https://id.example.com/", audience: "vestibule" });

  test("there is no user pool at all", () => {
    expect(template.findResources("AWS::Cognito::UserPool")).toEqual({});
    expect(template.findResources("AWS::Cognito::UserPoolClient")).toEqual({});
    expect(template.findOutputs("UserPoolId")).toEqual({});
  });

  test("its tokens for our audience are accepted, its name kept letter by letter", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerType: "JWT",
      JwtConfiguration: { Audience: ["vestibule"], Issuer: "https://id.example.com/" },
    });
  });

  test("the invitation page signs people in there", () => {
    expect(variablesOf(template, "page")).toMatchObject({
      OIDC_ISSUER: "https://id.example.com/",
      OIDC_CLIENT_ID: "vestibule",
    });
  });
});

test("pages elsewhere: links, callbacks and the socket's origins follow pageBaseUrl", () => {
  const { template } = synthesize({
    pageBaseUrl: "https://app.example.com/chat/",
    allowedOrigins: "https://b.example.com",
  });
  template.hasResourceProperties("AWS::Cognito::UserPoolClient", {
    CallbackURLs: [
      "https://app.example.com/chat/invite",
      "https://app.example.com/chat/people",
      "https://app.example.com/chat/chat",
    ],
  });
  expect(variablesOf(template, "mailer")["PAGE_BASE_URL"]).toBe("https://app.example.com/chat");
  expect(variablesOf(template, "socket-authorizer")["ALLOWED_ORIGINS"]).toBe(
    "https://app.example.com,https://b.example.com",
  );
});
