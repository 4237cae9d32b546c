import {
  DeleteCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { limitsFor } from "@vestibule/domain/plans";
import { expect, vi } from "vitest";
import { inviteUseCases } from "../../../functions/invite/use-cases.ts";
import { idempotencyStore } from "../../../functions/table/idempotency.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { MailLimits } from "../../../functions/table/mail-allowances.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import type { Table } from "../../../functions/table/table.ts";
import { type Answered, caller, type TestPerson } from "../shell/caller.ts";
import { organizationOf } from "../table/items.ts";
import { type InvitingWorld, invitingWorld, NO_LIMITS } from "./invite-world.ts";

const INVITE = "POST /v1/organizations/{org}/invitations";
const WRITES = [TransactWriteCommand, PutCommand, UpdateCommand, DeleteCommand];

type Send = Table["client"]["send"];

/** A table that breaks down instead of its write number `index`, like a function that dies in the middle of its work. */
export function dyingAt(plain: Table, index: number): { table: Table; isOver: () => boolean } {
  let left = index;
  const send = async (command: Parameters<Send>[0]) => {
    if (WRITES.some((kind) => command instanceof kind)) {
      if (left <= 0) throw new Error("the function died");
      left -= 1;
    }
    return await plain.client.send(command);
  };
  return { table: { ...plain, client: { send: send as Send } }, isOver: () => left > 0 };
}

/** What an organization without, or with, a limit of seats and guests starts from. */
export function roomFor(seats: number | null, guests: number | null = null): Partial<Organization> {
  return { limits: { ...limitsFor("standard"), seats, guests } };
}

/** Addresses of a request: `a0@example.net`, … */
export const addresses = (count: number, from = 0): { email: string }[] =>
  Array.from({ length: count }, (_, index) => ({ email: `a${from + index}@example.net` }));

export const statuses = ({ body }: Answered): string[] =>
  body.results.map(({ status }: { status: string }) => status);

async function everything(w: InvitingWorld, pk: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await w.table.client.send(
      new QueryCommand({
        TableName: w.table.name,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pk },
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    found.push(...(answer.Items ?? []));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}

function bulk(w: InvitingWorld, limits: MailLimits) {
  const on = (table: Table) =>
    caller(
      inviteUseCases({ table, pageBaseUrl: "https://app.example.com", mailLimits: limits }),
      idempotencyStore(table),
    );
  const plain = on(w.table);
  type More = { as?: TestPerson; headers?: Record<string, string>; table?: Table };
  const invite = async (body: object, { as = w.ada, headers = {}, table }: More = {}): Promise<Answered> =>
    await (table === undefined ? plain : on(table))(INVITE, {
      as,
      params: { org: w.org },
      body: { kind: "member", ...body },
      headers,
    });

  const invitations = async () => await everything(w, keys.invitations(w.org));
  /** Every pending invitation has its slot, place and audit entry, and nothing else has. */
  async function expectSound(): Promise<Record<string, unknown>[]> {
    const [all, slots, audits, intents, counters] = await Promise.all([
      invitations(),
      everything(w, keys.addresses(w.org)),
      everything(w, keys.audits(w.org)),
      w.partition(`O#${w.org}#INTENTS`),
      w.counters(),
    ]);
    const pending = all.filter(({ state }) => state === "pending");
    const ids = (of: Record<string, unknown>[], name: string) =>
      of.flatMap((item) => (item[name] === undefined ? [] : [String(item[name])])).sort();
    expect(ids(slots, "invitationId")).toEqual(ids(pending, "invitationId"));
    const created = audits.filter(({ action }) => action === "invitation.created");
    expect(ids(created, "subjectId")).toEqual(ids(all, "invitationId"));
    const count = (kind: string) => pending.filter((invitation) => invitation["kind"] === kind).length;
    expect(counters).toMatchObject({ seatsReserved: count("member"), pendingGuests: count("guest") });
    expect(Number(counters?.["seatsUsed"])).toBe(Number(counters?.["seatsHeld"]) + count("member"));
    expect(Number(counters?.["guestsUsed"])).toBe(Number(counters?.["guests"]) + count("guest"));
    expect(intents).toEqual([]);
    return pending;
  }

  /** The writes that something takes, one request to the table each. */
  async function writesOf(work: () => Promise<unknown>): Promise<number> {
    const spy = vi.spyOn(w.table.client, "send");
    await work();
    const count = spy.mock.calls.filter(([command]) => WRITES.some((kind) => command instanceof kind)).length;
    spy.mockRestore();
    return count;
  }

  return { ...w, invite, invitations, expectSound, writesOf };
}

/** Organizations on the engine for many invitations at once; without a limit of seats or mails unless given. */
export function bulkWorld() {
  const world = invitingWorld();
  return async (change: Partial<Organization> = {}, limits: MailLimits = NO_LIMITS) =>
    bulk(await world({ ...roomFor(null), settings: organizationOf().settings, ...change }, limits), limits);
}

export type BulkWorld = Awaited<ReturnType<ReturnType<typeof bulkWorld>>>;
