import { sumRights } from "@vestibule/domain/shares";
import type * as z from "zod";
import type { myMailAddressShape, Source } from "../contract/share.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { groupsOf } from "../table/group-people.ts";
import { sharesOfGroup } from "../table/group-shares.ts";
import { getGroups } from "../table/groups.ts";
import { getMailAddresses, type MailAddressKey } from "../table/mail-addresses.ts";
import type { Member } from "../table/members.ts";
import { getOrganizations } from "../table/organizations.ts";
import { recordsOf } from "../table/person-records.ts";
import { isInForce, PERSONAL, sharesOf } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import type { myMailAddressesRoute } from "./contract.ts";

type MyMailAddress = z.infer<typeof myMailAddressShape>;

/** One way in which somebody has access to a mail address. */
type Access = MailAddressKey & {
  readonly source: Source;
  readonly attachedTo: string;
  readonly since: string;
};

/** What somebody has of their own (SHR-4). What was attached to an organization that they have left is personal. */
async function ownAccess(
  table: Table,
  userId: string,
  records: ReadonlyMap<string, Member>,
): Promise<Access[]> {
  const holders = await sharesOf(table, userId);
  return holders
    .filter((holder) => isInForce(holder, records.get(holder.organizationId)))
    .map(({ organizationId, addressId, rights, attachedTo, createdAt }) => ({
      organizationId,
      addressId,
      source: { kind: "own", rights },
      attachedTo: records.has(attachedTo) ? attachedTo : PERSONAL,
      since: createdAt,
    }));
}

/** What a member has through their groups (SHR-8). */
async function groupAccess(table: Table, { organizationId: org, userId }: Member): Promise<Access[]> {
  const ids = await groupsOf(table, org, userId);
  const groups = await getGroups(table, org, ids);
  const shares = await Promise.all([...groups.keys()].map((id) => sharesOfGroup(table, org, id)));
  return shares.flat().map(({ addressId, groupId, rights, createdAt }) => ({
    organizationId: org,
    addressId,
    source: { kind: "group", groupId, rights },
    attachedTo: org,
    since: createdAt,
  }));
}

/** The mail addresses of all these ways, own access first, each once with the rights of all (SHR-8). */
async function describe(table: Table, all: readonly Access[]): Promise<MyMailAddress[]> {
  const [addresses, organizations] = await Promise.all([
    getMailAddresses(table, all),
    getOrganizations(table, [...new Set(all.map(({ organizationId }) => organizationId))]),
  ]);
  const names = new Map(organizations.map(({ organizationId, name }) => [organizationId, name]));
  const byAddress = Map.groupBy(all, ({ addressId }) => addressId);
  return [...byAddress].flatMap(([id, ways]) => {
    const [first] = ways;
    const mailAddress = addresses.get(id);
    const name = names.get(mailAddress?.organizationId ?? "");
    if (first === undefined || mailAddress === undefined || name === undefined) return [];
    const sources = ways.map(({ source }) => source);
    const { address, organizationId } = mailAddress;
    return [
      {
        id,
        address,
        name: mailAddress.name ?? null,
        organization: { id: organizationId, name },
        rights: sumRights(sources),
        sources,
        attachedTo: first.attachedTo,
        since: first.since,
      },
    ];
  });
}

const placeOf = ({ organization, address, id }: MyMailAddress): string =>
  `${organization.name}\n${address}\n${id}`;

/** SHR-1, SHR-7: the mail addresses that I have access to, of my own or through groups, by organization and address. */
export async function listMyMailAddresses(
  table: Table,
  { person, query }: Request<typeof myMailAddressesRoute>,
): Promise<Answer> {
  const { userId } = person;
  const active = (await recordsOf(table, userId)).filter(
    (record): record is Member => record.kind === "member" && record.state === "active",
  );
  const records = new Map(active.map((record) => [record.organizationId, record]));
  const [own, ...throughGroups] = await Promise.all([
    ownAccess(table, userId, records),
    ...active.map((record) => groupAccess(table, record)),
  ]);
  const described = await describe(table, [...own, ...throughGroups.flat()]);
  const all = described.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const scope = ["my-mail-addresses", userId];
  const after = readCursor(scope, query.cursor);
  const from = all.filter((item) => after === undefined || placeOf(item) > after);
  const items = from.slice(0, query.limit);
  const last = items.at(-1);
  const next = from.length > items.length && last !== undefined ? placeOf(last) : undefined;
  return { status: 200, body: { items, nextCursor: cursorOf(scope, next) } };
}
