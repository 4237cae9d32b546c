import { Aws, Duration, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolOperation,
} from "aws-cdk-lib/aws-cognito";
import { Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { AppFunction } from "./app-function.ts";
import type { Settings } from "./settings.ts";

/** The pages that people sign in on, and come back to. */
const PAGES = ["invite", "people", "chat"] as const;

/** Who signs the tokens, whichever product that is. */
export interface Issuer {
  /** The `iss` claim, and where discovery starts. */
  readonly url: string;
  /** The `aud` claim, which for an ID token is the client's id. */
  readonly audience: string;
}

/** Sign-in by mail address with Cognito, for deployments that bring no issuer of their own. */
export class UserPoolIdentity extends Construct implements Issuer {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  readonly url: string;
  readonly audience: string;

  constructor(
    scope: Construct,
    id: string,
    {
      settings,
      pageBaseUrl,
      tokenClaims,
    }: { settings: Settings; pageBaseUrl: string; tokenClaims: AppFunction },
  ) {
    super(scope, id);
    this.userPool = new UserPool(this, "UserPool", {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: true,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      mfa: settings.mfa === "required" ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: settings.isProtected,
      removalPolicy: settings.removalPolicy,
    });
    // A public client: a page keeps no secret, PKCE stands in for it.
    this.client = this.userPool.addClient("Client", {
      generateSecret: false,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: PAGES.map((page) => `${pageBaseUrl}/${page}`),
        logoutUrls: PAGES.map((page) => `${pageBaseUrl}/${page}`),
      },
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
    });
    this.url = this.userPool.userPoolProviderUrl;
    this.audience = this.client.userPoolClientId;
    this.addSignInPage(settings);
    this.tellSecondFactor(tokenClaims);
    this.acknowledgeFindings(settings);
  }

  /** SHR-9: the pool's tokens do not say whether a second factor was asked for; this function looks, and adds it. */
  private tellSecondFactor(tokenClaims: AppFunction): void {
    this.userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION, tokenClaims.lambda);
    // A policy of its own, since the function's is written before the function, and the pool after it.
    new Policy(this, "ReadSecondFactors", {
      roles: [tokenClaims.role],
      statements: [
        new PolicyStatement({
          actions: ["cognito-idp:AdminGetUser"],
          resources: [this.userPool.userPoolArn],
        }),
      ],
    });
  }

  private addSignInPage(settings: Settings): void {
    // The prefix is unique in a region, hence the account's number in it.
    const domain = this.userPool.addDomain("SignIn", {
      cognitoDomain: { domainPrefix: `vestibule-${settings.stage}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Managed login shows an error page until the client has a style, even if that is Cognito's own.
    const style = new CfnManagedLoginBranding(this, "SignInStyle", {
      userPoolId: this.userPool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    style.node.addDependency(domain);
  }

  private acknowledgeFindings(settings: Settings): void {
    Validations.of(this.userPool).acknowledge({
      id: "AwsSolutions-COG8",
      reason: "The Plus tier's threat protection is priced per person; TOTP and the password policy are not.",
    });
    if (settings.mfa === "required") return;
    Validations.of(this.userPool).acknowledge({
      id: "AwsSolutions-COG2",
      reason: "Only shares ask for a second factor (SHR-9); `-c mfa=required` asks everybody for one.",
    });
  }
}
