import { clientFrames } from "../realtime/contract.ts";
import { logger } from "../shell/logger.ts";
import { parseWith } from "../shell/request-body.ts";
import { frameAnswer } from "../socket/frame-answer.ts";
import { socketEvent, textOf } from "../socket/socket-event.ts";
import type { CommandDeps } from "./command-deps.ts";
import { runCommand } from "./run-command.ts";

/** Whether an event of this function is a frame, and not a request. */
export function isFrame(event: unknown): boolean {
  return socketEvent.safeParse(event).success;
}

/** The Lambda handler of the frame `command` (MSG-13): the same act as `POST …/commands`, for whoever is connected. */
export function commandFrameHandler(deps: CommandDeps, now: () => number) {
  return async (raw: unknown): Promise<{ statusCode: number; body: string }> => {
    const event = socketEvent.parse(raw);
    const { connectionId, requestId, authorizer, identity } = event.requestContext;
    logger.resetKeys();
    logger.appendKeys({ requestId, connectionId });
    const sender = { ...authorizer, connectionId, requestId, sourceIp: identity?.sourceIp ?? "" };
    const command = async (frame: unknown) => {
      const { action: _action, id: _id, ...input } = parseWith(clientFrames.command, frame);
      const { organizationId, userId, sourceIp } = sender;
      return await runCommand(deps, { organizationId, userId, requestId, sourceIp, now: now(), ...input });
    };
    return { statusCode: 200, body: await frameAnswer({ command }, textOf(event), sender) };
  };
}
