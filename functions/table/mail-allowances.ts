import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import {
  charge,
  effectiveLimit,
  MAIL_LIMITS,
  type MailCounter,
  type MailRate,
  refund,
} from "@vestibule/domain/mail-limits";
import * as z from "zod";
import { keys } from "./keys.ts";
import type { Organization } from "./organizations.ts";
import { pastConflicts } from "./past-conflicts.ts";
import { getItem } from "./read.ts";
import type { Table } from "./table.ts";
import { TableBusy } from "./transaction.ts";

/** Limits in mails: of a sender in an hour, of an organization and a recipient in a day; `null` is none (INV-13). */
export type MailLimits = Readonly<Record<MailCounter, number | null>>;

/** INV-13: the deployment's limits or, where they are lower, the organization's own. */
export function limitsIn({ settings }: Pick<Organization, "settings">, deployment: MailLimits): MailLimits {
  return {
    sender: effectiveLimit(deployment.sender, settings.mailsPerSenderHour),
    organization: effectiveLimit(deployment.organization, settings.mailsPerDay),
    recipient: deployment.recipient,
  };
}

/** Mails that somebody asks for, under the limits in force (`limitsIn`). */
export type MailCharge = {
  readonly org: string;
  readonly senderId: string;
  readonly mails: number;
  readonly limits: Pick<MailLimits, "sender" | "organization">;
  readonly now: number;
};

/** A limit in mails as a rate. */
export function rateOf(counter: MailCounter, limit: number): MailRate {
  return { ...MAIL_LIMITS[counter], limit };
}

/** How far a sum in the table may lie from the same one in here, in milliseconds: fractions are rounded apart. */
export const ROUNDING_MS = 1;

/** Whether the mails are charged, or the limit that is in the way and how long it takes to allow them. */
export type Charged =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly limit: MailCounter;
      readonly retryAfterMs: number;
    };

/**
 * What of their mails an organization and its senders have used: `O#<org>#ALLOWANCE` / `MAILS`, a number each, under
 * `organization` and the sender's id: the time (epoch ms) at which the allowance would be whole again.
 */
const allowanceItem = z
  .record(z.string(), z.unknown())
  .transform(
    (item) =>
      new Map(Object.entries(item).flatMap(([name, at]) => (typeof at === "number" ? [[name, at]] : []))),
  );

type Allowance = ReadonlyMap<string, number>;

/** Senders whose allowance is whole again are forgotten, so many by one write at most: the item stays small. */
const FORGOTTEN_AT_ONCE = 20;

/** Others charge the same item at the same time; the form of the write changes at most twice for it. */
const ATTEMPTS = 6;

type Account = { readonly name: string; readonly limit: MailCounter; readonly rate: MailRate };

/** The limits that there are, as accounts of the item. */
function accountsOf({ senderId, limits }: MailCharge): Account[] {
  const account = (name: string, counter: "sender" | "organization"): Account[] => {
    const limit = limits[counter];
    return limit === null ? [] : [{ name, limit: counter, rate: rateOf(counter, limit) }];
  };
  return [...account(senderId, "sender"), ...account("organization", "organization")];
}

type Move = { set: string; condition: string; values: Record<string, number> };

/**
 * One account's part of the write. Where the allowance is whole, its time starts from now; otherwise it is moved by what
 * the mails cost, wherever others have moved it meanwhile, as long as that stays under the limit: of a hundred who charge
 * at once none has to begin anew.
 */
function moveOf(
  account: Account,
  index: number,
  allowance: Allowance,
  { mails, now }: MailCharge,
): Move | Charged {
  const at = allowance.get(account.name);
  const decision = charge(at, mails, account.rate, now);
  if (!decision.allowed) return { allowed: false, limit: account.limit, retryAfterMs: decision.retryAfterMs };
  const [name, value, most] = [`#a${index}`, `:a${index}`, `:most${index}`];
  if (at === undefined || at < now)
    return {
      set: `${name} = ${value}`,
      condition: `(attribute_not_exists(${name}) OR ${name} < :now)`,
      values: { [value]: decision.tat },
    };
  const cost = decision.tat - at;
  return {
    set: `${name} = ${name} + ${value}`,
    condition: `${name} BETWEEN :now AND ${most}`,
    values: { [value]: cost, [most]: now + account.rate.periodMs - cost + ROUNDING_MS },
  };
}

