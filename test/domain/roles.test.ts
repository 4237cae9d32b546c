import { mayGrantRights } from "@vestibule/domain/grants";
import {
  ALL_RIGHTS,
  coversRights,
  NO_RIGHTS,
  rankOf,
  rightsOf,
  type Standing,
} from "@vestibule/domain/people";
import {
  mayChangeChatRole,
  mayChangeOrgRole,
  mayChangeRights,
  mayDeactivate,
  mayReactivate,
  mayRemove,
} from "@vestibule/domain/roles";
import { ORG_ROLES, type OrgRole } from "@vestibule/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import {
  administrator,
  anyMember,
  anyOrgRole,
  anyRights,
  anyStanding,
  chatAdmin,
  deactivated,
  guest,
  legalRepresentative,
  member,
  outsider,
  user,
} from "./people.ts";

const allowed = { allowed: true };
const refused = (code: string, rule: string) => ({ allowed: false, code, rule });

/** Two legal representatives, one manager acting on somebody else, unless said otherwise. */
function setup(
  actor: Standing,
  orgRole: OrgRole,
  facts: { isSelf?: boolean; legalRepresentatives?: number; state?: "active" | "deactivated" } = {},
) {
  const { isSelf = false, legalRepresentatives = 2, state = "active" } = facts;
  return { actor, isSelf, target: { orgRole, state }, legalRepresentatives };
}

/** Every change of org role, by whom: `+` may, `5` refused by ORG-5 (legal representatives only). */
const ROLE_CHANGES: Record<
  OrgRole,
  Record<OrgRole, { byLegalRepresentative: string; byAdministrator: string }>
> = {
  legal_representative: {
    legal_representative: { byLegalRepresentative: "+", byAdministrator: "5" },
    administrator: { byLegalRepresentative: "+", byAdministrator: "5" },
    user: { byLegalRepresentative: "+", byAdministrator: "5" },
  },
  administrator: {
    legal_representative: { byLegalRepresentative: "+", byAdministrator: "5" },
    administrator: { byLegalRepresentative: "+", byAdministrator: "+" },
    user: { byLegalRepresentative: "+", byAdministrator: "+" },
  },
  user: {
    legal_representative: { byLegalRepresentative: "+", byAdministrator: "5" },
    administrator: { byLegalRepresentative: "+", byAdministrator: "+" },
    user: { byLegalRepresentative: "+", byAdministrator: "+" },
  },
};

test.each(ORG_ROLES.flatMap((from) => ORG_ROLES.map((to) => [from, to] as const)))(
  "ORG-5 ORG-7 from %s to %s is changed by those who may",
  (from, to) => {
    const expected = { "+": allowed, "5": refused("legal-representative-only", "ORG-5") };
    const { byLegalRepresentative, byAdministrator } = ROLE_CHANGES[from][to];
    expect(mayChangeOrgRole({ ...setup(legalRepresentative, from), to })).toEqual(
      expected[byLegalRepresentative as "+"],
    );
    expect(mayChangeOrgRole({ ...setup(administrator, from), to })).toEqual(expected[byAdministrator as "+"]);
    for (const actor of [user, chatAdmin, member({ rights: ALL_RIGHTS })])
      expect(mayChangeOrgRole({ ...setup(actor, from), to })).toEqual(refused("not-org-manager", "ORG-7"));
    expect(mayChangeOrgRole({ ...setup(outsider, from), to })).toEqual(refused("not-found", "INV-15"));
    expect(mayChangeOrgRole({ ...setup(guest, from), to })).toEqual(refused("guest-restricted", "GST-13"));
    expect(mayChangeOrgRole({ ...setup(deactivated, from), to })).toEqual(
      refused("member-deactivated", "ORG-10"),
    );
  },
);

const lastOne = refused("last-legal-representative", "ORG-6");

test("ORG-6 the last legal representative is not demoted, not even by themselves", () => {
  for (const to of ["administrator", "user"] as const) {
    const facts = setup(legalRepresentative, "legal_representative", {
      isSelf: true,
      legalRepresentatives: 1,
    });
    expect(mayChangeOrgRole({ ...facts, to })).toEqual(lastOne);
    expect(mayChangeOrgRole({ ...facts, to, legalRepresentatives: 2 })).toEqual(allowed);
  }
});

