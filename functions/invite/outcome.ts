import type { Denied } from "@vestibule/domain/decision";
import type { Request } from "../shell/route.ts";
import type { Address } from "../table/addresses.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { getInvitation, type Invitation } from "../table/invitations.ts";
import type { Table } from "../table/table.ts";
import type { inviteRoute } from "./invite-contract.ts";

type Body = Request<typeof inviteRoute>["body"];
type TermsOf<Kind extends Body["kind"]> = Omit<Extract<Body, { kind: Kind }>, "invitees">;

/** What every address of a request is invited with. */
export type MemberTerms = TermsOf<"member">;
export type GuestTerms = TermsOf<"guest">;

/** Somebody who is invited, by an address that was checked. */
export type Invitee = {
  readonly email: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
};

/** Somebody to invite, and the id that their invitation is to have: it is named before it is written. */
export type Candidate = {
  readonly invitee: Invitee;
  readonly invitationId: string;
  /** No mail was charged, since they were a guest when it was planned: they are added to channels or nothing (INV-13). */
  readonly isOnlyAdded?: boolean;
};

/** What became of one address: invited, with the secret if the caller is to have it (INV-3); added (GINV-6); or why not. */
export type InviteOutcome =
  | { readonly kind: "invited"; readonly invitation: Invitation; readonly secret: string | undefined }
  | { readonly kind: "added"; readonly channelIds: readonly string[] }
  | { readonly kind: "refused"; readonly denied: Denied; readonly pending?: Invitation };

/**
 * What became of the addresses of a request, by their place in it. `skipped`: for the sake of another one (INV-10);
 * `busy`: the table was, for longer than is retried.
 */
export type Outcomes = Map<number, InviteOutcome | { readonly kind: "skipped" } | { readonly kind: "busy" }>;

/** MINV-7, SEAT-4: whether the invitation in the way was past its date and is closed by now. */
export async function closedWhatIsInTheWay(
  table: Table,
  denied: Denied,
  address: Address | undefined,
  now: number,
): Promise<boolean> {
  if (denied.code !== "already-invited" || address?.invitationId === undefined) return false;
  const pending = await getInvitation(table, address.organizationId, address.invitationId);
  if (pending === undefined || pending.endsAt > now) return false;
  await closeInvitation(table, pending, "expired", { actorId: "system", sourceIp: undefined, now });
  return true;
}

/** The refusal of an address, which points to the invitation that is pending for it (MINV-7). */
export async function refusal(
  table: Table,
  denied: Denied,
  address: Address | undefined,
): Promise<InviteOutcome> {
  if (denied.code !== "already-invited" || address?.invitationId === undefined)
    return { kind: "refused", denied };
  const pending = await getInvitation(table, address.organizationId, address.invitationId);
  return { kind: "refused", denied, ...(pending === undefined ? {} : { pending }) };
}
