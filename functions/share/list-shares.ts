import { stateAt } from "@vestibule/domain/invitations";
import type * as z from "zod";
import { presentInvitation } from "../contract/invitation.ts";
import { presentGroupShare, type shareShape } from "../contract/share.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { type GroupShare, listAccess } from "../table/group-shares.ts";
import { getGroups } from "../table/groups.ts";
import { factsOf } from "../table/invitations.ts";
import type { MailAddress } from "../table/mail-addresses.ts";
import type { Page } from "../table/read.ts";
import { invitationsOfSlots, listShareSlots } from "../table/share-invitations.ts";
import type { Holder } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import type { listSharesRoute } from "./contract.ts";
import { loadMailAddress } from "./load-mail-address.ts";
import { presentHolders } from "./present-holders.ts";

type Share = z.infer<typeof shareShape>;
type PlaceInList = { readonly limit: number; readonly after: string | undefined };

/** Pages read for one answer at most: where much is not in force, an answer is short, with a cursor to go on. */
const MOST_READS = 10;

/** Cursors of the second part of the list begin so; those of the first are sort keys of another form. */
const PENDING = "pending ";

async function readAccess(table: Table, address: MailAddress, place: PlaceInList): Promise<Page<Share>> {
  const page = await listAccess(table, address, place);
  const groupIds = page.items.flatMap((item) => (item.kind === "group" ? [item.groupId] : []));
  const people = page.items.filter((item): item is Holder => item.kind === "holder");
  const [groups, holders] = await Promise.all([
    getGroups(table, address.organizationId, groupIds),
    presentHolders(table, address, people),
  ]);
  const show = (item: GroupShare | Holder): Share[] => {
    if (item.kind === "holder") return [holders.get(item.userId)].filter((holder) => holder !== undefined);
    const group = groups.get(item.groupId);
    return group === undefined ? [] : [presentGroupShare(item, group.name)];
  };
  return { items: page.items.flatMap(show), after: page.after ?? PENDING };
}

async function readPending(
  table: Table,
  address: MailAddress,
  { limit, after }: PlaceInList,
  now: number,
): Promise<Page<Share>> {
  const from = after?.slice(PENDING.length);
  const page = await listShareSlots(table, address, { limit, after: from === "" ? undefined : from });
  const pending = (await invitationsOfSlots(table, page.items)).filter(
    (invitation) => stateAt(factsOf(invitation), now) === "pending",
  );
  const items = pending.map((invitation): Share => {
    return { kind: "invitation", invitation: presentInvitation(invitation, now) };
  });
  return { items, after: page.after === undefined ? undefined : `${PENDING}${page.after}` };
}

/** SHR-6: who has access to a mail address, groups, then people, and whom it is offered to. */
export async function listShares(table: Table, request: Request<typeof listSharesRoute>): Promise<Answer> {
  const { params, query, now } = request;
  const { address } = await loadMailAddress(table, request, "share.list");
  const scope = ["shares", params.org, params.adr];
  const items: Share[] = [];
  let after = readCursor(scope, query.cursor);
  for (let reads = 0; reads < MOST_READS && items.length < query.limit; reads += 1) {
    const place = { limit: query.limit - items.length, after };
    const page = after?.startsWith(PENDING)
      ? await readPending(table, address, place, now)
      : await readAccess(table, address, place);
    items.push(...page.items);
    after = page.after;
    if (after === undefined) break;
  }
  return { status: 200, body: { items, nextCursor: cursorOf(scope, after) } };
}
