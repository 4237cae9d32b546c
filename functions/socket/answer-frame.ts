import { presentMessage } from "../contract/message.ts";
import { markRead } from "../message/mark-read.ts";
import { postMessage } from "../message/post-message.ts";
import { clientFrames } from "../realtime/contract.ts";
import { parseWith } from "../shell/request-body.ts";
import type { FrameDeps } from "./deps.ts";
import { frameAnswer, type Sender, type Served } from "./frame-answer.ts";
import { look } from "./look.ts";
import { resume } from "./resume.ts";
import { serveStatus } from "./status-frame.ts";
import { tellTyping } from "./tell-typing.ts";

/**
 * What each action does; `command` has a function of its own. Who may do it is decided anew for every frame: people lose
 * rights while connected.
 */
function servedWith(deps: FrameDeps): Served {
  return {
    async post(frame, { organizationId, userId }) {
      const { action: _action, id: _id, channelId, ...written } = parseWith(clientFrames.post, frame);
      const posted = await postMessage(deps, { organizationId, channelId, userId, ...written });
      const { message, isNew, notInChannel } = posted;
      return {
        message: presentMessage(channelId, message, userId),
        duplicate: !isNew,
        ...(notInChannel.length === 0 ? {} : { notInChannel: [...notInChannel] }),
      };
    },
    async read(frame, { organizationId, userId }) {
      const { channelId, seq } = parseWith(clientFrames.read, frame);
      const mark = { organizationId, channelId, userId, seq, field: "seq" };
      return { channelId, lastReadSeq: await markRead(deps, mark) };
    },
    async resume(frame, sender) {
      const { channels, since } = parseWith(clientFrames.resume, frame);
      const { requestId } = sender;
      return await resume(deps, sender, { channels, since, requestId, now: deps.now() });
    },
    async look(frame, sender) {
      const { channelId } = parseWith(clientFrames.look, frame);
      await look(deps, sender, channelId);
      return { channelId };
    },
    async typing(frame, sender) {
      const { channelId } = parseWith(clientFrames.typing, frame);
      await tellTyping(deps, sender, channelId);
      return { channelId };
    },
    status: (frame, sender) => serveStatus(deps, sender, parseWith(clientFrames.status, frame)),
  };
}

/** Answers a frame of any action but `command`. */
export async function answerFrame(
  deps: FrameDeps,
  body: string | undefined,
  sender: Sender,
): Promise<string> {
  return await frameAnswer(servedWith(deps), body, sender);
}
