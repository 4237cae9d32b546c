import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { addressKey } from "@vestibule/domain/invitations";
import { charge, refund } from "@vestibule/domain/mail-limits";
import * as z from "zod";
import { sha256 } from "../shell/ids.ts";
import { idIn, keys } from "./keys.ts";
import { type Charged, ROUNDING_MS, rateOf } from "./mail-allowances.ts";
import { pastConflicts } from "./past-conflicts.ts";
import { getItem, getItems } from "./read.ts";
import { type Table, ttlSeconds } from "./table.ts";
import { TableBusy } from "./transaction.ts";

/** Longer than an invitation lives (INV-2). */
const KEPT_MS = 31 * 86_400_000;

/** Invitations that one recipient's item names at most: it stays below three units. */
const MOST_NAMED = 40;

/** Others may charge the same recipient at the same time. */
const ATTEMPTS = 6;

/**
 * A recipient over all organizations: `R#<hash of the address>` / `RECIPIENT`. `tat`: when their allowance of mails would
 * be whole again, epoch ms (INV-13). `invitations`: what they may be invited to, a hint for whoever reads it.
 */
const recipientItem = z.object({
  pk: z.string(),
  tat: z.number().optional(),
  invitations: z.set(z.string()).optional(),
});

export type Recipient = Omit<z.infer<typeof recipientItem>, "pk">;

/** An invitation as a recipient's item names it. */
type NamedInvitation = { readonly organizationId: string; readonly invitationId: string };

/** What a recipient is found by: the address itself is in no key outside its organizations. */
export function hashOfAddress(email: string): string {
  return sha256(addressKey(email));
}

/** Several recipients by the hash of their address, read strongly; who has had nothing yet is not in the map. */
export async function getRecipients(
  table: Table,
  hashes: readonly string[],
): Promise<Map<string, Recipient>> {
  const wanted = [...new Set(hashes)].map((hash) => keys.recipient(hash));
  const found = await getItems(table, wanted, recipientItem);
  return new Map(found.map(({ pk, ...recipient }) => [idIn(pk), recipient]));
}

/** INV-13: whether a recipient may be sent one more mail; nothing is written. */
export function mayMail(recipient: Recipient | undefined, limit: number | null, now: number): Charged {
  if (limit === null) return { allowed: true };
  const decision = charge(recipient?.tat, 1, rateOf("recipient", limit), now);
  if (decision.allowed) return { allowed: true };
  return { allowed: false, limit: "recipient", retryAfterMs: decision.retryAfterMs };
}

/** A mail to a recipient about an invitation, under the limit in force. */
export type RecipientCharge = {
  readonly addressHash: string;
  readonly invitation: NamedInvitation;
  /** In mails a day; `null` is none, and then the invitation is only noted. */
  readonly limit: number | null;
  readonly now: number;
};

const nameOf = ({ organizationId, invitationId }: NamedInvitation): string =>
  `${organizationId} ${invitationId}`;

type Update = { set: string[]; add: string; conditions: string[]; values: Record<string, unknown> };

/** Ids are time-ordered. */
const newestFirst = (a: string, b: string): number => (a.slice(-26) < b.slice(-26) ? 1 : -1);

/**
 * The 40 of these names that are kept: the oldest goes of the organization that has the most, so that whoever invites the
 * same address over and over, for which a link costs nothing, pushes out nobody's invitations but their own.
 */
function keptOf(names: readonly string[]): string[] {
  const byOrganization = Map.groupBy([...names].sort(newestFirst), (name) => name.split(" ")[0]);
  const kept = [...byOrganization.values()];
  for (let count = names.length; count > MOST_NAMED; count -= 1) {
    const largest = kept.reduce((most, each) => (each.length >= most.length ? each : most));
    largest.pop();
  }
  return kept.flat();
}

/** Notes an invitation; beyond 40 it is one of those that are kept, if nobody else has noted another one meanwhile. */
function noteUpdate(invitation: NamedInvitation, known: Recipient, now: number): Update {
  const name = nameOf(invitation);
  const names = [...(known.invitations ?? [])];
  const values = { ":expiresAt": ttlSeconds(now + KEPT_MS) };
  const set = ["expiresAt = :expiresAt"];
  if (names.length < MOST_NAMED || names.includes(name))
    return {
      set,
      add: " ADD invitations :names",
      conditions: [],
      values: { ...values, ":names": new Set([name]) },
    };
  return {
    set: [...set, "invitations = :names"],
    add: "",
    conditions: ["size(invitations) = :size"],
    values: { ...values, ":names": new Set(keptOf([...names, name])), ":size": names.length },
  };
}

