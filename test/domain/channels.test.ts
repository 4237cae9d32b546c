import {
  addStatus,
  CHANNEL_CHANGES,
  type ChannelActor,
  type ChannelChangeFacts,
  checkHandle,
  HANDLE,
  handleFrom,
  MAX_DEFAULT_CHANNELS,
  mayAddPeople,
  mayAttachGroup,
  mayChangeChannel,
  mayChangeChannelRole,
  mayCreateChannel,
  mayDetachGroup,
  mayJoin,
  mayLeave,
  mayRemovePerson,
} from "@vestibule/domain/channels";
import type { Decision } from "@vestibule/domain/decision";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import { administrator, chatAdmin, deactivated, guest, outsider, user } from "./people.ts";

const allowed = { allowed: true };
const refused = (code: string, rule: string) => ({ allowed: false, code, rule });
const said = (decision: Decision) => (decision.allowed ? "+" : decision.code);

const room = { limit: 5, used: 4 };
const full = { limit: 5, used: 5 };
const open = { type: "public", isGeneral: false, isArchived: false } as const;
const general = { ...open, isGeneral: true };
const archived = { ...open, isArchived: true };
const closed = { ...open, type: "private" } as const;
const direct = { ...open, type: "direct" } as const;

/** A chat admin who is in the channel, unless said otherwise. */
function setup(facts: Partial<ChannelActor> = {}): ChannelActor {
  return { actor: chatAdmin, relation: "member", channel: open, ...facts };
}

/** Every change with room for it. */
const CHANGES: readonly ChannelChangeFacts[] = [
  { change: "rename" },
  { change: "describe" },
  { change: "make-private", quota: room },
  { change: "make-public", quota: room },
  { change: "set-default", defaults: 0 },
  { change: "unset-default" },
  { change: "archive" },
  { change: "restore", quota: room },
  { change: "delete" },
];

const changes = (facts: ChannelActor) =>
  Object.fromEntries(
    CHANGES.map((change) => [change.change, said(mayChangeChannel({ ...facts, ...change }))]),
  );

test("CH-6 CH-7 what a chat admin may do to a public channel, as it is", () => {
  expect(CHANGES.map(({ change }) => change).sort()).toEqual([...CHANNEL_CHANGES].sort());
  expect(changes(setup())).toEqual({
    rename: "+",
    describe: "+",
    "make-private": "+",
    "make-public": "already-public",
    "set-default": "+",
    "unset-default": "+",
    archive: "+",
    restore: "not-archived",
    delete: "+",
  });
});

test("CH-1 General keeps its place: it is renamed and described, and nothing else", () => {
  expect(changes(setup({ channel: general }))).toEqual({
    rename: "+",
    describe: "+",
    "make-private": "general-channel",
    "make-public": "already-public",
    "set-default": "general-channel",
    "unset-default": "general-channel",
    archive: "general-channel",
    restore: "not-archived",
    delete: "general-channel",
  });
});

test("CH-7 an archived channel is restored or deleted, and nothing else", () => {
  expect(changes(setup({ channel: archived }))).toEqual({
    rename: "channel-archived",
    describe: "channel-archived",
    "make-private": "channel-archived",
    "make-public": "already-public",
    "set-default": "channel-archived",
    "unset-default": "channel-archived",
    archive: "already-archived",
    restore: "+",
    delete: "+",
  });
});

test("CH-6 a private channel is made public by a chat admin who is in it", () => {
  const change = { change: "make-public", quota: room } as const;
  expect(mayChangeChannel({ ...setup({ channel: closed }), ...change })).toEqual(allowed);
  expect(mayChangeChannel({ ...setup({ channel: closed, relation: "none" }), ...change })).toEqual(
    refused("not-found", "CH-5"),
  );
  expect(mayChangeChannel({ ...setup({ channel: closed }), change: "make-private", quota: room })).toEqual(
    refused("already-private", "CH-6"),
  );
});

test("CH-6 a channel admin makes private and archives, but neither publishes nor deletes", () => {
  expect(changes(setup({ actor: user, relation: "admin", channel: closed }))).toEqual({
    rename: "+",
    describe: "+",
    "make-private": "already-private",
    "make-public": "not-chat-admin",
    "set-default": "not-manager",
    "unset-default": "not-manager",
    archive: "+",
    restore: "not-archived",
    delete: "not-chat-admin",
  });
});

