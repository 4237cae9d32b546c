import type { PreTokenGenerationTriggerEvent } from "aws-lambda";
import { logger } from "../shell/logger.ts";

export type TokenClaimsDeps = {
  /** Whether the person has a second factor, without which the pool lets them in no more. @throws when it cannot be known */
  readonly hasSecondFactor: (who: { userPoolId: string; userName: string }) => Promise<boolean>;
};

/** The ways to a token on which somebody has just signed in; a refreshed one may come from before they had a second factor. */
const SIGN_INS: ReadonlySet<string> = new Set([
  "TokenGeneration_HostedAuth",
  "TokenGeneration_Authentication",
]);

/**
 * Adds `mfa` to the ID token of somebody who has signed in with a second factor (SHR-9): Cognito asks everybody who has
 * one for it, and says nothing of it in the token. Whatever fails here leaves the claim out: they are asked to sign in
 * again where a second factor is needed, and can work meanwhile.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export function createTokenClaimsHandler({ hasSecondFactor }: TokenClaimsDeps) {
  return async function addClaims(
    event: PreTokenGenerationTriggerEvent,
  ): Promise<PreTokenGenerationTriggerEvent> {
    if (!SIGN_INS.has(event.triggerSource)) return event;
    try {
      const { userPoolId, userName } = event;
      if (!(await hasSecondFactor({ userPoolId, userName }))) return event;
      return {
        ...event,
        response: { claimsOverrideDetails: { claimsToAddOrOverride: { mfa: "true" } } },
      };
    } catch (error) {
      logger.error("second factor not known", { error: error instanceof Error ? error.name : typeof error });
      return event;
    }
  };
}
