import {
  COMMANDS,
  type CommandActor,
  type CommandName,
  MAX_INVITED,
  mayUseCommand,
  COMMAND_NAMES as NAMES,
  readCommand,
} from "@vestibule/domain/commands";
import { permit } from "@vestibule/domain/permissions";
import { CHANNEL_RELATIONS, CHANNEL_TYPES } from "@vestibule/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import { anyStanding, chatAdmin, deactivated, guest, outsider, user } from "./people.ts";

const NOW = Date.UTC(2026, 10, 22, 16);
const read = (text: string) => readCommand(text, { now: NOW, utcOffsetMinutes: 60 });

test.each<[string, object]>([
  ["/me waves  at\nall", { name: "me", text: "waves  at\nall" }],
  ["  /ME waves ", { name: "me", text: "waves" }],
  ["/topic Release **today**", { name: "topic", header: "Release **today**" }],
  ["/header Release", { name: "topic", header: "Release" }],
  ["/rename Big plans", { name: "rename", to: "Big plans" }],
  ["/invite @Ada-1a2b", { name: "invite", handles: ["ada-1a2b"] }],
  ["/invite @ada, bob @ada", { name: "invite", handles: ["ada", "bob"] }],
  ["/kick @ada", { name: "kick", handle: "ada" }],
  ["/leave", { name: "leave" }],
  ["/mute", { name: "mute", isOn: true }],
  ["/mute off", { name: "mute", isOn: false }],
  ["/fav ON", { name: "fav", isOn: true }],
  ["/away", { name: "away" }],
  ["/online", { name: "online" }],
  ["/dnd", { name: "dnd", until: undefined }],
  ["/dnd 30m", { name: "dnd", until: NOW + 30 * 60_000 }],
  ["/dnd until 18:30", { name: "dnd", until: Date.UTC(2026, 10, 22, 17, 30) }],
  ["/status", { name: "status", custom: null }],
  ["/status clear", { name: "status", custom: null }],
  ["/status 🌴", { name: "status", custom: { emoji: "🌴" } }],
  [
    "/status :palm_tree: On holiday",
    { name: "status", custom: { emoji: ":palm_tree:", text: "On holiday" } },
  ],
  ["/status In the lab", { name: "status", custom: { text: "In the lab" } }],
  ["/msg @ada", { name: "msg", handle: "ada", text: undefined }],
  ["/msg @ada Are you\nthere?", { name: "msg", handle: "ada", text: "Are you\nthere?" }],
  ["/help", { name: "help", about: undefined }],
  ["/help /kick", { name: "help", about: "kick" }],
])("MSG-13 %j is understood", (text, command) => {
  expect(read(text)).toEqual({ allowed: true, command });
});

test.each(["/me", "/topic ", "/rename", "/invite", "/invite @ä", "/kick", "/kick @a b", "/leave now"])(
  "MSG-13 %j is answered with how it is written",
  (text) => {
    const name = text.trim().split(" ")[0]?.slice(1) as CommandName;
    expect(read(text)).toMatchObject({
      allowed: false,
      code: "command-arguments",
      rule: "MSG-13",
      details: { command: name, usage: COMMANDS[name].usage },
    });
  },
);

test.each([
  "/mute maybe",
  "/mute __proto__",
  "/fav constructor",
  "/away 5m",
  "/dnd soon",
  "/msg",
  "/help everything",
  "/invite @a !",
])("MSG-13 %j is not understood", (text) => {
  expect(read(text)).toMatchObject({ code: "command-arguments", rule: "MSG-13" });
});

test.each(["hello", "", "/", "/shrug", "//me waves", "/constructor", "/ me waves"])(
  "MSG-13 %j is no command",
  (text) => {
    expect(read(text)).toEqual({ allowed: false, code: "unknown-command", rule: "MSG-13" });
  },
);

test("MSG-13 so many people are invited at once, and no more", () => {
  const handles = (count: number) => Array.from({ length: count }, (_, index) => `@p${index}`).join(" ");
  expect(read(`/invite ${handles(MAX_INVITED)}`)).toMatchObject({ allowed: true });
  expect(read(`/invite ${handles(MAX_INVITED + 1)}`)).toMatchObject({ code: "command-arguments" });
});

