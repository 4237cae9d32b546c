import {
  ALL_RIGHTS,
  coversRights,
  effectiveRights,
  FOUNDER,
  isActiveMember,
  isChatAdmin,
  isLegalRepresentative,
  isOrgManager,
  NO_RIGHTS,
  rankOf,
  rightsOf,
} from "@vestibule/domain/people";
import { ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import {
  administrator,
  anyOrgRole,
  anyRights,
  chatAdmin,
  deactivated,
  guest,
  legalRepresentative,
  member,
  outsider,
  user,
} from "./people.ts";

test("ORG-2 ORG-3 legal representatives and administrators manage, nobody else", () => {
  const managers = [legalRepresentative, administrator, user, chatAdmin, guest, outsider, deactivated];
  expect(managers.map(isOrgManager)).toEqual([true, true, false, false, false, false, false]);
});

test("RGT-1 the chat role makes a chat admin, the org role does not", () => {
  const people = [legalRepresentative, administrator, user, chatAdmin, guest, outsider, deactivated];
  expect(people.map(isChatAdmin)).toEqual([false, false, false, true, false, false, false]);
});

test("ORG-9 the creator is legal representative and chat admin", () => {
  expect(isLegalRepresentative(FOUNDER) && isChatAdmin(FOUNDER) && isActiveMember(FOUNDER)).toBe(true);
});

test("RGT-5 managers hold every right by role, a user those on their record", () => {
  const rights = { ...NO_RIGHTS, mail: true };
  expect(effectiveRights("legal_representative", rights)).toEqual(ALL_RIGHTS);
  expect(effectiveRights("administrator", NO_RIGHTS)).toEqual(ALL_RIGHTS);
  expect(effectiveRights("user", rights)).toEqual(rights);
});

test("RGT-4 ORG-4 a chat admin with the org role user manages nothing by that", () => {
  expect(rightsOf(chatAdmin)).toEqual(NO_RIGHTS);
});

test("GST-13 ORG-10 guests, outsiders and the deactivated hold no right", () => {
  expect([guest, outsider, deactivated].map(rightsOf)).toEqual([NO_RIGHTS, NO_RIGHTS, NO_RIGHTS]);
  expect(rightsOf(member({ state: "deactivated", rights: ALL_RIGHTS }))).toEqual(NO_RIGHTS);
});

test("ORG-7 the ranks follow the roles", () => {
  expect(ORG_ROLES.map(rankOf)).toEqual([2, 1, 0]);
});

test("RGT-5 raising an org role takes no right away", () => {
  holds(
    fc.property(anyOrgRole, anyOrgRole, anyRights, (a, b, rights) => {
      const [low, high] = rankOf(a) <= rankOf(b) ? [a, b] : [b, a];
      expect(coversRights(effectiveRights(high, rights), effectiveRights(low, rights))).toBe(true);
    }),
  );
});
