import * as z from "zod";

/** What the functions read of an API Gateway WebSocket event; the authorizer's context comes with every one of them. */
export const socketEvent = z.object({
  body: z.string().optional().catch(undefined),
  isBase64Encoded: z.boolean().optional(),
  requestContext: z.object({
    eventType: z.enum(["CONNECT", "MESSAGE", "DISCONNECT"]),
    connectionId: z.string(),
    requestId: z.string(),
    identity: z.object({ sourceIp: z.string() }).optional(),
    authorizer: z.object({ organizationId: z.string(), userId: z.string() }),
  }),
});

type SocketEvent = z.infer<typeof socketEvent>;

/** A frame's text. */
export function textOf({ body, isBase64Encoded }: SocketEvent): string | undefined {
  return isBase64Encoded === true && body !== undefined ? Buffer.from(body, "base64").toString("utf8") : body;
}

/** Who sends, from where: one connection is one person in one organization. */
export type Connection = {
  readonly organizationId: string;
  readonly userId: string;
  readonly connectionId: string;
};