test("ORG-6 the last legal representative keeping the role is no demotion", () => {
  const facts = setup(legalRepresentative, "legal_representative", { isSelf: true, legalRepresentatives: 1 });
  expect(mayChangeOrgRole({ ...facts, to: "legal_representative" })).toEqual(allowed);
});

test("ORG-6 a deactivated legal representative is not counted, and can be demoted or removed", () => {
  const facts = setup(legalRepresentative, "legal_representative", {
    legalRepresentatives: 1,
    state: "deactivated",
  });
  expect(mayChangeOrgRole({ ...facts, to: "user" })).toEqual(allowed);
  expect(mayRemove(facts)).toEqual(allowed);
});

test("ORG-6 the last legal representative neither leaves nor is removed nor deactivated", () => {
  for (const isSelf of [true, false]) {
    const facts = setup(legalRepresentative, "legal_representative", { isSelf, legalRepresentatives: 1 });
    expect(mayRemove(facts)).toEqual(lastOne);
    expect(mayDeactivate(facts)).toEqual(lastOne);
    expect(mayRemove({ ...facts, legalRepresentatives: 2 })).toEqual(allowed);
    expect(mayDeactivate({ ...facts, legalRepresentatives: 2 })).toEqual(allowed);
  }
});

test("ORG-10 every member may leave, guests and outsiders have nothing to leave", () => {
  for (const actor of [legalRepresentative, administrator, user, chatAdmin])
    expect(mayRemove(setup(actor, actor.orgRole, { isSelf: true }))).toEqual(allowed);
  expect(mayRemove(setup(guest, "user", { isSelf: true }))).toEqual(refused("guest-restricted", "GST-13"));
  expect(mayRemove(setup(outsider, "user", { isSelf: true }))).toEqual(refused("not-found", "INV-15"));
});

test("ORG-4 ORG-5 managers remove and deactivate; only legal representatives do it to one of theirs", () => {
  for (const decide of [mayRemove, mayDeactivate]) {
    expect(decide(setup(administrator, "administrator"))).toEqual(allowed);
    expect(decide(setup(administrator, "user"))).toEqual(allowed);
    expect(decide(setup(administrator, "legal_representative"))).toEqual(
      refused("legal-representative-only", "ORG-5"),
    );
    expect(decide(setup(legalRepresentative, "legal_representative"))).toEqual(allowed);
    expect(decide(setup(chatAdmin, "user"))).toEqual(refused("not-org-manager", "ORG-4"));
  }
});

test("ORG-10 deactivating is for the active, reactivating for the deactivated", () => {
  expect(mayDeactivate(setup(administrator, "user", { state: "deactivated" }))).toEqual(
    refused("already-deactivated", "ORG-10"),
  );
  const seats = { limit: 3, held: 1, reserved: 0 };
  expect(mayReactivate({ ...setup(administrator, "user"), seats })).toEqual(
    refused("already-active", "ORG-10"),
  );
});

test("SEAT-9 reactivation needs a free seat, and the role to do it", () => {
  const facts = setup(administrator, "user", { state: "deactivated" });
  expect(mayReactivate({ ...facts, seats: { limit: 3, held: 1, reserved: 1 } })).toEqual(allowed);
  expect(mayReactivate({ ...facts, seats: { limit: 3, held: 2, reserved: 1 } })).toEqual({
    ...refused("quota-exceeded", "SEAT-9"),
    details: { quota: "seats", limit: 3, used: 3 },
  });
  const seats = { limit: null, held: 1, reserved: 0 };
  expect(mayReactivate({ ...facts, actor: user, seats })).toEqual(refused("not-org-manager", "ORG-4"));
  expect(
    mayReactivate({ ...setup(administrator, "legal_representative", { state: "deactivated" }), seats }),
  ).toEqual(refused("legal-representative-only", "ORG-5"));
});

