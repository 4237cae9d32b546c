import { describe, expect, test } from "vitest";
import { ownCodeOf } from "./own-code.ts";
import { synthesize } from "./synthesize.ts";
import { functionsByName, variablesOf } from "./template.ts";

const { template } = synthesize();
/** Given to every function, read by the logger or by nobody. */
const general = ["STAGE", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_LOG_LEVEL"];
const special = [
  "ALLOWED_ORIGINS",
  "ASSISTANT_KEY_NAME",
  "ASSISTANT_MODEL",
  "ASSISTANT_URL",
  "CONFERENCE_BASE_URL",
  "CONNECTIONS_URL",
  "MAIL_CONFIGURATION_SET",
  "MAIL_FROM",
  "MAILS_PER_ORGANIZATION_DAY",
  "MAILS_PER_RECIPIENT_DAY",
  "MAILS_PER_SENDER_HOUR",
  "OIDC_CLIENT_ID",
  "OIDC_ISSUER",
  "PAGE_BASE_URL",
  "SOCKET_URL",
  "TABLE_NAME",
];

/** The variables a function's own code names; the shell's list of all of them does not count. */
function variablesReadBy(name: string): readonly string[] {
  const code = [...ownCodeOf(name)].filter(([file]) => file !== "functions/shell/environment.ts");
  return special.filter((variable) => code.some(([, text]) => new RegExp(`\\b${variable}\\b`).test(text)));
}

describe("environment variables", () => {
  test.each([...functionsByName(template).keys()])("%s is given those it reads, and no other", (name) => {
    const given = Object.keys(variablesOf(template, name));
    expect(given.filter((variable) => !general.includes(variable)).sort()).toEqual(variablesReadBy(name));
    expect(given).toEqual(expect.arrayContaining(general));
  });
});
