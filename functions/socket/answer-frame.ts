import * as z from "zod";
import { presentMessage } from "../contract/message.ts";
import { type MarkReadDeps, markRead } from "../message/mark-read.ts";
import { type PostDeps, postMessage } from "../message/post-message.ts";
import type { ReadDeps } from "../message/read-deps.ts";
import { type Action, clientFrames, type Reply, replies } from "../realtime/contract.ts";
import { Problem, problemBody } from "../shell/problem.ts";
import { problemFor } from "../shell/problem-mapper.ts";
import { parseWith } from "../shell/request-body.ts";
import { resume } from "./resume.ts";
import type { Connection } from "./socket-event.ts";

export type FrameDeps = PostDeps & MarkReadDeps & ReadDeps;

type Sender = Connection & { readonly requestId: string };

type Serve = (deps: FrameDeps, frame: unknown, sender: Sender) => Promise<Reply<Action>>;

/** What each action does. Who may do it is decided anew for every frame: people lose rights while connected. */
const SERVE: Record<Action, Serve> = {
  async post(deps, frame, { organizationId, userId }) {
    const { action: _action, id: _id, channelId, ...written } = parseWith(clientFrames.post, frame);
    const posted = await postMessage(deps, { organizationId, channelId, userId, ...written });
    const { message, isNew, notInChannel } = posted;
    return {
      message: presentMessage(channelId, message, userId),
      duplicate: !isNew,
      ...(notInChannel.length === 0 ? {} : { notInChannel: [...notInChannel] }),
    };
  },
  async read(deps, frame, { organizationId, userId }) {
    const { channelId, seq } = parseWith(clientFrames.read, frame);
    const mark = { organizationId, channelId, userId, seq, field: "seq" };
    return { channelId, lastReadSeq: await markRead(deps, mark) };
  },
  async resume(deps, frame, sender) {
    const { channels } = parseWith(clientFrames.resume, frame);
    const { requestId } = sender;
    return await resume(deps, sender, { channels, requestId, now: deps.now() });
  },
};

const envelope = z.looseObject({
  action: z.unknown().optional(),
  id: z
    .union([z.string().max(64), z.number()])
    .nullable()
    .catch(null),
});

function readFrame(body: string | undefined): z.infer<typeof envelope> | undefined {
  try {
    return envelope.safeParse(JSON.parse(body ?? "")).data;
  } catch {
    return undefined;
  }
}

function isAction(action: unknown): action is Action {
  return typeof action === "string" && Object.hasOwn(SERVE, action);
}

async function serve(deps: FrameDeps, body: string | undefined, sender: Sender) {
  const frame = readFrame(body);
  const id = frame?.id ?? null;
  try {
    if (frame === undefined) {
      throw new Problem(400, "malformed-frame", "A frame is a JSON object with an action.");
    }
    const { action } = frame;
    if (!isAction(action)) {
      const known = Object.keys(SERVE).join(", ");
      throw new Problem(400, "unknown-action", `The actions are ${known}, ping.`);
    }
    const reply = await SERVE[action](deps, JSON.parse(body ?? ""), sender);
    return { type: "reply", id, ok: true, ...replies[action].parse(reply) };
  } catch (error) {
    return { type: "reply", id, ok: false, problem: problemBody(problemFor(error), sender.requestId) };
  }
}

/** Every frame is answered with a `reply` that carries its id; a refusal is the same problem object as by HTTP. */
export async function answerFrame(
  deps: FrameDeps,
  body: string | undefined,
  sender: Sender,
): Promise<string> {
  return JSON.stringify(await serve(deps, body, sender));
}