test("RGT-3 the chat role is changed by managers, and not by chat admins without the org role", () => {
  expect(mayChangeChatRole({ actor: legalRepresentative })).toEqual(allowed);
  expect(mayChangeChatRole({ actor: administrator })).toEqual(allowed);
  for (const actor of [user, chatAdmin])
    expect(mayChangeChatRole({ actor })).toEqual(refused("not-org-manager", "RGT-3"));
});

test("RGT-5 rights are set for users only, by managers", () => {
  const rights = { ...NO_RIGHTS, chat: true };
  for (const actor of [legalRepresentative, administrator]) {
    expect(mayChangeRights({ actor, target: { orgRole: "user" }, rights })).toEqual(allowed);
    for (const orgRole of ["administrator", "legal_representative"] as const)
      expect(mayChangeRights({ actor, target: { orgRole }, rights })).toEqual(
        refused("rights-by-role", "RGT-5"),
      );
  }
  const actor = member({ chatRole: "admin", rights: ALL_RIGHTS });
  expect(mayChangeRights({ actor, target: { orgRole: "user" }, rights })).toEqual(
    refused("not-org-manager", "RGT-5"),
  );
});

test("ORG-7 a right that is not held is not granted", () => {
  const actor = member({ rights: { ...NO_RIGHTS, mail: true } });
  expect(mayGrantRights(actor, { ...NO_RIGHTS, mail: true })).toEqual(allowed);
  expect(mayGrantRights(actor, { ...NO_RIGHTS, chat: true })).toEqual(refused("rights-above-own", "ORG-7"));
});

test("ORG-7 nobody grants an org role above their own, nor touches somebody above them", () => {
  holds(
    fc.property(
      anyStanding,
      anyMember,
      anyOrgRole,
      fc.boolean(),
      fc.nat(3),
      (actor, target, to, isSelf, others) => {
        const facts = { actor, isSelf, target, to, legalRepresentatives: others + 1 };
        if (!mayChangeOrgRole(facts).allowed) return;
        expect(actor.kind).toBe("member");
        if (actor.kind !== "member") return;
        expect(rankOf(actor.orgRole)).toBeGreaterThanOrEqual(rankOf(to));
        expect(rankOf(actor.orgRole)).toBeGreaterThanOrEqual(rankOf(target.orgRole));
      },
    ),
    { numRuns: 1_000 },
  );
});

test("ORG-7 nobody grants a right above their own", () => {
  holds(
    fc.property(anyStanding, anyOrgRole, anyRights, (actor, orgRole, rights) => {
      if (mayChangeRights({ actor, target: { orgRole }, rights }).allowed)
        expect(coversRights(rightsOf(actor), rights)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("ORG-6 whatever managers do to one another, a legal representative remains", () => {
  const step = fc.record({
    by: fc.nat(4),
    to: fc.nat(4),
    act: fc.oneof(fc.constantFrom("remove", "deactivate", "reactivate"), anyOrgRole),
  });
  holds(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const people: Standing[] = [legalRepresentative, legalRepresentative, administrator, user, chatAdmin];
      for (const { by, to, act } of steps) {
        const [actor, target] = [people[by] ?? outsider, people[to]];
        if (target?.kind !== "member") continue;
        const facts = { actor, isSelf: by === to, target, legalRepresentatives: representatives(people) };
        people[to] = applied(facts, target, act);
        expect(representatives(people)).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: 300 },
  );
});

function representatives(people: readonly Standing[]): number {
  return people.filter(
    (person) =>
      person.kind === "member" && person.state === "active" && person.orgRole === "legal_representative",
  ).length;
}

function applied(
  facts: Parameters<typeof mayRemove>[0],
  target: ReturnType<typeof member>,
  act: OrgRole | "remove" | "deactivate" | "reactivate",
): Standing {
  switch (act) {
    case "remove":
      return mayRemove(facts).allowed ? outsider : target;
    case "deactivate":
      return mayDeactivate(facts).allowed ? { ...target, state: "deactivated" } : target;
    case "reactivate":
      return mayReactivate({ ...facts, seats: { limit: null, held: 0, reserved: 0 } }).allowed
        ? { ...target, state: "active" }
        : target;
    default:
      return mayChangeOrgRole({ ...facts, to: act }).allowed ? { ...target, orgRole: act } : target;
  }
}
