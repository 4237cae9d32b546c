import { deny } from "@vestibule/domain/decision";
import { addressKey } from "@vestibule/domain/invitations";
import { notFound, problemOf } from "../shell/problem.ts";
import { getAddress } from "../table/addresses.ts";
import type { ShareInvitation } from "../table/invitations.ts";
import { isLogin, loginCheckWrite } from "../table/logins.ts";
import { getMailAddress, mailAddressCheck } from "../table/mail-addresses.ts";
import { getPerson } from "../table/person-records.ts";
import { getHolder, isInForce } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import type { Write } from "../table/transaction.ts";
import { closedWhatIsInTheWay } from "./outcome.ts";

/** SHR-4a, SHR-8: whether whoever is a member under the invited address was given access as one meanwhile. */
async function isHolding(table: Table, invitation: ShareInvitation): Promise<boolean> {
  const { organizationId: org, email } = invitation;
  if (email === "") return false;
  const owner = await getAddress(table, { org, kind: "member", addressKey: addressKey(email) });
  if (owner?.userId === undefined) return false;
  const [holder, record] = await Promise.all([
    getHolder(table, invitation, owner.userId),
    getPerson(table, org, owner.userId),
  ]);
  return holder !== undefined && isInForce(holder, record);
}

/**
 * SHR-3, SHR-8, MINV-7: whether the invitation to a mail address can still be taken up: the address is there and nobody's
 * login, and, where the invitation was closed, nobody has come in its place meanwhile.
 * @returns "again" where what was in the way is gone now
 * @throws Problem
 */
export async function resentShare(
  table: Table,
  invitation: ShareInvitation,
  now: number,
): Promise<"free" | "again"> {
  const { organizationId: org, addressId, address } = invitation;
  if ((await getMailAddress(table, org, addressId)) === undefined) throw notFound("mail address");
  if (await isLogin(table, addressKey(address))) throw problemOf(deny("address-is-login", "SHR-3"));
  if (invitation.state !== "expired") return "free";
  const slot = await getAddress(table, { org, kind: "share", addressKey: invitation.addressKey });
  if (slot?.userId !== undefined || (await isHolding(table, invitation)))
    throw problemOf(deny("already-has-access", "SHR-8"));
  if (slot?.invitationId === undefined) return "free";
  const denied = deny("already-invited", "MINV-7", { invitationId: slot.invitationId });
  if (await closedWhatIsInTheWay(table, denied, slot, now)) return "again";
  throw problemOf(denied);
}

/** The same as conditions of the write; that its slot is free is another. */
export function resentShareChecks(invitation: ShareInvitation): Write[] {
  return [mailAddressCheck(invitation), loginCheckWrite(addressKey(invitation.address))];
}
