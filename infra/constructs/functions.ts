import type { Construct } from "constructs";
import { AppFunction } from "./app-function.ts";
import { type FunctionName, type FunctionPlan, functionPlans } from "./function-plans.ts";
import type { Settings } from "./settings.ts";
import type { WorkspaceTable } from "./table.ts";

export type Functions = Readonly<Record<FunctionName, AppFunction>>;

/** Makes them all; `InviteFunction…`, `SocketAuthorizerFunction…` are their logical ids. */
export function createFunctions(scope: Construct, settings: Settings, table: WorkspaceTable): Functions {
  const make = (name: FunctionName): AppFunction => {
    const { table: access, ...plan }: FunctionPlan = functionPlans[name];
    const made = new AppFunction(scope, pascalCase(name), { name, settings, ...plan });
    if (access) table.allow(made, access);
    return made;
  };
  return {
    invite: make("invite"),
    accept: make("accept"),
    role: make("role"),
    organization: make("organization"),
    channel: make("channel"),
    share: make("share"),
    message: make("message"),
    command: make("command"),
    socket: make("socket"),
    "socket-authorizer": make("socket-authorizer"),
    relay: make("relay"),
    assistant: make("assistant"),
    mailer: make("mailer"),
    "mail-events": make("mail-events"),
    sweep: make("sweep"),
    "token-claims": make("token-claims"),
    page: make("page"),
  };
}

function pascalCase(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());
}
