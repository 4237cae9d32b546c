import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";
import { at, functionsByName, resourcesOf, textAt } from "./template.ts";

const { template } = synthesize({ alarmEmail: "ops@example.com" });
const alarms = resourcesOf(template, "AWS::CloudWatch::Alarm").map((each) => ({
  name: textAt(each.properties, "AlarmName"),
  text: textAt(each.properties, "AlarmDescription"),
  properties: each.properties,
}));
const names = alarms.map((alarm) => alarm.name);

test.each(alarms)("$name says what people lose and where to look", ({ text }) => {
  expect(text).toMatch(/^What people lose: .{20,}\. Where to look: .{10,}\.$/);
});

test("somebody is told of every alarm, and when it is over", () => {
  for (const { properties } of alarms) {
    expect(at(properties, "AlarmActions")).toHaveLength(1);
    expect(at(properties, "OKActions")).toHaveLength(1);
  }
  template.hasResourceProperties("AWS::SNS::Subscription", {
    Protocol: "email",
    Endpoint: "ops@example.com",
  });
});

test("alarms may publish to their topic", () => {
  const statements = resourcesOf(template, "AWS::SNS::TopicPolicy").flatMap((each) =>
    at(each.properties, "PolicyDocument", "Statement"),
  );
  expect(statements).toContainEqual(
    expect.objectContaining({
      Effect: "Allow",
      Action: "sns:Publish",
      Principal: { Service: "cloudwatch.amazonaws.com" },
    }),
  );
});

describe("there is an alarm", () => {
  test.each([...functionsByName(template).keys()])("for the function %s", (name) => {
    expect(names).toContain(`vestibule-dev-${name}-fails`);
  });

  test.each(["relay", "assistant", "mailer", "mail-events", "sweep"])(
    "for events that %s gave up",
    (name) => {
      expect(names).toContain(`vestibule-dev-${name}-gave-up`);
    },
  );

  test.each([
    "relay-lags",
    "mailer-lags",
    "assistant-lags",
    "http-server-errors",
    "socket-errors",
    "table-throttles",
    "mail-bounces",
    "mail-complaints",
  ])("%s", (name) => {
    expect(names).toContain(`vestibule-dev-${name}`);
  });
});

test("docs/operations.md says of every alarm what it means and what to do", () => {
  const operations = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const generic = [...functionsByName(template).keys()].flatMap((name) => [
    `${name}-fails`,
    `${name}-gave-up`,
  ]);
  for (const name of names) {
    const own = name.replace("vestibule-dev-", "");
    const told = generic.includes(own) ? own.replace(/^.*-(fails|gave-up)$/, "<function>-$1") : own;
    expect(operations, name).toContain(`| \`${told}\` |`);
  }
});
