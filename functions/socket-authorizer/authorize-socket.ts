import type { APIGatewayAuthorizerWithContextResult } from "aws-lambda";
import { organizationOfTicket } from "../contract/ticket.ts";
import { sha256 } from "../shell/ids.ts";

export type AuthorizeDeps = {
  /** The origins that pages may connect from; `*` allows every page. */
  readonly allowedOrigins: readonly string[];
  readonly takeTicket: (ticket: {
    organizationId: string;
    hash: string;
    now: number;
  }) => Promise<{ userId: string } | undefined>;
  readonly now: () => number;
};

export type Handshake = {
  readonly ticket: string | undefined;
  /** What a browser says of the page that connects; other clients send none. */
  readonly origin: string | undefined;
  readonly methodArn: string;
};

/** The person and organization of a connection: what every frame of it carries. */
export type SocketContext = { organizationId: string; userId: string };

type Allowed = APIGatewayAuthorizerWithContextResult<SocketContext>;

/** API Gateway answers 401 for exactly this message, and 500 for any other error. */
function unauthorized(): Error {
  return new Error("Unauthorized");
}

function isAllowedOrigin(origin: string | undefined, allowed: readonly string[]): boolean {
  return origin === undefined || allowed.includes("*") || allowed.includes(origin);
}

/**
 * Lets a ticket's holder in, once: the ticket is used up here, and only here is the Origin checked, as the authorizer
 * runs at `$connect` alone. @throws Error "Unauthorized"
 */
export async function authorizeSocket(deps: AuthorizeDeps, handshake: Handshake): Promise<Allowed> {
  const { ticket, origin, methodArn } = handshake;
  if (!isAllowedOrigin(origin, deps.allowedOrigins)) throw unauthorized();
  const organizationId = ticket === undefined ? undefined : organizationOfTicket(ticket);
  if (ticket === undefined || organizationId === undefined) throw unauthorized();
  const taken = await deps.takeTicket({ organizationId, hash: sha256(ticket), now: deps.now() });
  if (taken === undefined) throw unauthorized();
  const { userId } = taken;
  return {
    principalId: userId,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: methodArn }],
    },
    context: { organizationId, userId },
  };
}
