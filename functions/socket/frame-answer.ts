import * as z from "zod";
import { type Action, type Reply, replies } from "../realtime/contract.ts";
import { Problem, problemBody } from "../shell/problem.ts";
import { problemFor } from "../shell/problem-mapper.ts";
import type { Connection } from "./socket-event.ts";

/** Whose frame it is, and where it came from. */
export type Sender = Connection & { readonly requestId: string; readonly sourceIp: string };

type Serve = (frame: unknown, sender: Sender) => Promise<Reply<Action>>;

/** What each of some actions does. */
export type Served = Partial<Record<Action, Serve>>;

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
  return typeof action === "string" && Object.hasOwn(replies, action);
}

async function serve(served: Served, body: string | undefined, sender: Sender) {
  const frame = readFrame(body);
  const id = frame?.id ?? null;
  try {
    if (frame === undefined) {
      throw new Problem(400, "malformed-frame", "A frame is a JSON object with an action.");
    }
    const { action } = frame;
    const work = isAction(action) ? served[action] : undefined;
    if (!isAction(action) || work === undefined) {
      const known = Object.keys(replies).join(", ");
      throw new Problem(400, "unknown-action", `The actions are ${known}, ping.`);
    }
    const reply = await work(JSON.parse(body ?? ""), sender);
    return { type: "reply", id, ok: true, ...replies[action].parse(reply) };
  } catch (error) {
    return { type: "reply", id, ok: false, problem: problemBody(problemFor(error), sender.requestId) };
  }
}

/** Every frame is answered with a `reply` that carries its id; a refusal is the same problem object as by HTTP. */
export async function frameAnswer(served: Served, body: string | undefined, sender: Sender): Promise<string> {
  return JSON.stringify(await serve(served, body, sender));
}