/** The charge's part; as an organization's (`mail-allowances.ts`) it holds whatever others have charged meanwhile. */
function chargeUpdate({ limit, now }: RecipientCharge, { tat }: Recipient): Omit<Update, "add"> | Charged {
  const nothing = { set: [], conditions: [], values: {} };
  if (limit === null) return nothing;
  const rate = rateOf("recipient", limit);
  const decision = charge(tat, 1, rate, now);
  if (!decision.allowed) return { ...decision, limit: "recipient" };
  if (tat === undefined || tat < now)
    return {
      set: ["tat = :tat"],
      conditions: ["(attribute_not_exists(tat) OR tat < :now)"],
      values: { ":tat": decision.tat, ":now": now },
    };
  const cost = decision.tat - tat;
  return {
    set: ["tat = tat + :cost"],
    conditions: ["tat BETWEEN :now AND :most"],
    values: { ":cost": cost, ":now": now, ":most": now + rate.periodMs - cost + ROUNDING_MS },
  };
}

/** Writes if the conditions hold; otherwise answers the item as it is. */
async function write(
  table: Table,
  addressHash: string,
  { set, add, conditions, values }: Update,
): Promise<"done" | Recipient> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.recipient(addressHash),
    UpdateExpression: `${set.length === 0 ? "" : `SET ${set.join(", ")}`}${add}`,
    ...(conditions.length === 0 ? {} : { ConditionExpression: conditions.join(" AND ") }),
    ExpressionAttributeValues: values,
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  try {
    await pastConflicts(() => table.client.send(command));
    return "done";
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item === undefined ? {} : recipientItem.parse(unmarshall(error.Item));
  }
}

/**
 * INV-13: charges one mail to its recipient and notes the invitation, before it is written: 1 write unit. `known` saves
 * the read where the recipient was read already.
 * @throws TableBusy if others were always ahead
 */
export async function chargeRecipient(
  table: Table,
  asked: RecipientCharge,
  known?: Recipient,
): Promise<Charged> {
  const { addressHash, invitation, now } = asked;
  let recipient = known ?? (await getItem(table, keys.recipient(addressHash), recipientItem)) ?? {};
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const charged = chargeUpdate(asked, recipient);
    if ("allowed" in charged) return charged;
    const note = noteUpdate(invitation, recipient, now);
    const written = await write(table, addressHash, {
      set: [...charged.set, ...note.set],
      add: note.add,
      conditions: [...charged.conditions, ...note.conditions],
      values: { ...charged.values, ...note.values },
    });
    if (written === "done") return { allowed: true };
    recipient = written;
  }
  throw new TableBusy();
}

/** Notes an invitation that is delivered by link alone, which is no mail (INV-13): 1 write unit. */
export async function noteRecipient(
  table: Table,
  note: Omit<RecipientCharge, "limit">,
  known?: Recipient,
): Promise<void> {
  await chargeRecipient(table, { ...note, limit: null }, known);
}

/** Takes back the charge, unless there was none, and the name, of an invitation that came to nothing. */
export async function takeBackRecipient(table: Table, asked: RecipientCharge): Promise<void> {
  const { addressHash, invitation, limit } = asked;
  const cost = limit === null ? 0 : -refund(0, 1, rateOf("recipient", limit));
  await write(table, addressHash, {
    set: cost <= 0 ? [] : ["tat = tat - :cost"],
    add: " DELETE invitations :names",
    conditions: cost <= 0 ? [] : ["attribute_exists(tat)"],
    values: { ":names": new Set([nameOf(invitation)]), ...(cost <= 0 ? {} : { ":cost": cost }) },
  });
}

/** Takes back the charge, if there was one, for an invitation that may be pending still, and goes on being named. */
export async function takeBackMail(table: Table, { addressHash, limit }: RecipientCharge): Promise<void> {
  const cost = limit === null ? 0 : -refund(0, 1, rateOf("recipient", limit));
  if (cost <= 0) return;
  await write(table, addressHash, {
    set: ["tat = tat - :cost"],
    add: "",
    conditions: ["attribute_exists(tat)"],
    values: { ":cost": cost },
  });
}

/**
 * What an address may be invited to, over all organizations: a hint, written before the invitation and not taken back
 * when it is over. Whoever reads it looks at each invitation itself.
 */
export async function recipientInvitations(table: Table, addressHash: string): Promise<NamedInvitation[]> {
  const recipient = await getItem(table, keys.recipient(addressHash), recipientItem);
  return [...(recipient?.invitations ?? [])].flatMap((name) => {
    const [organizationId, invitationId] = name.split(" ");
    return organizationId === undefined || invitationId === undefined
      ? []
      : [{ organizationId, invitationId }];
  });
}
