import { createClock } from "../../../infra/local/clock.ts";
import type { InvokeResult, LocalContext, StackModel } from "../../../infra/local/contracts.ts";
import { findFreePort } from "../../../infra/local/engine/free-port.ts";
import { createFaults } from "../../../infra/local/faults/faults.ts";
import { localRoutes as homeRoutes } from "../../../infra/local/home/routes.ts";
import { startHttpServer } from "../../../infra/local/http-gateway/server.ts";
import { createInvocationLog } from "../../../infra/local/invocation-log.ts";
import { localRoutes as issuerRoutes } from "../../../infra/local/issuer/routes.ts";
import { localRoutes as mailRoutes } from "../../../infra/local/mail/routes.ts";
import { createMeter } from "../../../infra/local/meter/meter.ts";
import { localRoutes as socketRoutes } from "../../../infra/local/socket-gateway/routes.ts";

// biome-ignore lint/suspicious/noExplicitAny: events are read field by field, as functions get them.
export type Event = any;
export type FakeFunction = (event: Event) => unknown;

export type Invocation = { functionName: string; event: Event; source: string };
export type Gateway = Awaited<ReturnType<typeof startGateway>>;

/** The gateways on a free port, in front of functions that the test writes; any other function blows up. */
export async function startGateway(
  functions: Record<string, FakeFunction> = {},
  change: (model: StackModel) => void = () => {},
) {
  const port = await findFreePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const model = exampleModel(baseUrl);
  change(model);
  const invocations: Invocation[] = [];
  const killed: string[] = [];
  const context: LocalContext = {
    clock: createClock(),
    model,
    meter: createMeter(),
    faults: createFaults(),
    log: createInvocationLog(),
    invoker: {
      async invoke(functionName, event, source): Promise<InvokeResult> {
        invocations.push({ functionName, event, source });
        const run = functions[functionName];
        if (!run) throw new Error(`the test did not expect ${functionName} to be called`);
        try {
          return { ok: true, payload: await run(event) };
        } catch (error) {
          return { ok: false, errorType: "Error", errorMessage: (error as Error).message };
        }
      },
      kill: (accessKeyId) => void killed.push(accessKeyId),
    },
    baseUrl,
    socketUrl: `ws://127.0.0.1:${port}/live`,
    addresses: {
      dynamodb: "http://127.0.0.1:1",
      engine: "http://127.0.0.1:1",
      ses: `${baseUrl}/_ses`,
      issuer: `${baseUrl}/local/issuer`,
      connections: `${baseUrl}/_connections/live`,
    },
  };
  const localRoutes = [...socketRoutes, ...issuerRoutes, ...mailRoutes, ...homeRoutes];
  const server = await startHttpServer({ context, localRoutes, port });
  const token = async (body: Record<string, unknown> = { email: "lea@example.com" }): Promise<string> => {
    const response = await fetch(`${baseUrl}/local/tokens`, { method: "POST", body: JSON.stringify(body) });
    return ((await response.json()) as { token: string }).token;
  };
  return { baseUrl, context, functions, invocations, killed, server, token, close: server.close };
}

function exampleModel(baseUrl: string): StackModel {
  const anonymous = { functionName: "open", isAnonymous: true };
  const answered = { integration: "lambda", functionName: "socket", hasResponse: true } as const;
  return {
    functions: [],
    httpApi: {
      routes: [
        { method: "GET", path: "/v1/health", ...anonymous },
        { method: "POST", path: "/v1/echo", ...anonymous },
        { method: "GET", path: "/v1/things/{thing}", ...anonymous },
        { method: "GET", path: "/v1/me", functionName: "closed", isAnonymous: false },
      ],
      issuer: `${baseUrl}/local/issuer`,
      audience: ["vestibule"],
    },
    socketApi: {
      stage: "live",
      routes: {
        $connect: { integration: "lambda", functionName: "socket", hasResponse: false },
        $disconnect: { integration: "lambda", functionName: "socket", hasResponse: false },
        $default: answered,
        post: answered,
        ping: {
          integration: "mock",
          requestTemplate: `{"statusCode":200,"id":$input.json('$.id')}`,
          responseTemplate: `{"type":"reply","id":$input.json('$.id'),"ok":true}`,
        },
      },
      authorizerFunctionName: "authorizer",
      identitySources: ["route.request.querystring.ticket"],
      routeSelectionExpression: "$request.body.action",
    },
    table: { name: "table", key: { partition: "pk" }, attributes: {}, indexes: [] },
    streamMappings: [],
    schedules: [],
    mail: { configurationSet: "mails", feedbackFunction: "mail-events" },
    issuer: { issuer: `${baseUrl}/local/issuer`, audience: ["vestibule"] },
  };
}

/** Waits for something to become true, and says what did not. */
export async function until(condition: () => boolean, what: string, limitMs = 3000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