type Update = {
  expression: string;
  condition: string;
  names: Record<string, string>;
  values: Record<string, number>;
};

function chargeUpdate(
  accounts: readonly Account[],
  allowance: Allowance,
  asked: MailCharge,
): Update | Charged {
  const moves: Move[] = [];
  for (const [index, account] of accounts.entries()) {
    const move = moveOf(account, index, allowance, asked);
    if ("allowed" in move) return move;
    moves.push(move);
  }
  const kept = new Set(accounts.map(({ name }) => name));
  const forgotten = [...allowance]
    .filter(([name, at]) => at < asked.now && !kept.has(name))
    .slice(0, FORGOTTEN_AT_ONCE);
  const removed = forgotten.map((_, index) => `#f${index}`);
  return {
    expression: `SET ${moves.map(({ set }) => set).join(", ")}${
      removed.length === 0 ? "" : ` REMOVE ${removed.join(", ")}`
    }`,
    condition: [...moves.map(({ condition }) => condition), ...removed.map((name) => `${name} < :now`)].join(
      " AND ",
    ),
    names: Object.fromEntries([
      ...accounts.map(({ name }, index) => [`#a${index}`, name]),
      ...forgotten.map(([name], index) => [`#f${index}`, name]),
    ]),
    values: Object.assign({ ":now": asked.now }, ...moves.map(({ values }) => values)),
  };
}

/** Writes if the conditions hold; otherwise answers the item as it is. */
async function write(table: Table, org: string, update: Update): Promise<"done" | Allowance> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.mailAllowance(org),
    UpdateExpression: update.expression,
    ConditionExpression: update.condition,
    ExpressionAttributeNames: update.names,
    ExpressionAttributeValues: update.values,
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  try {
    await pastConflicts(() => table.client.send(command));
    return "done";
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item === undefined ? new Map() : allowanceItem.parse(unmarshall(error.Item));
  }
}

/** What an organization and its senders have used of their mails, read strongly (1 read unit). */
async function allowanceOf(table: Table, org: string): Promise<Allowance> {
  return (await getItem(table, keys.mailAllowance(org), allowanceItem)) ?? new Map();
}

/** INV-13: whether the mails would be charged now; nothing is written. */
export async function mayChargeMails(table: Table, asked: MailCharge): Promise<Charged> {
  const accounts = accountsOf(asked);
  if (asked.mails === 0 || accounts.length === 0) return { allowed: true };
  const update = chargeUpdate(accounts, await allowanceOf(table, asked.org), asked);
  return "allowed" in update ? update : { allowed: true };
}

/**
 * INV-13: charges mails to their sender and to the organization, both or neither, before anything else is written: 1
 * read and 1 write unit; nothing without limits.
 * @throws TableBusy if others were always ahead
 */
export async function chargeMails(table: Table, asked: MailCharge): Promise<Charged> {
  const accounts = accountsOf(asked);
  if (asked.mails === 0 || accounts.length === 0) return { allowed: true };
  let allowance = await allowanceOf(table, asked.org);
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const update = chargeUpdate(accounts, allowance, asked);
    if ("allowed" in update) return update;
    const written = await write(table, asked.org, update);
    if (written === "done") return { allowed: true };
    allowance = written;
  }
  throw new TableBusy();
}

/** Gives back what was charged and not used. An allowance that is whole again by now has nothing to be given. */
export async function giveBack(table: Table, unused: MailCharge): Promise<void> {
  let accounts = unused.mails === 0 ? [] : accountsOf(unused);
  while (accounts.length > 0) {
    const written = await write(table, unused.org, {
      expression: `SET ${accounts.map((_, index) => `#a${index} = #a${index} - :a${index}`).join(", ")}`,
      condition: accounts.map((_, index) => `attribute_exists(#a${index})`).join(" AND "),
      names: Object.fromEntries(accounts.map(({ name }, index) => [`#a${index}`, name])),
      values: Object.fromEntries(
        accounts.map(({ rate }, index) => [`:a${index}`, -refund(0, unused.mails, rate)]),
      ),
    });
    if (written === "done") return;
    accounts = accounts.filter(({ name }) => written.has(name));
  }
}
