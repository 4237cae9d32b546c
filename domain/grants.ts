import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import {
  coversRights,
  isActiveMember,
  isLegalRepresentative,
  rankOf,
  rightsOf,
  type Standing,
} from "./people.ts";
import { permit } from "./permissions.ts";
import type { ChatRole, OrgRole, Rights } from "./vocabulary.ts";

/** MINV-2: what a member invitation gives. */
export type Grant = {
  readonly orgRole: OrgRole;
  readonly chatRole: ChatRole;
  readonly rights: Readonly<Rights>;
};

/**
 * RGT-1, MINV-1, ORG-5, ORG-7: whether somebody may invite people into this. Only chat admins invite, so that either
 * chat role is theirs to give; rights beside a managing role say nothing (RGT-5).
 */
export function mayGrant(actor: Standing, { orgRole, rights }: Grant): Decision {
  const mayInvite = permit("invitation.create", { standing: actor });
  if (!mayInvite.allowed || !isActiveMember(actor)) return mayInvite;
  return firstDenial(
    mayGrantLegalRepresentative(actor, orgRole),
    rankOf(orgRole) <= rankOf(actor.orgRole) ? allow() : deny("role-above-own", "MINV-1"),
    orgRole === "user" ? mayGrantRights(actor, rights) : allow(),
  );
}

/** ORG-7: nobody grants a right that they do not hold. */
export function mayGrantRights(actor: Standing, rights: Readonly<Rights>): Decision {
  return coversRights(rightsOf(actor), rights) ? allow() : deny("rights-above-own", "ORG-7");
}

/** ORG-5, by role change and by invitation alike. */
export function mayGrantLegalRepresentative(actor: Standing, to: OrgRole): Decision {
  if (to !== "legal_representative" || isLegalRepresentative(actor)) return allow();
  return deny("legal-representative-only", "ORG-5");
}
