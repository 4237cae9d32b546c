import {
  type ChatRole,
  type MemberState,
  ORG_ROLES,
  type OrgRole,
  RIGHTS,
  type Rights,
} from "./vocabulary.ts";

/** How a person stands to one organization: everything a permission may depend on, apart from the channel. */
export type Outsider = { readonly kind: "outsider" };
export type Guest = { readonly kind: "guest"; readonly state: MemberState };
export type Member = {
  readonly kind: "member";
  readonly state: MemberState;
  readonly orgRole: OrgRole;
  readonly chatRole: ChatRole;
  readonly rights: Readonly<Rights>;
};
export type Standing = Outsider | Guest | Member;

export const NO_RIGHTS: Readonly<Rights> = { suite: false, chat: false, mail: false, accounting: false };
export const ALL_RIGHTS: Readonly<Rights> = { suite: true, chat: true, mail: true, accounting: true };

/** ORG-9: what the creator of an organization becomes. */
export const FOUNDER: Member = {
  kind: "member",
  state: "active",
  orgRole: "legal_representative",
  chatRole: "admin",
  rights: NO_RIGHTS,
};

/** Whether an org role holds every management right by role (ORG-2, ORG-3, RGT-5). */
const MANAGES: Record<OrgRole, boolean> = { legal_representative: true, administrator: true, user: false };

/** ORG-2, ORG-3: an active legal representative or administrator. */
export function isOrgManager(standing: Standing): boolean {
  return isActiveMember(standing) && MANAGES[standing.orgRole];
}

/** RGT-1, RGT-2: an active member with the chat role `admin`, whatever their org role. */
export function isChatAdmin(standing: Standing): boolean {
  return isActiveMember(standing) && standing.chatRole === "admin";
}

/** ORG-5. */
export function isLegalRepresentative(standing: Standing): boolean {
  return isActiveMember(standing) && standing.orgRole === "legal_representative";
}

/** Members who are not deactivated (ORG-10). */
export function isActiveMember(standing: Standing): standing is Member {
  return standing.kind === "member" && standing.state === "active";
}

/** RGT-5: legal representatives and administrators hold every right by role, a user those on their record. */
export function effectiveRights(orgRole: OrgRole, rights: Readonly<Rights>): Readonly<Rights> {
  return MANAGES[orgRole] ? ALL_RIGHTS : rights;
}

/** The rights a person holds now; those who are not active members hold none (GST-13, ORG-10). */
export function rightsOf(standing: Standing): Readonly<Rights> {
  return isActiveMember(standing) ? effectiveRights(standing.orgRole, standing.rights) : NO_RIGHTS;
}

/** Org roles in order, a higher number holding more (ORG-7). */
export function rankOf(orgRole: OrgRole): number {
  return ORG_ROLES.length - 1 - ORG_ROLES.indexOf(orgRole);
}

/** ORG-7: whether `held` contains everything that `granted` gives. */
export function coversRights(held: Readonly<Rights>, granted: Readonly<Rights>): boolean {
  return RIGHTS.every((right) => held[right] || !granted[right]);
}
