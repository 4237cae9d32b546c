import * as z from "zod";
import type { LocalContext, SocketRouteModel } from "../contracts.ts";
import { gatewayId } from "../http-gateway/gateway-id.ts";
import { invokeWithin } from "../http-gateway/invoke-within.ts";
import type { Connection } from "./connection.ts";
import { renderTemplate } from "./mock-template.ts";
import { selectRoute } from "./select-route.ts";
import { sendFrame } from "./send-frame.ts";
import { socketRequestContext } from "./socket-event.ts";

/** WebSocket integrations have a second less than HTTP ones. */
const integrationTimeoutMs = 29_000;
const payloadSchema = z.object({ statusCode: z.coerce.number().int(), body: z.string().nullish() });

/** One frame from a client: to the route that its action names, and that route's answer back. */
export async function handleFrame(
  connection: Connection,
  body: string,
  context: LocalContext,
): Promise<void> {
  const requestId = gatewayId();
  const { connectionId } = connection.peer;
  const tell = (message: string) =>
    sendFrame(connection, JSON.stringify({ message, connectionId, requestId }), context);
  const selected = selectRoute(body, context.model.socketApi);
  if (!selected) {
    await tell("Forbidden");
    return;
  }
  const { routeKey, route } = selected;
  const answer =
    route.integration === "mock"
      ? mockAnswer(route, body, { connectionId, requestId, routeKey }, context)
      : await lambdaAnswer(route, routeKey, connection, body, requestId, context);
  if (answer === undefined) await tell("Internal server error");
  else if (answer !== "") await sendFrame(connection, answer, context);
}

/** The frame to send back, empty for none; `undefined` when the integration failed. */
async function lambdaAnswer(
  route: Extract<SocketRouteModel, { integration: "lambda" }>,
  routeKey: string,
  connection: Connection,
  body: string,
  requestId: string,
  context: LocalContext,
): Promise<string | undefined> {
  const shared = socketRequestContext(routeKey, "MESSAGE", connection.peer, requestId, context);
  const event = { requestContext: { ...shared, messageId: gatewayId() }, body, isBase64Encoded: false };
  const source = `socket ${routeKey}`;
  const result = await invokeWithin(context.invoker, route.functionName, event, source, integrationTimeoutMs);
  if (result === "too-late" || !result.ok) return undefined;
  if (!route.hasResponse) return "";
  const payload = payloadSchema.safeParse(result.payload);
  return payload.success ? (payload.data.body ?? "") : undefined;
}

/** In a mock the request template's output is what the response template sees as its input. */
function mockAnswer(
  route: Extract<SocketRouteModel, { integration: "mock" }>,
  body: string,
  variables: Record<string, string>,
  context: LocalContext,
): string | undefined {
  try {
    const output = renderTemplate(route.requestTemplate, body, variables);
    return renderTemplate(route.responseTemplate, output, variables);
  } catch (error) {
    context.log.add({ kind: "event", text: `mock integration failed: ${String(error)}` });
    return undefined;
  }
}
