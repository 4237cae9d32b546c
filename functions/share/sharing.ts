import { mayShare, type ShareTarget } from "@vestibule/domain/shares";
import type { Request } from "../shell/route.ts";
import { type Actor, demand } from "../shell/standing.ts";
import { getAddress } from "../table/addresses.ts";
import type { Origin } from "../table/audit.ts";
import { groupsAmong } from "../table/group-people.ts";
import { listGroupShares } from "../table/group-shares.ts";
import { isLogin, loginCheckWrite } from "../table/logins.ts";
import { type MailAddress, mailAddressCheck } from "../table/mail-addresses.ts";
import { unchangedCheck } from "../table/members.ts";
import { getPerson } from "../table/person-records.ts";
import { getHolder, isInForce } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import type { Write } from "../table/transaction.ts";
import type { shareRoute } from "./contract.ts";
import { loadMailAddress } from "./load-mail-address.ts";

export type ShareRequest = Request<typeof shareRoute>;

/** A mail address that somebody is about to share, and what speaks against it whoever it is shared with (SHR-3). */
export type Sharing = {
  readonly actor: Actor;
  readonly address: MailAddress;
  readonly isNamedAlready: boolean;
  readonly isLogin: boolean;
};

/** SHR-3: whether the member whose own address this is has access to it, or is to have it with a group. */
async function isNamedAmongUsers(table: Table, address: MailAddress, groupId?: string): Promise<boolean> {
  const { organizationId: org, addressKey } = address;
  const owner = await getAddress(table, { org, kind: "member", addressKey });
  if (owner?.userId === undefined) return false;
  const { userId } = owner;
  const [holder, record, shares] = await Promise.all([
    getHolder(table, address, userId),
    getPerson(table, org, userId),
    listGroupShares(table, address),
  ]);
  if (holder !== undefined && isInForce(holder, record)) return true;
  const groupIds = [...shares.map((share) => share.groupId), ...(groupId === undefined ? [] : [groupId])];
  return (await groupsAmong(table, org, userId, groupIds)).size > 0;
}

/** Reads what every share is decided on. @throws Problem 403, 404 */
export async function loadSharing(table: Table, request: ShareRequest): Promise<Sharing> {
  const { actor, address } = await loadMailAddress(table, request, "share.create");
  const [isNamedAlready, isTaken] = await Promise.all([
    isNamedAmongUsers(table, address, request.body.groupId),
    isLogin(table, address.addressKey),
  ]);
  return { actor, address, isNamedAlready, isLogin: isTaken };
}

/** SHR-2, SHR-3, SHR-8. @throws Problem 401, 403, 409 */
export function demandShare(sharing: Sharing, { person, now }: ShareRequest, target: ShareTarget): void {
  const { actor, address, isNamedAlready, isLogin } = sharing;
  const { signedInAt } = person;
  const sharer = { actor: actor.standing, signedInAt, now };
  demand(mayShare({ ...sharer, address: address.address, isNamedAlready, isLogin, target }));
}

/**
 * The conditions of every share: that its actor still may, that the mail address is there, and that nobody signs in with
 * it (labels `actor`, `mail address`, `login`; SHR-2, SHR-3).
 */
export function sharingChecks({ actor, address }: Sharing): Write[] {
  return [
    unchangedCheck("actor", actor.person),
    mailAddressCheck(address),
    loginCheckWrite(address.addressKey),
  ];
}

/** Who shares, for the log. */
export function originOf({ person, sourceIp, now }: ShareRequest): Origin {
  return { actorId: person.userId, sourceIp, now };
}
