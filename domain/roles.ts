import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import { mayGrantLegalRepresentative, mayGrantRights } from "./grants.ts";
import type { Standing } from "./people.ts";
import { permit } from "./permissions.ts";
import { mayHoldSeat, type SeatCounters } from "./seats.ts";
import type { MemberState, OrgRole, Rights } from "./vocabulary.ts";

/** What a change of somebody's membership depends on. `legalRepresentatives` counts the active ones. */
export type PersonChange = {
  readonly actor: Standing;
  readonly isSelf: boolean;
  readonly target: Target;
  readonly legalRepresentatives: number;
};
export type Target = { readonly orgRole: OrgRole; readonly state: MemberState };

/** ORG-5, ORG-6, ORG-7: org roles are changed by managers, that of legal representative by its bearers only. */
export function mayChangeOrgRole(facts: PersonChange & { readonly to: OrgRole }): Decision {
  const { actor, target, to } = facts;
  return firstDenial(
    permit("member.change-org-role", { standing: actor }),
    mayGrantLegalRepresentative(actor, to),
    mayTouch(actor, target),
    to === "legal_representative" ? allow() : keepsOne(facts),
  );
}

/** RGT-3: the chat role is changed by managers, on their own record too; being chat admin does not help. */
export function mayChangeChatRole({ actor }: { readonly actor: Standing }): Decision {
  return permit("member.change-chat-role", { standing: actor });
}

/** RGT-5, ORG-7: rights are set on the record of a user, by managers, and never above their own. */
export function mayChangeRights(facts: {
  readonly actor: Standing;
  readonly target: Pick<Target, "orgRole">;
  readonly rights: Readonly<Rights>;
}): Decision {
  return firstDenial(
    permit("member.change-rights", { standing: facts.actor }),
    facts.target.orgRole === "user" ? allow() : deny("rights-by-role", "RGT-5"),
    mayGrantRights(facts.actor, facts.rights),
  );
}

/** ORG-5, ORG-6, ORG-10: members leave by themselves, managers remove. */
export function mayRemove(facts: PersonChange): Decision {
  const { actor, isSelf, target } = facts;
  return firstDenial(
    permit(isSelf ? "member.leave" : "member.remove", { standing: actor }),
    isSelf ? allow() : mayTouch(actor, target),
    keepsOne(facts),
  );
}

/** ORG-5, ORG-6, ORG-10: managers deactivate. */
export function mayDeactivate(facts: PersonChange): Decision {
  const { actor, target } = facts;
  return firstDenial(
    permit("member.deactivate", { standing: actor }),
    mayTouch(actor, target),
    target.state === "active" ? allow() : deny("already-deactivated", "ORG-10"),
    keepsOne(facts),
  );
}

/** ORG-5, SEAT-9: managers reactivate, when a seat is free. */
export function mayReactivate(facts: {
  readonly actor: Standing;
  readonly target: Target;
  readonly seats: SeatCounters;
}): Decision {
  const { actor, target, seats } = facts;
  return firstDenial(
    permit("member.reactivate", { standing: actor }),
    mayTouch(actor, target),
    target.state === "deactivated" ? allow() : deny("already-active", "ORG-10"),
    mayHoldSeat(seats),
  );
}

/** ORG-5: demoting, removing or deactivating a legal representative takes the role. */
export function mayTouch(actor: Standing, target: Target): Decision {
  return mayGrantLegalRepresentative(actor, target.orgRole);
}

/** ORG-6: one active legal representative always remains. */
export function keepsOne({
  target,
  legalRepresentatives,
}: Pick<PersonChange, "target" | "legalRepresentatives">): Decision {
  const isCounted = target.orgRole === "legal_representative" && target.state === "active";
  return isCounted && legalRepresentatives <= 1 ? deny("last-legal-representative", "ORG-6") : allow();
}
