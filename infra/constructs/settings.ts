import { RemovalPolicy } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Node } from "constructs";
import * as z from "zod";
import type { Issuer } from "./identity.ts";

const text = z.string().min(1);
/** Kept as given: the `iss` claim is compared letter by letter, and some issuers end in a slash. */
const issuerUrl = z.url();
/** Mails, or `none` for no limit: INV-13. */
const mailLimit = (preset: number) =>
  z.union([z.literal("none"), z.coerce.number().int().min(0)]).default(preset);
const baseUrl = z.url().transform((value) => value.replace(/\/+$/, ""));

/** A link that people open leads to the web, and never runs anything (`javascript:`). */
const isWeb = (url: string): boolean => /^https?:/u.test(url);

/** What `-c name=value` on the command line or `context` in cdk.json may say. */
const contextSchema = z.object({
  stage: z.enum(["dev", "prod"]).default("dev"),
  issuer: issuerUrl.optional(),
  audience: text.optional(),
  mfa: z.enum(["optional", "required"]).default("optional"),
  mailDomain: text.optional(),
  mailFrom: z.email().optional(),
  hostedZoneId: text.optional(),
  mailsPerSenderHour: mailLimit(100),
  mailsPerOrganizationDay: mailLimit(1_000),
  mailsPerRecipientDay: mailLimit(10),
  pageBaseUrl: baseUrl.optional(),
  conferenceBaseUrl: baseUrl.refine(isWeb, "http or https").default("https://meet.jit.si"),
  assistantUrl: baseUrl.optional(),
  assistantModel: text.optional(),
  assistantKeyName: text.optional(),
  allowedOrigins: text.optional(),
  alarmEmail: z.email().optional(),
});

export type MailLimitVariable =
  | "MAILS_PER_SENDER_HOUR"
  | "MAILS_PER_ORGANIZATION_DAY"
  | "MAILS_PER_RECIPIENT_DAY";

/** One deployment's decisions, read once; constructs never look at the context themselves. */
export interface Settings {
  readonly stage: "dev" | "prod";
  /** Whether people's data must survive a mistake: retained, protected from deletion, logs kept for months. */
  readonly isProtected: boolean;
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
  readonly externalIssuer?: Issuer;
  readonly mfa: "optional" | "required";
  readonly mail: { readonly from: string; readonly domain?: string; readonly hostedZoneId?: string };
  /** INV-13, as the functions' environment holds it. */
  readonly mailLimits: Readonly<Record<MailLimitVariable, string>>;
  readonly pageBaseUrl?: string;
  /** Before the room of a conference link (CALL-1). */
  readonly conferenceBaseUrl: string;
  /** BOT-3: the endpoint that answers in the place of the built-in brain, and the parameter that holds its key. */
  readonly assistant: { readonly url?: string; readonly model?: string; readonly keyName?: string };
  readonly allowedOrigins: readonly string[];
  readonly alarmEmail?: string;
}

/** Reads and checks the context; a typing error stops the synthesis with the name of the key. */
export function readSettings(node: Node): Settings {
  const given = Object.fromEntries(
    Object.keys(contextSchema.shape).map((key) => {
      const value: unknown = node.tryGetContext(key);
      // `-c issuer=` takes back what cdk.json says.
      return [key, value === "" ? undefined : value];
    }),
  );
  const parsed = contextSchema.safeParse(given);
  if (!parsed.success) throw new Error(`Context (-c name=value): ${z.prettifyError(parsed.error)}`);
  const context = parsed.data;
  if (context.hostedZoneId !== undefined && context.mailDomain === undefined) {
    throw new Error("Context (-c name=value): hostedZoneId is that of mailDomain; give both");
  }
  if (context.assistantUrl !== undefined && context.assistantModel === undefined) {
    throw new Error("Context (-c name=value): assistantUrl is asked for assistantModel; give both");
  }
  const isProtected = context.stage === "prod";
  return {
    stage: context.stage,
    isProtected,
    removalPolicy: isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    logRetention: isProtected ? RetentionDays.THREE_MONTHS : RetentionDays.TWO_WEEKS,
    externalIssuer: externalIssuer(context.issuer, context.audience),
    mfa: context.mfa,
    mail: {
      from: context.mailFrom ?? `no-reply@${context.mailDomain ?? "vestibule.example"}`,
      domain: context.mailDomain,
      hostedZoneId: context.hostedZoneId,
    },
    mailLimits: {
      MAILS_PER_SENDER_HOUR: String(context.mailsPerSenderHour),
      MAILS_PER_ORGANIZATION_DAY: String(context.mailsPerOrganizationDay),
      MAILS_PER_RECIPIENT_DAY: String(context.mailsPerRecipientDay),
    },
    pageBaseUrl: context.pageBaseUrl,
    conferenceBaseUrl: context.conferenceBaseUrl,
    assistant: {
      url: context.assistantUrl,
      model: context.assistantModel,
      keyName: context.assistantKeyName,
    },
    allowedOrigins: originList(context.allowedOrigins),
    alarmEmail: context.alarmEmail,
  };
}

function externalIssuer(issuer: string | undefined, audience: string | undefined): Issuer | undefined {
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined || audience === undefined) {
    throw new Error("Context (-c name=value): issuer and audience go together");
  }
  return { url: issuer, audience };
}

function originList(commaSeparated: string | undefined): readonly string[] {
  return (commaSeparated ?? "")
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "")
    .map((origin) => new URL(origin).origin);
}
