import { presentMailAddress } from "../contract/share.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { listMailAddresses } from "../table/mail-addresses.ts";
import type { Table } from "../table/table.ts";
import type { listMailAddressesRoute } from "./contract.ts";

/** SHR-2: the organization's mail addresses, to those who manage its mail. */
export async function readMailAddresses(
  table: Table,
  { params, person, query, now }: Request<typeof listMailAddressesRoute>,
): Promise<Answer> {
  const { org } = params;
  await actorWho(table, { org, userId: person.userId, now }, "mail-address.list");
  const scope = ["mail-addresses", org];
  const page = await listMailAddresses(table, org, {
    limit: query.limit,
    after: readCursor(scope, query.cursor),
  });
  const items = page.items.map(presentMailAddress);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}
