import { idSuffix, newSecret, sha256 } from "../shell/ids.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { isoTime, type Table } from "../table/table.ts";
import { putTicket } from "../table/tickets.ts";
import type { createSocketTicketRoute } from "./contract.ts";

const TICKET_MS = 60_000;

/** A ticket that opens one WebSocket within a minute; it names its organization, and only its hash is kept. */
export async function createSocketTicket(
  { table, socketUrl }: { table: Table; socketUrl: string },
  { params, person, now }: Request<typeof createSocketTicketRoute>,
): Promise<Answer> {
  await actorWho(table, { org: params.org, userId: person.userId, now }, "socket.open");
  const ticket = `${idSuffix(params.org)}.${newSecret()}`;
  const endsAt = now + TICKET_MS;
  await putTicket(table, {
    organizationId: params.org,
    hash: sha256(ticket),
    userId: person.userId,
    endsAt,
  });
  const url = `${socketUrl}?ticket=${ticket}`;
  return { status: 201, body: { ticket, url, expiresAt: isoTime(endsAt) } };
}
