import { callAt } from "../../contract/call-now.ts";
import { newId } from "../../shell/ids.ts";
import { shownCall } from "../../table/call-writes.ts";
import type { Call } from "../../table/calls.ts";
import { getMessage, type Message } from "../../table/messages.ts";
import type { Table } from "../../table/table.ts";
import type { Placed } from "../place-message.ts";
import { placeUnasked } from "../place-unasked.ts";
import { systemSentence } from "../system-sentence.ts";

type Kind = "call-started" | "call-ended";

/** What is told: the call itself, or its start or end in the thread of the message that tells of it. */
type Told = { readonly kind: Kind; readonly nonce: string } & (
  | { readonly call: Message["call"] }
  | { readonly root: Message }
);

/** MSG-12, CALL-3: what the system says of a call, once for the nonce, however often it is told. */
async function tell(table: Table, call: Call, { kind, nonce, ...told }: Told): Promise<Placed> {
  const { organizationId, channelId, startedBy } = call;
  const system = { kind, actorId: startedBy.userId };
  const draft = {
    messageId: newId("message"),
    authorKind: "system",
    authorId: startedBy.userId,
    authorName: startedBy.name,
    text: systemSentence(startedBy.name, system),
    nonce,
    system,
    ...("call" in told ? { call: told.call } : {}),
  } as const;
  return await placeUnasked(
    table,
    { organizationId, channelId },
    draft,
    "root" in told ? told.root : undefined,
  );
}

/**
 * CALL-1: the message that tells of a call; its `seq`, or `undefined` where the channel is gone. Where it comes late, because
 * a start was cut short, it says how the call stands by then: what has rung for a minute is not rung for anew (CALL-2).
 */
export async function placeCallMessage(table: Table, call: Call): Promise<number | undefined> {
  const placed = await tell(table, call, {
    kind: "call-started",
    nonce: call.callId,
    call: shownCall(callAt(call, Date.now())),
  });
  return placed.kind === "placed" ? placed.message.seq : undefined;
}

/** CALL-3: a call's start, or its end, in the thread of its message; where that was deleted, nobody is told. */
export async function tellInThread(
  table: Table,
  call: Call & { readonly seq: number },
  kind: Kind,
): Promise<void> {
  const { organizationId, channelId, callId, seq } = call;
  const root = await getMessage(table, { organizationId, channelId }, seq);
  if (root === undefined || root.isDeleted === true) return;
  await tell(table, call, { kind, nonce: `${callId}-${kind}`, root });
}
