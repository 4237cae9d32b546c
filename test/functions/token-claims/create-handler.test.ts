import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import type { PreTokenGenerationTriggerEvent } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, test } from "vitest";
import { hasSecondFactor } from "../../../functions/shell/user-pool.ts";
import { createTokenClaimsHandler } from "../../../functions/token-claims/create-handler.ts";

const SIGN_INS = ["TokenGeneration_HostedAuth", "TokenGeneration_Authentication"];
const OTHERS = ["TokenGeneration_RefreshTokens", "TokenGeneration_NewPasswordChallenge"];

function eventOf(triggerSource: string): PreTokenGenerationTriggerEvent {
  return {
    version: "1",
    triggerSource,
    region: "eu-central-1",
    userPoolId: "eu-central-1_pool",
    userName: "ada",
    callerContext: { awsSdkVersion: "1", clientId: "client" },
    request: { userAttributes: {}, groupConfiguration: {} },
    response: {},
  } as unknown as PreTokenGenerationTriggerEvent;
}

async function claimsFor(triggerSource: string, has: () => Promise<boolean>) {
  const handler = createTokenClaimsHandler({ hasSecondFactor: has });
  const { response } = await handler(eventOf(triggerSource));
  return response.claimsOverrideDetails?.claimsToAddOrOverride;
}

describe("SHR-9 the second factor of a Cognito session", () => {
  test.each(SIGN_INS)("%s: the token says mfa for somebody who has one", async (source) => {
    expect(await claimsFor(source, async () => true)).toEqual({ mfa: "true" });
  });

  test.each(SIGN_INS)("%s: it does not for somebody without, nor when it cannot be known", async (source) => {
    expect(await claimsFor(source, async () => false)).toBeUndefined();
    const fails = () => Promise.reject(new Error("throttled"));
    expect(await claimsFor(source, fails)).toBeUndefined();
  });

  test.each(OTHERS)("%s: a token that no sign-in precedes never says it", async (source) => {
    expect(await claimsFor(source, async () => true)).toBeUndefined();
  });

  test.each([
    [["SOFTWARE_TOKEN_MFA"], true],
    [[], false],
    [undefined, false],
  ])("a person with the settings %j has one: %s", async (UserMFASettingList, expected) => {
    const client = new CognitoIdentityProviderClient({ region: "eu-central-1" });
    mockClient(client).on(AdminGetUserCommand).resolves({ Username: "ada", UserMFASettingList });
    expect(await hasSecondFactor(client, { userPoolId: "pool", userName: "ada" })).toBe(expected);
  });
});
