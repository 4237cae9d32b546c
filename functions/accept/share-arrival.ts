import { addressKey } from "@vestibule/domain/invitations";
import type { AttachTo } from "@vestibule/domain/shares";
import type { ShareInvitation } from "../table/invitations.ts";
import { isLogin } from "../table/logins.ts";
import { getMailAddress, type MailAddress } from "../table/mail-addresses.ts";
import { getMember, type Member } from "../table/members.ts";
import { type OwnAddress, readOwnAddress } from "../table/own-address.ts";
import { getPerson } from "../table/person-records.ts";
import { getProfile } from "../table/profiles.ts";
import { getHolder, type Holder, isInForce, PERSONAL, shareSlot } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import type { AcceptRequest, FoundOf } from "./arrival.ts";
import { loginKey } from "./invitee.ts";
import { type Registering, registering } from "./registration.ts";

/** Somebody who is to have access to a mail address, with what is known of them and of it. */
export type ShareArrival = Registering & {
  readonly found: FoundOf<"share">;
  /** `undefined`: it was deleted meanwhile. */
  readonly mailAddress: MailAddress | undefined;
  /** Whether somebody signs in with the mail address (SHR-3). */
  readonly isLogin: boolean;
  /** Their own access that is in force (SHR-8), and what an ended membership has left of one, which is not. */
  readonly held: Holder | undefined;
  readonly leftBehind: Holder | undefined;
  readonly own: OwnAddress;
  readonly attachTo: AttachTo;
  /** Their record in the organization that they attach it to. */
  readonly attachment: Member | undefined;
};

/** SHR-7: a space of their own, or an organization that they are an active member of. */
async function loadAttachment(table: Table, { body, person }: AcceptRequest) {
  const { attachTo = PERSONAL } = body;
  if (attachTo === PERSONAL) return { attachTo: { kind: "personal" }, attachment: undefined } as const;
  const attachment = await getMember(table, attachTo, person.userId);
  const isTheirs = attachment?.state === "active";
  return { attachTo: { kind: "organization", organizationId: attachTo, isTheirs }, attachment } as const;
}

async function loadAccess(table: Table, invitation: ShareInvitation, userId: string) {
  const [holder, record] = await Promise.all([
    getHolder(table, invitation, userId),
    getPerson(table, invitation.organizationId, userId),
  ]);
  const isHeld = holder !== undefined && isInForce(holder, record);
  return { held: isHeld ? holder : undefined, leftBehind: isHeld ? undefined : holder };
}

/** Reads what the acceptance of a share is decided on. */
export async function loadShareArrival(
  table: Table,
  request: AcceptRequest,
  found: FoundOf<"share">,
): Promise<ShareArrival> {
  const { invitation } = found;
  const { userId } = request.person;
  const login = loginKey(request.person);
  const ownKey = login === "" ? "" : shareSlot(invitation, login).addressKey;
  const { organizationId: org, addressId, addressKey: invited } = invitation;
  const [mailAddress, isSomebodysLogin, access, own, attachment, profile] = await Promise.all([
    getMailAddress(table, org, addressId),
    isLogin(table, addressKey(invitation.address)),
    loadAccess(table, invitation, userId),
    readOwnAddress(table, { org, kind: "share", addressKey: invited }, ownKey),
    loadAttachment(table, request),
    getProfile(table, userId),
  ]);
  return {
    found,
    mailAddress,
    isLogin: isSomebodysLogin,
    ...access,
    own,
    ...attachment,
    ...registering(request, found, profile),
  };
}