test("MSG-13, MSG-1 what is longer than a message is refused, and nothing takes long to read", () => {
  const dots = (count: number) => `/kick ${".".repeat(count)}!`;
  expect(read(dots(15_000))).toMatchObject({ code: "command-arguments" });
  expect(read(dots(100_000))).toMatchObject({ code: "message-too-long", rule: "MSG-1" });
  expect(read("/kick @ada.,")).toMatchObject({ command: { handle: "ada" } });
});

test("MSG-13 whatever is typed is understood or refused, and never fails", () => {
  const typed = fc.tuple(fc.constantFrom(...NAMES, "nothing"), fc.string({ unit: "binary" }));
  holds(
    fc.property(typed, ([name, rest]) => {
      const answer = read(`/${name} ${rest}`);
      if (!answer.allowed) expect(["unknown-command", "command-arguments"]).toContain(answer.code);
    }),
  );
});

const open = { type: "public", isGeneral: false, isArchived: false } as const;

function who(facts: Partial<CommandActor> = {}): CommandActor {
  return { actor: user, relation: "member", channel: open, viaCount: 0, ...facts };
}

/** What of the commands somebody may use, in their order. */
const mayUse = (actor: CommandActor) => NAMES.filter((name) => mayUseCommand(name, actor).allowed).join(" ");

const OF_GUESTS = "me leave mute fav away dnd online status msg help";

test("GST-2 a guest uses all but those that invite, remove, rename or change headers", () => {
  expect(mayUse(who({ actor: guest }))).toBe(OF_GUESTS);
  for (const name of ["topic", "rename", "invite", "kick"] as const)
    expect(mayUseCommand(name, who({ actor: guest }))).toMatchObject({
      code: "guest-restricted",
      rule: "GST-2",
    });
});

test("MSG-13 what a command does is allowed as everywhere else", () => {
  expect(mayUse(who())).toBe("me topic invite leave mute fav away dnd online status msg help");
  expect(mayUse(who({ relation: "admin" }))).toBe(NAMES.join(" "));
  expect(mayUse(who({ actor: chatAdmin }))).toBe(NAMES.join(" "));
  expect(mayUseCommand("rename", who())).toMatchObject({ code: "not-channel-admin", rule: "CH-6" });
  const archived = { channel: { ...open, isArchived: true }, relation: "admin" } as const;
  expect(mayUse(who(archived))).toBe("kick leave mute fav away dnd online status msg help");
  expect(mayUseCommand("leave", who({ channel: { ...open, isGeneral: true } }))).toMatchObject({
    code: "general-channel",
    rule: "CH-1",
  });
  expect(mayUseCommand("leave", who({ viaCount: 1 }))).toMatchObject({ code: "through-group" });
  expect(mayUse(who({ channel: { ...open, type: "direct" } }))).toBe(
    "me mute fav away dnd online status msg help",
  );
});

test("MSG-13 nobody uses commands where they are not", () => {
  for (const name of NAMES) {
    expect(mayUseCommand(name, who({ relation: "none" }))).toMatchObject({
      code: "not-channel-member",
      rule: "MSG-13",
    });
    const hidden = { relation: "none", actor: guest } as const;
    expect(mayUseCommand(name, who(hidden)).allowed).toBe(false);
    expect(mayUseCommand(name, who({ actor: outsider }))).toMatchObject({ code: "not-found" });
    expect(mayUseCommand(name, who({ actor: deactivated }))).toMatchObject({ code: "member-deactivated" });
  }
});

test("MSG-13 no command allows what its action does not", () => {
  const anyPlace = fc.record({
    actor: anyStanding,
    relation: fc.constantFrom(...CHANNEL_RELATIONS),
    channel: fc.record({
      type: fc.constantFrom(...CHANNEL_TYPES),
      isGeneral: fc.boolean(),
      isArchived: fc.boolean(),
    }),
    viaCount: fc.nat({ max: 2 }),
  });
  const actions = {
    me: "message.post",
    topic: "channel.describe",
    rename: "channel.rename",
    invite: "channel.add-people",
    kick: "channel.remove-people",
    leave: "channel.leave",
  } as const;
  holds(
    fc.property(anyPlace, (place) => {
      const facts = { standing: place.actor, relation: place.relation, channelType: place.channel.type };
      for (const [name, action] of Object.entries(actions))
        if (mayUseCommand(name as CommandName, place).allowed)
          expect(permit(action, facts).allowed).toBe(true);
    }),
  );
});