test("CH-3 nothing is done to a conversation, and a stranger does not find it", () => {
  for (const answer of Object.values(changes(setup({ channel: direct }))))
    expect(answer).toBe("not-in-conversations");
  for (const answer of Object.values(changes(setup({ channel: direct, relation: "none" }))))
    expect(answer).toBe("not-found");
});

test("GST-14 a guest changes no channel, and does not find those they are not in", () => {
  for (const answer of Object.values(changes(setup({ actor: guest }))))
    expect(answer).toBe("guest-restricted");
  for (const answer of Object.values(changes(setup({ actor: guest, relation: "none" }))))
    expect(answer).toBe("not-found");
});

test("SEAT-8 CH-7 creating, converting and restoring need a free place of the type they lead to", () => {
  const over = (quota: string) => ({ ...refused("quota-exceeded", "SEAT-8"), details: { quota, ...full } });
  for (const type of ["public", "private"] as const) {
    expect(mayCreateChannel({ actor: user, type, quota: full })).toEqual(over(`${type}Channels`));
    expect(mayCreateChannel({ actor: user, type, quota: room })).toEqual(allowed);
    const restored = { ...archived, type };
    expect(mayChangeChannel({ ...setup({ channel: restored }), change: "restore", quota: full })).toEqual(
      over(`${type}Channels`),
    );
  }
  expect(mayChangeChannel({ ...setup(), change: "make-private", quota: full })).toEqual(
    over("privateChannels"),
  );
  expect(mayChangeChannel({ ...setup({ channel: closed }), change: "make-public", quota: full })).toEqual(
    over("publicChannels"),
  );
});

test("CH-4 GST-14 members create channels, guests do not", () => {
  expect(mayCreateChannel({ actor: guest, type: "private", quota: room })).toEqual(
    refused("guest-restricted", "GST-14"),
  );
});

test("CH-2 managers choose default channels in their sight, as many as there can be", () => {
  const set = (facts: Partial<ChannelActor>, defaults = 0) =>
    said(mayChangeChannel({ ...setup(facts), change: "set-default", defaults }));
  expect(set({ actor: administrator, relation: "none" })).toBe("+");
  expect(set({ actor: administrator, relation: "none", channel: closed })).toBe("not-found");
  expect(set({ actor: user, relation: "admin" })).toBe("not-manager");
  expect(set({}, MAX_DEFAULT_CHANNELS - 1)).toBe("+");
  expect(set({}, MAX_DEFAULT_CHANNELS)).toBe("too-many-defaults");
});

test("CH-5 GST-10 members join public channels that are not archived; guests join none", () => {
  const join = (facts: Partial<ChannelActor>) => said(mayJoin(setup({ relation: "none", ...facts })));
  expect(join({ actor: user })).toBe("+");
  expect(join({ actor: user, channel: archived })).toBe("channel-archived");
  expect(join({ actor: user, channel: archived, relation: "member" })).toBe("+");
  expect(join({ channel: closed })).toBe("not-found");
  expect(join({ actor: guest })).toBe("not-found");
  expect(mayJoin(setup({ actor: guest }))).toEqual(refused("guest-restricted", "GST-10"));
});

test("CH-1 CH-9 GINV-9 people leave, but members not General, and nobody who is there through a group", () => {
  const leave = (facts: Partial<ChannelActor>, viaCount = 0) => said(mayLeave({ ...setup(facts), viaCount }));
  expect(leave({ actor: user })).toBe("+");
  expect(leave({ actor: user, channel: archived })).toBe("+");
  expect(leave({ actor: user, channel: general })).toBe("general-channel");
  expect(leave({ actor: guest, channel: general })).toBe("+");
  expect(leave({ actor: guest, channel: closed })).toBe("+");
  expect(leave({ actor: user }, 1)).toBe("through-group");
  expect(leave({ actor: user, channel: direct })).toBe("not-in-conversations");
  expect(leave({ actor: guest, channel: direct })).toBe("not-in-conversations");
  expect(leave({ actor: user, relation: "none" })).toBe("not-channel-member");
});

