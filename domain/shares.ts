import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import {
  type AcceptDecision,
  type InvitationFacts,
  type Invitee,
  isInvitee,
  isRegistered,
  overDenial,
  sameAddress,
  stateAt,
} from "./invitations.ts";
import { isActiveMember, type Standing } from "./people.ts";
import { permit } from "./permissions.ts";
import type { Registration } from "./registration.ts";
import { type InvitationState, SHARE_RIGHTS, type ShareRight } from "./vocabulary.ts";

/** SHR-2: how long ago somebody may have signed in to give access to a mail address. */
export const RECENT_SIGN_IN_MS = 15 * 60_000;

/** SHR-2: mail managers: those with the product right `mail`, on their record or by their org role. */
export function mayManageShares(standing: Standing): Decision {
  return permit("share.create", { standing });
}

/** SHR-2: a token that does not say when its bearer signed in is not recent. */
export function isRecentSignIn(signedInAt: number | null | undefined, now: number): boolean {
  return typeof signedInAt === "number" && now - signedInAt <= RECENT_SIGN_IN_MS;
}

/** Who gives access, and when they signed in (epoch ms). */
export type Sharer = {
  readonly actor: Standing;
  readonly signedInAt: number | null | undefined;
  readonly now: number;
};

function signedInRecently({ signedInAt, now }: Sharer): Decision {
  return isRecentSignIn(signedInAt, now) ? allow() : deny("reauthentication-required", "SHR-2");
}

/** Whom a mail address is shared with; `email` is `null` of a group, and of a link for whoever holds it (SHR-4). */
export type ShareTarget = {
  readonly email: string | null;
  /** Access of their own; what they have through a group only adds up (SHR-8). */
  readonly hasAccess: boolean;
  readonly pendingInvitationId?: string | undefined;
};

/**
 * SHR-2, SHR-3, SHR-8, MINV-7: whether a mail address may be shared with somebody. `isNamedAlready`: its list of users,
 * holders and pending ones, names somebody with that same address. `isLogin`: somebody signs in with it.
 */
export function mayShare(
  facts: Sharer & {
    readonly address: string;
    readonly isNamedAlready: boolean;
    readonly isLogin: boolean;
    readonly target: ShareTarget;
  },
): Decision {
  const { address, target } = facts;
  const isSame = target.email !== null && sameAddress(target.email, address);
  return firstDenial(
    mayManageShares(facts.actor),
    signedInRecently(facts),
    facts.isNamedAlready || isSame ? deny("address-conflict", "SHR-3") : allow(),
    facts.isLogin ? deny("address-is-login", "SHR-3") : allow(),
    target.hasAccess ? deny("already-has-access", "SHR-8") : allow(),
    target.pendingInvitationId === undefined
      ? allow()
      : deny("already-invited", "MINV-7", { invitationId: target.pendingInvitationId }),
  );
}

/** SHR-2, SHR-5: rights are narrowed and widened, and a pending share sent again, as access is given. */
export function mayChangeShare(facts: Sharer): Decision {
  return firstDenial(permit("share.update", { standing: facts.actor }), signedInRecently(facts));
}

/** SHR-5: mail managers take access away, however long ago they signed in; holders give up their own, members or not. */
export function mayRemoveShare(facts: { readonly actor: Standing; readonly isSelf: boolean }): Decision {
  return facts.isSelf ? allow() : permit("share.remove", { standing: facts.actor });
}

/**
 * SHR-2: whoever puts people, themselves included, into a group that has access to mail addresses gives it to them: that
 * is the mail managers' to do, however open the group is.
 */
export function mayGiveMailOfGroup(facts: { readonly actor: Standing; readonly hasMail: boolean }): Decision {
  return facts.hasMail ? mayManageShares(facts.actor) : allow();
}

/** SHR-6: who sees holders and pending invitations of a mail address. */
export function maySeeShares(viewer: Standing): Decision {
  return permit("share.list", { standing: viewer });
}

