import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";
import { variablesOf } from "./template.ts";

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

  test("the client is public, uses codes only, and returns to the invitation page", () => {
    template.hasResourceProperties("AWS::Cognito::UserPoolClient", {
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      CallbackURLs: [{ "Fn::Join": ["", [Match.anyValue(), "/invite"]] }],
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
    CallbackURLs: ["https://app.example.com/chat/invite"],
  });
  expect(variablesOf(template, "mailer")["PAGE_BASE_URL"]).toBe("https://app.example.com/chat");
  expect(variablesOf(template, "socket-authorizer")["ALLOWED_ORIGINS"]).toBe(
    "https://app.example.com,https://b.example.com",
  );
});