test("CH-5 CH-7 GST-12 those in a channel add people, chat admins to public ones; guests never", () => {
  const add = (facts: Partial<ChannelActor>) => said(mayAddPeople(setup(facts)));
  expect(add({ actor: user, channel: closed })).toBe("+");
  expect(add({ actor: user, relation: "none" })).toBe("not-channel-member");
  expect(add({ relation: "none" })).toBe("+");
  expect(add({ relation: "none", channel: closed })).toBe("not-found");
  expect(add({ channel: archived })).toBe("channel-archived");
  expect(add({ channel: direct })).toBe("not-in-conversations");
  expect(mayAddPeople(setup({ actor: guest }))).toEqual(refused("guest-restricted", "GST-12"));
});

test("CH-8 each person added is answered: added, there already, or nobody", () => {
  expect(addStatus({ standing: user, relation: "none" })).toBe("added");
  expect(addStatus({ standing: guest, relation: "none" })).toBe("added");
  for (const relation of ["member", "admin"] as const)
    expect(addStatus({ standing: user, relation })).toBe("already-member");
  for (const standing of [outsider, deactivated, { ...guest, state: "deactivated" } as const])
    expect(addStatus({ standing, relation: "none" })).toBe("not-found");
});

test("CH-6 CH-9 CH-1 channel managers remove people, but not members of General or of a group in it", () => {
  const remove = (facts: Partial<ChannelActor>, kind: "member" | "guest" = "member", viaCount = 0) =>
    said(mayRemovePerson({ ...setup(facts), target: { kind, viaCount } }));
  expect(remove({})).toBe("+");
  expect(remove({ actor: user, relation: "admin" })).toBe("+");
  expect(remove({ actor: user })).toBe("not-channel-admin");
  expect(remove({ channel: archived })).toBe("+");
  expect(remove({ channel: general })).toBe("general-channel");
  expect(remove({ channel: general }, "guest")).toBe("+");
  expect(remove({}, "member", 2)).toBe("through-group");
  expect(remove({ channel: direct })).toBe("not-in-conversations");
});

test("CH-6 GST-14 channel managers name channel admins, never a guest, and none in General", () => {
  const change = (facts: Partial<ChannelActor>, kind: "member" | "guest" = "member") =>
    mayChangeChannelRole({ ...setup(facts), target: { kind } });
  expect(change({ actor: user, relation: "admin" })).toEqual(allowed);
  expect(change({}, "guest")).toEqual(refused("guest-not-channel-admin", "GST-14"));
  expect(change({ channel: general })).toEqual(refused("general-channel", "CH-1"));
  expect(change({ channel: archived })).toEqual(refused("channel-archived", "CH-7"));
  expect(change({ actor: user })).toEqual(refused("not-channel-admin", "CH-6"));
});

test("CH-9 groups are attached by those who add people, and detached by channel managers", () => {
  expect(mayAttachGroup(setup({ actor: user }))).toEqual(allowed);
  expect(mayAttachGroup(setup({ channel: general }))).toEqual(refused("general-channel", "CH-1"));
  expect(mayAttachGroup(setup({ channel: archived }))).toEqual(refused("channel-archived", "CH-7"));
  expect(mayDetachGroup(setup({ actor: user }))).toEqual(refused("not-channel-admin", "CH-6"));
  expect(mayDetachGroup(setup({ channel: archived }))).toEqual(allowed);
});

test.each([
  ["Marketing & Sales", "marketing-sales"],
  ["Équipe  Zürich", "equipe-zurich"],
  ["v2.0_beta", "v2.0_beta"],
  ["日本", "channel"],
  ["!!!", "channel"],
  ["x".repeat(80), "x".repeat(64)],
])("CH-4 the handle of %s is %s", (name, handle) => {
  expect(handleFrom(name)).toBe(handle);
});

test("CH-4 every name gives a handle, and every other handle is checked", () => {
  holds(
    fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (name) => {
      expect(handleFrom(name)).toMatch(HANDLE);
    }),
  );
  expect(checkHandle("a.b-c_1")).toEqual(allowed);
  for (const handle of ["", "A", "a b", "é", "x".repeat(65), "a\n"])
    expect(checkHandle(handle)).toEqual(refused("handle-invalid", "CH-4"));
});
