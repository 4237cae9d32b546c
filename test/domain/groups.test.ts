import {
  groupNameKey,
  mayBeInGroup,
  mayJoinGroup,
  mayLeaveGroup,
  mayPutInGroup,
  mayTakeFromGroup,
} from "@vestibule/domain/groups";
import { expect, test } from "vitest";
import { administrator, chatAdmin, deactivated, guest, outsider, user } from "./people.ts";

const allowed = { allowed: true };
const refused = (code: string, rule: string) => ({ allowed: false, code, rule });
const open = { isOpen: true };
const closed = { isOpen: false };

test("CH-9 members join and leave open groups by themselves, and no others", () => {
  for (const may of [mayJoinGroup, mayLeaveGroup]) {
    expect(may({ actor: user, group: open })).toEqual(allowed);
    expect(may({ actor: user, group: closed })).toEqual(refused("group-not-open", "CH-9"));
  }
});

test("GST-10 guests join no group, open or not", () => {
  for (const group of [open, closed]) {
    expect(mayJoinGroup({ actor: guest, group })).toEqual(refused("guest-restricted", "GST-10"));
    expect(mayLeaveGroup({ actor: guest, group })).toEqual(refused("guest-restricted", "GST-10"));
    expect(mayPutInGroup({ actor: guest, isSelf: true, target: guest, group })).toEqual(
      refused("guest-restricted", "GST-10"),
    );
  }
});

test("CH-8 managers and chat admins put members into groups, themselves too, and take them out", () => {
  for (const actor of [administrator, chatAdmin])
    for (const isSelf of [true, false]) {
      expect(mayPutInGroup({ actor, isSelf, target: user, group: closed })).toEqual(allowed);
      expect(mayTakeFromGroup({ actor, isSelf, group: closed })).toEqual(allowed);
    }
  expect(mayPutInGroup({ actor: user, isSelf: false, target: user, group: open })).toEqual(
    refused("not-manager", "CH-8"),
  );
  expect(mayTakeFromGroup({ actor: user, isSelf: false, group: open })).toEqual(
    refused("not-manager", "CH-8"),
  );
});

test("CH-9 members put themselves into open groups, and take themselves out", () => {
  expect(mayPutInGroup({ actor: user, isSelf: true, target: user, group: open })).toEqual(allowed);
  expect(mayTakeFromGroup({ actor: user, isSelf: true, group: open })).toEqual(allowed);
  expect(mayPutInGroup({ actor: user, isSelf: true, target: user, group: closed })).toEqual(
    refused("group-not-open", "CH-9"),
  );
  expect(mayTakeFromGroup({ actor: user, isSelf: true, group: closed })).toEqual(
    refused("group-not-open", "CH-9"),
  );
});

test("CH-8 a group is a set of members: no guest, stranger or deactivated member", () => {
  expect(mayBeInGroup(user)).toEqual(allowed);
  expect(mayBeInGroup(guest)).toEqual(refused("guest-not-in-groups", "CH-8"));
  for (const target of [outsider, deactivated, { ...guest, state: "deactivated" } as const])
    expect(mayPutInGroup({ actor: chatAdmin, isSelf: false, target, group: open })).toEqual(
      refused("not-found", "CH-8"),
    );
});

test("CH-8 names that read alike are one name", () => {
  expect(groupNameKey("  Équipe   Un ")).toBe(groupNameKey("equipe un"));
  expect(groupNameKey("team 1")).not.toBe(groupNameKey("team 2"));
});
