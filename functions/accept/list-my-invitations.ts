import { stateAt } from "@vestibule/domain/invitations";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { factsOf, type Invitation } from "../table/invitations.ts";
import { getNamedInvitations } from "../table/invitations-by-id.ts";
import { hashOfAddress, recipientInvitations } from "../table/recipients.ts";
import type { Table } from "../table/table.ts";
import type { myInvitationsRoute } from "./contract.ts";
import { channelsOf, describe, shownState } from "./describe-invitation.ts";
import { demandVerified, isAddressedTo, withAllFacts } from "./load-invitation.ts";

const SCOPE = ["my-invitations"];

/** The newest first: ids are time-ordered. */
const newestFirst = (a: Invitation, b: Invitation): number => (a.invitationId < b.invitationId ? 1 : -1);

/**
 * INV-6, INV-15: what the verified address of whoever asks is invited to, in all organizations. What the address's item
 * names is a hint: each invitation is looked at itself, and so is what it rests on (INV-14).
 */
export async function listMyInvitations(
  table: Table,
  { person, query, now }: Request<typeof myInvitationsRoute>,
): Promise<Answer> {
  demandVerified(person);
  const after = readCursor([...SCOPE, person.userId], query.cursor);
  const named = await recipientInvitations(table, hashOfAddress(person.email));
  const invitations = (await getNamedInvitations(table, named))
    .filter((invitation) => stateAt(factsOf(invitation), now) === "pending")
    .filter((invitation) => isAddressedTo(invitation, person))
    .filter(({ invitationId }) => after === undefined || invitationId < after)
    .sort(newestFirst);
  const page = invitations.slice(0, query.limit);
  const found = await withAllFacts(table, page);
  const standing = found.filter((one) => shownState(one, now) === "pending");
  const items = await Promise.all(
    standing.map(async (one) => ({
      id: one.invitation.invitationId,
      organizationId: one.invitation.organizationId,
      state: "pending",
      ...describe(one),
      ...(await channelsOf(table, one.invitation)),
    })),
  );
  const last = invitations.length > page.length ? page.at(-1)?.invitationId : undefined;
  return { status: 200, body: { items, nextCursor: cursorOf([...SCOPE, person.userId], last) } };
}
