import type { IncomingMessage } from "node:http";
import * as z from "zod";
import type { LocalContext } from "../contracts.ts";
import { invokeWithin } from "../http-gateway/invoke-within.ts";
import { requestPath } from "../http-gateway/request-path.ts";
import { isAllowedBy, policySchema } from "./evaluate-policy.ts";
import { authorizerEvent, connectArn } from "./socket-event.ts";

export type SocketAuthorization =
  | { isAllowed: true; authorizer: Record<string, string> }
  | { isAllowed: false; status: number; message: string };

// API Gateway hands every value on as a string and refuses an authorizer that answers anything deeper.
const contextSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));
const authorizerSchema = z.object({
  principalId: z.string(),
  policyDocument: policySchema,
  context: contextSchema.nullish(),
});

/**
 * The REQUEST authorizer of `$connect`: an absent identity source is a 401 without a call, "Unauthorized" thrown is
 * a 401, a policy that does not allow a 403, and anything else the authorizer's own fault.
 */
export async function authorizeHandshake(
  request: IncomingMessage,
  handshake: Record<string, unknown>,
  context: LocalContext,
): Promise<SocketAuthorization> {
  const { identitySources, authorizerFunctionName } = context.model.socketApi;
  if (!identitySources.every((source) => isPresent(source, request))) return refuse(401, "Unauthorized");
  const event = authorizerEvent(handshake, context);
  const result = await invokeWithin(context.invoker, authorizerFunctionName, event, "socket authorizer");
  if (result === "too-late") return refuse(500, "Internal server error");
  if (!result.ok) {
    if (result.errorMessage === "Unauthorized") return refuse(401, "Unauthorized");
    return refuse(500, "Internal server error");
  }
  const parsed = authorizerSchema.safeParse(result.payload);
  if (!parsed.success) {
    const text = `the socket authorizer's answer is not valid: ${z.prettifyError(parsed.error)}`;
    context.log.add({ kind: "event", text });
    return refuse(500, "Internal server error");
  }
  if (!isAllowedBy(parsed.data.policyDocument, connectArn(context))) {
    return refuse(403, "User is not authorized to access this resource");
  }
  const { principalId } = parsed.data;
  return { isAllowed: true, authorizer: { ...parsed.data.context, principalId } };
}

function isPresent(source: string, request: IncomingMessage): boolean {
  const [, place, name] = /^route\.request\.(querystring|header)\.(.+)$/.exec(source) ?? [];
  if (!name) return false;
  if (place === "header") return Boolean(request.headers[name.toLowerCase()]);
  return Boolean(new URLSearchParams(requestPath(request).query).get(name));
}

function refuse(status: number, message: string): SocketAuthorization {
  return { isAllowed: false, status, message };
}
