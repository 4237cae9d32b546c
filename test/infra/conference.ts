import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";
import { functionsByName, variablesOf } from "./template.ts";

const baseUrlOf = (template: Template) => variablesOf(template, "message")["CONFERENCE_BASE_URL"];

describe("CALL-1 where the links of calls lead", () => {
  test("is a public service unless a deployment says otherwise; only who starts calls knows it", () => {
    const { template } = synthesize();
    expect(baseUrlOf(template)).toBe("https://meet.jit.si");
    const knowing = [...functionsByName(template).keys()].filter(
      (name) => "CONFERENCE_BASE_URL" in variablesOf(template, name),
    );
    expect(knowing).toEqual(["message"]);
  });

  test("is the deployment's own, without a slash at its end", () => {
    const { template } = synthesize({ conferenceBaseUrl: "https://meet.example.com/team/" });
    expect(baseUrlOf(template)).toBe("https://meet.example.com/team");
  });

  test.each(["nowhere", "javascript:alert(1)", "ftp://meet.example.com"])(
    "is on the web: not %s",
    (value) => {
      expect(() => synthesize({ conferenceBaseUrl: value })).toThrow(/conferenceBaseUrl/);
    },
  );
});
