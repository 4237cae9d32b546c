import { ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { AppFunction } from "./app-function.ts";
import type { Settings } from "./settings.ts";

/**
 * Tells the assistant which endpoint answers in the place of its built-in brain, if one does (BOT-3). Its key is a
 * SecureString of the parameter store, which the template names and never holds; encrypted with the account's own key
 * for parameters (`aws/ssm`), it needs no right on a key.
 */
export function equipAssistant(assistant: AppFunction, { assistant: brain }: Settings): void {
  assistant.set("ASSISTANT_URL", brain.url ?? "none");
  assistant.set("ASSISTANT_MODEL", brain.model ?? "none");
  assistant.set("ASSISTANT_KEY_NAME", brain.keyName ?? "none");
  if (brain.keyName === undefined) return;
  const parameter = Stack.of(assistant).formatArn({
    service: "ssm",
    resource: "parameter",
    resourceName: brain.keyName.replace(/^\//u, ""),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  assistant.role.addToPolicy(new PolicyStatement({ actions: ["ssm:GetParameter"], resources: [parameter] }));
}
