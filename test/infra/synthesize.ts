import { readFileSync } from "node:fs";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { readSettings } from "../../infra/constructs/settings.ts";
import { VestibuleStack } from "../../infra/stack.ts";

type Context = Readonly<Record<string, string>>;

const cdkJson: { context: Record<string, unknown> } = JSON.parse(
  readFileSync(new URL("../../cdk.json", import.meta.url), "utf8"),
);

/** The stack as `npx cdk synth -c …` makes it, feature flags included, without bundling. */
export function createApp(context: Context = {}) {
  const app = new App({
    context: { ...cdkJson.context, ...context, "aws:cdk:bundling-stacks": [] },
    // `cdk synth` validates; it takes longer than all of these tests.
    builtinCloudFormationValidation: false,
  });
  const settings = readSettings(app.node);
  const stack = new VestibuleStack(app, `vestibule-${settings.stage}`, settings);
  return { app, stack };
}

const synthesized = new Map<string, { stack: VestibuleStack; template: Template }>();

/** The same with its template, once per context: tests only read it. */
export function synthesize(context: Context = {}) {
  const key = JSON.stringify(context);
  const known = synthesized.get(key);
  if (known) return known;
  const { stack } = createApp(context);
  const made = { stack, template: Template.fromStack(stack) };
  synthesized.set(key, made);
  return made;
}
