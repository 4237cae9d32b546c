import { region } from "./references.ts";
import type { Template } from "./template.ts";

export type LocalAddressBook = { localize(value: unknown): unknown };

/** Turns the addresses that AWS would give this stack's APIs and user pool into those of this machine. */
export function createAddressBook(template: Template, baseUrl: string): LocalAddressBook {
  const socketBase = baseUrl.replace(/^http/, "ws");
  const replacements = Object.entries(template.Resources).flatMap(
    ([logicalId, resource]): [RegExp, string][] => {
      if (resource.Type === "AWS::Cognito::UserPool") {
        const issuer = `https://cognito-idp.${region}.amazonaws.com/${region}_${logicalId}`;
        return [[new RegExp(escaped(issuer), "g"), `${baseUrl}/local/issuer`]];
      }
      if (resource.Type !== "AWS::ApiGatewayV2::Api") return [];
      const host = escaped(`${logicalId.toLowerCase()}.execute-api.${region}.amazonaws.com`);
      if (resource.Properties["ProtocolType"] !== "WEBSOCKET") {
        return [[new RegExp(`https://${host}`, "g"), baseUrl]];
      }
      return [
        [new RegExp(`wss://${host}`, "g"), socketBase],
        [new RegExp(`https://${host}`, "g"), `${baseUrl}/_connections`],
      ];
    },
  );
  const localize = (value: unknown): unknown => {
    if (typeof value === "string") {
      return replacements.reduce((text, [pattern, local]) => text.replace(pattern, local), value);
    }
    if (Array.isArray(value)) return value.map(localize);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, localize(inner)]));
  };
  return { localize };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
