import * as z from "zod";
import { freeAddressWrite } from "./addresses.ts";
import { invitationItem } from "./invitations.ts";
import { keys } from "./keys.ts";
import { getAddresses, type NewInvitation, slotWrite } from "./new-invitations.ts";
import { countersWrite } from "./organizations.ts";
import type { Table } from "./table.ts";
import { ConditionsFailed, transact, type Write } from "./transaction.ts";

const each = z.object({
  invitationId: z.string(),
  email: z.string(),
  addressKey: z.string(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  secretHashes: z.set(z.string()).optional(),
});

/**
 * INV-10: the invitations of an `atomic` request that is more than one transaction. Written before anything else; then
 * their addresses and places are taken; `committed`, they are made, and until then there is none of them. `like` is the
 * first, and but for `each`, what they all are. Whoever finds one that was not committed, undoes it.
 */
export const inviteBatchSchema = z.object({
  kind: z.literal("invite-batch"),
  state: z.enum(["open", "committed", "undone"]),
  actorId: z.string(),
  sourceIp: z.string().optional(),
  like: invitationItem,
  each: z.array(each),
});

export type InviteBatch = z.infer<typeof inviteBatchSchema>;

/** The batch of these invitations, which differ in whom they are for alone. */
export function batchOf(
  invitations: readonly [NewInvitation, ...NewInvitation[]],
  by: { actorId: string; sourceIp: string | undefined },
): InviteBatch {
  const { sourceIp } = by;
  return {
    kind: "invite-batch",
    state: "open",
    actorId: by.actorId,
    ...(sourceIp === undefined ? {} : { sourceIp }),
    like: invitations[0],
    each: invitations.map((invitation) => each.parse(invitation)),
  };
}

/** The invitations of a batch. */
export function invitationsOf({ like, each }: InviteBatch): NewInvitation[] {
  if (like.kind === "share") return [];
  const { firstName: _, lastName: _last, secretHashes: _hashes, ...common } = like;
  return each.map((one) => ({ ...common, ...one }));
}

type Place = { readonly organizationId: string; readonly intentId: string };

const STATE = { "#state": "state" };

/** The one write that commits a batch; it fails if somebody has undone it. */
export function commitWrite({ organizationId: org, intentId }: Place): Write {
  return {
    label: "intent",
    update: keys.intent(org, intentId),
    expression: "SET facts.#state = :committed",
    condition: "facts.#state = :open",
    names: STATE,
    values: { ":open": "open", ":committed": "committed" },
  };
}

/** Sees to it that a batch is not committed any more; `committed` if it was, `gone` if it is finished already. */
export async function rejectBatch(
  table: Table,
  { organizationId: org, intentId }: Place,
): Promise<"undone" | "committed" | "gone"> {
  const write: Write = {
    label: "intent",
    update: keys.intent(org, intentId),
    expression: "SET facts.#state = :undone",
    condition: "attribute_exists(pk) AND facts.#state <> :committed",
    names: STATE,
    values: { ":undone": "undone", ":committed": "committed" },
  };
  try {
    await transact(table, [write]);
    return "undone";
  } catch (error) {
    if (!(error instanceof ConditionsFailed)) throw error;
    return error.failures.get("intent") === undefined ? "gone" : "committed";
  }
}

/** The addresses that a batch takes: as many writes, without their places. */
export function slotWrites(invitations: readonly NewInvitation[]): Write[] {
  return invitations.map(slotWrite);
}

/** Those of a batch's invitations whose addresses, and with them places, are taken. */
export async function takenOf(table: Table, invitations: readonly NewInvitation[]): Promise<NewInvitation[]> {
  const [first] = invitations;
  if (first === undefined) return [];
  const wanted = invitations.map(({ addressKey }) => addressKey);
  const slots = await getAddresses(table, first.organizationId, first.kind, wanted);
  return invitations.filter(
    ({ addressKey, invitationId }) => slots.get(addressKey)?.invitationId === invitationId,
  );
}

/** Frees addresses and places of invitations that were never made, in one transaction; at most 99. */
export function freeWrites(org: string, invitations: readonly NewInvitation[]): Write[] {
  const count = invitations.length;
  const isGuests = invitations[0]?.kind === "guest";
  return [
    ...invitations.map(({ kind, addressKey, invitationId }) =>
      freeAddressWrite({ org, kind, addressKey }, invitationId),
    ),
    countersWrite(org, isGuests ? { pendingGuests: -count } : { reserved: -count }),
  ];
}