/** SHR-6, INV-11: a share's invitation is seen by mail managers, and by its sender. */
export function maySeeShareInvitation(facts: {
  readonly viewer: Standing;
  readonly isSender: boolean;
}): Decision {
  return facts.isSender && isActiveMember(facts.viewer) ? allow() : maySeeShares(facts.viewer);
}

/** SHR-4: access given to a member as such lasts while they are an active one; that by invitation does not depend on it. */
export function isHolding(holder: {
  readonly via: "member" | "invitation";
  readonly standing: Standing;
}): boolean {
  return holder.via === "invitation" || isActiveMember(holder.standing);
}

/** SHR-8: rights that come from several sources add up. */
export function sumRights(sources: readonly { readonly rights: readonly ShareRight[] }[]): ShareRight[] {
  return SHARE_RIGHTS.filter((right) => sources.some(({ rights }) => rights.includes(right)));
}

/** A share's invitation as stored; its state may still say `pending` past its date. */
export type ShareInvitationFacts = Pick<
  InvitationFacts,
  "state" | "expiresAt" | "email" | "strict" | "acceptedBy"
>;

/** INV-14, INV-15: the state a holder of the link is shown; `revoked` once the sender manages no mail any more. */
export function sharePreviewState(facts: {
  readonly invitation: Pick<ShareInvitationFacts, "state" | "expiresAt">;
  readonly senderStanding: Standing;
  readonly now: number;
}): InvitationState {
  const state = stateAt(facts.invitation, facts.now);
  return state === "pending" && !mayManageShares(facts.senderStanding).allowed ? "revoked" : state;
}

/** SHR-7: what the address is to be attached to: the person's own space, or an organization, theirs or not. */
export type AttachTo =
  | { readonly kind: "personal" }
  | { readonly kind: "organization"; readonly organizationId: string; readonly isTheirs: boolean };

/**
 * INV-5, 6, 7, 14, SHR-3, 7, 8, 9: whether this person may take up a share now. `holdsOwn`: they have access of their
 * own, through a group does not count. Every denial but INV-14's leaves the invitation as it is.
 */
export function mayAcceptShare(facts: {
  readonly invitation: ShareInvitationFacts;
  readonly senderStanding: Standing;
  readonly person: Invitee;
  readonly hasSecondFactor: boolean;
  readonly address: string;
  readonly isLogin: boolean;
  readonly holdsOwn: boolean;
  readonly registration: Registration;
  readonly attachTo: AttachTo;
  readonly now: number;
}): AcceptDecision {
  const { invitation, person } = facts;
  const isTheirs = invitation.state === "accepted" && invitation.acceptedBy === person.userId;
  if (isTheirs && facts.holdsOwn) return { allowed: true, repeat: true };
  const decision = firstDenial(
    overDenial(stateAt(invitation, facts.now)) ?? allow(),
    mayManageShares(facts.senderStanding).allowed ? allow() : deny("invitation-revoked", "INV-14"),
    isInvitee(invitation, person),
    sameAddress(person.email, facts.address) ? deny("address-conflict", "SHR-3") : allow(),
    facts.isLogin ? deny("address-is-login", "SHR-3") : allow(),
    facts.holdsOwn ? deny("already-has-access", "SHR-8") : allow(),
    facts.hasSecondFactor ? allow() : deny("mfa-required", "SHR-9"),
    isRegistered({ ...facts.registration, asksPhone: true }),
    isOwnSpace(facts.attachTo),
  );
  return decision.allowed ? { allowed: true, repeat: false } : decision;
}

/** SHR-7, INV-15: an organization that is not theirs does not exist to them. */
function isOwnSpace(attachTo: AttachTo): Decision {
  if (attachTo.kind === "personal" || attachTo.isTheirs) return allow();
  return deny("not-found", "SHR-7", { organizationId: attachTo.organizationId });
}
