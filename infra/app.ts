import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { readSettings } from "./constructs/settings.ts";
import { VestibuleStack } from "./stack.ts";

const app = new App();
const settings = readSettings(app.node);
new VestibuleStack(app, `vestibule-${settings.stage}`, settings);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();
