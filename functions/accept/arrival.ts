import type { Denied } from "@vestibule/domain/decision";
import type { Request } from "../shell/route.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { getInvitation, type Invitation } from "../table/invitations.ts";
import { type OwnAddress, readOwnAddress } from "../table/own-address.ts";
import { getPerson, type PersonRecord } from "../table/person-records.ts";
import { getProfile } from "../table/profiles.ts";
import type { Table } from "../table/table.ts";
import type { acceptRoute } from "./contract.ts";
import { loginKey } from "./invitee.ts";
import { type Found, refusedHolder } from "./load-invitation.ts";
import { type Registering, registering } from "./registration.ts";

type WithLink = Request<typeof acceptRoute>;

/** A request to accept, however the invitation was found. */
export type AcceptRequest = Pick<WithLink, "person" | "sourceIp" | "now"> & {
  readonly body: Omit<WithLink["body"], "token">;
};

/** The invitation of a kind, as it was found. */
export type FoundOf<Kind extends Invitation["kind"]> = Found & {
  readonly invitation: Extract<Invitation, { kind: Kind }>;
};

/** An invitee who wants to come in, with what is known of them. */
export type Arrival<Kind extends Invitation["kind"]> = Registering & {
  readonly found: FoundOf<Kind>;
  readonly existing: PersonRecord | undefined;
  readonly own: OwnAddress;
};

/** Reads what is known of the person: their record here, what they registered, and the address they signed in with. */
export async function loadArrival<Kind extends "member" | "guest">(
  table: Table,
  request: AcceptRequest,
  found: FoundOf<Kind>,
): Promise<Arrival<Kind>> {
  const { userId } = request.person;
  const { organizationId: org, kind, addressKey: invited }: Invitation = found.invitation;
  const [existing, profile, own] = await Promise.all([
    getPerson(table, org, userId),
    getProfile(table, userId),
    readOwnAddress(table, { org, kind, addressKey: invited }, loginKey(request.person)),
  ]);
  return { found, existing, own, ...registering(request, found, profile) };
}

/**
 * Refuses an acceptance, unless the invitation has changed since it was read: the facts are read one after the other,
 * and the same person's other request, carried out in between, is to get the same success (INV-5). A refusal leaves the
 * invitation pending, but that of INV-14: a sender who may no longer invite leaves a revoked one behind.
 * @throws Problem of the denial
 */
export async function refuse(table: Table, found: Found, denied: Denied, now: number): Promise<"again"> {
  const { organizationId, invitationId, version } = found.invitation;
  const current = await getInvitation(table, organizationId, invitationId);
  if (current?.version !== version) return "again";
  if (denied.rule === "INV-14") {
    const origin = { actorId: "system", sourceIp: undefined, now };
    await closeInvitation(table, found.invitation, "revoked", origin);
  }
  throw refusedHolder(found, denied);
}
