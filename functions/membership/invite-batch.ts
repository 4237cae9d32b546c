import { type Intent, strikeOff } from "../table/intents.ts";
import { newInvitationWrite } from "../table/invitations.ts";
import { getInvitations } from "../table/invitations-by-id.ts";
import {
  freeWrites,
  type InviteBatch,
  invitationsOf,
  rejectBatch,
  takenOf,
} from "../table/invite-batches.ts";
import { getMember } from "../table/members.ts";
import { createdEntry, lineWrites, type NewInvitation } from "../table/new-invitations.ts";
import { revokeSentBy } from "../table/sent-invitations.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, TableBusy, transact } from "../table/transaction.ts";
import { goOn, type TimeLeft } from "./time-left.ts";

/** DynamoDB's limit of a transaction. */
const MOST_WRITES = 100;

/** Somebody else finishes the same batch at the same time at most. */
const ATTEMPTS = 5;

type Step = (some: readonly NewInvitation[]) => Promise<void>;

/** Takes a step for some of what is left at a time, until nothing is: what others have done meanwhile is found done. */
async function untilNoneLeft(
  read: () => Promise<NewInvitation[]>,
  atOnce: number,
  step: Step,
  isTimeLeft: TimeLeft,
): Promise<void> {
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const left = await read();
    if (left.length === 0) return;
    try {
      for (let start = 0; start < left.length; start += atOnce) {
        goOn(isTimeLeft);
        await step(left.slice(start, start + atOnce));
      }
      return;
    } catch (error) {
      if (!(error instanceof ConditionsFailed)) throw error;
    }
  }
  throw new TableBusy();
}

/** Makes the invitations of a committed batch; their addresses and places are taken. Their mails follow (INV-12). */
async function make(table: Table, batch: InviteBatch, isTimeLeft: TimeLeft): Promise<void> {
  const invitations = invitationsOf(batch);
  const [first] = invitations;
  if (first === undefined) return;
  const { organizationId: org, channelIds, kind, createdAt } = first;
  const origin = { actorId: batch.actorId, sourceIp: batch.sourceIp, now: Date.parse(createdAt) };
  const writes = 2 + (kind === "guest" ? channelIds.length : 0);
  const notMade = async () => {
    const made = await getInvitations(
      table,
      org,
      invitations.map(({ invitationId }) => invitationId),
    );
    return invitations.filter(({ invitationId }) => !made.has(invitationId));
  };
  const step: Step = async (some) =>
    await transact(
      table,
      some.flatMap((invitation) => [
        newInvitationWrite(invitation),
        ...lineWrites(invitation),
        createdEntry(invitation, origin),
      ]),
    );
  await untilNoneLeft(notMade, Math.floor(MOST_WRITES / writes), step, isTimeLeft);
}

/** ORG-10: whoever was removed while their batch waited to be made found none of its invitations to revoke. */
async function revokeOfFormer(table: Table, org: string, sender: string): Promise<void> {
  if ((await getMember(table, org, sender))?.state === "active") return;
  await revokeSentBy(table, org, sender, { actorId: "system", sourceIp: undefined, now: Date.now() });
}

/** Frees what a batch that was not committed has taken: nobody has seen anything of it (INV-10). */
async function undo(table: Table, org: string, batch: InviteBatch, isTimeLeft: TimeLeft): Promise<void> {
  const invitations = invitationsOf(batch);
  await untilNoneLeft(
    () => takenOf(table, invitations),
    MOST_WRITES - 1,
    async (some) => await transact(table, freeWrites(org, some)),
    isTimeLeft,
  );
}

/** INV-10: brings an `atomic` request to its end: all of its invitations if it was committed, otherwise none. */
export async function finishInviteBatch(
  table: Table,
  intent: Intent,
  batch: InviteBatch,
  isTimeLeft: TimeLeft,
): Promise<void> {
  const state = batch.state === "committed" ? "committed" : await rejectBatch(table, intent);
  if (state === "committed") {
    await make(table, batch, isTimeLeft);
    await revokeOfFormer(table, intent.organizationId, batch.actorId);
  }
  if (state === "undone") await undo(table, intent.organizationId, batch, isTimeLeft);
}

/**
 * What a request does with its batch when it could not commit it: nobody else ever commits, so that whatever it has taken
 * is freed, also what it took after the sweep had undone the rest.
 */
export async function abandonInviteBatch(table: Table, intent: Intent, batch: InviteBatch): Promise<void> {
  await undo(table, intent.organizationId, batch, () => true);
  await strikeOff(table, intent);
}
