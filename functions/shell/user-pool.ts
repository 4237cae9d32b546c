import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";

/** The user pool as the functions use it: a look at one person, within the 5 s that it waits for a trigger. */
export function openUserPool(): Pick<CognitoIdentityProviderClient, "send"> {
  return new CognitoIdentityProviderClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1_500, throwOnRequestTimeout: true },
  });
}

/** Whether somebody has set up a second factor, which the pool then asks for at every sign-in. */
export async function hasSecondFactor(
  pool: Pick<CognitoIdentityProviderClient, "send">,
  { userPoolId, userName }: { userPoolId: string; userName: string },
): Promise<boolean> {
  const { UserMFASettingList = [] } = await pool.send(
    new AdminGetUserCommand({ UserPoolId: userPoolId, Username: userName }),
  );
  return UserMFASettingList.length > 0;
}
