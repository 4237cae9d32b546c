import { ACTIONS, type Action, everyCell, everyStanding, permit } from "@vestibule/domain/permissions";
import { CHANNEL_RELATIONS, CHAT_ROLES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import { anyMember, anyStanding, deactivated, guest, outsider, user } from "./people.ts";

/**
 * The matrix as an administrator would write it, by hand. Columns: legal representative, administrator and user, each
 * with the chat role user and admin; then the guest. `+` may, `o` may for a record of their own, `c` may in a channel
 * they are in, `-` may not.
 */
const MATRIX: Record<Action, string> = {
  //                          LRu LRa ADu ADa USu USa guest
  "organization.read": "       +   +   +   +   +   +   -",
  "organization.update": "     +   +   +   +   -   -   -",
  "usage.read": "              +   +   +   +   -   +   -",
  "audit.list": "              +   +   +   +   -   -   -",
  "member.list": "             +   +   +   +   +   +   -",
  "member.read": "             +   +   +   +   +   +   -",
  "member.list-pending": "     +   +   +   +   -   +   -",
  "member.change-org-role": "  +   +   +   +   -   -   -",
  "member.change-chat-role": " +   +   +   +   -   -   -",
  "member.change-rights": "    +   +   +   +   -   -   -",
  "member.remove": "           +   +   +   +   -   -   -",
  "member.leave": "            +   +   +   +   +   +   -",
  "member.deactivate": "       +   +   +   +   -   -   -",
  "member.reactivate": "       +   +   +   +   -   -   -",
  "invitation.create": "       -   +   -   +   -   +   -",
  "invitation.list": "         +   +   +   +   -   +   -",
  "invitation.read": "         +   +   +   +   o   +   -",
  "invitation.revoke": "       o   +   o   +   o   +   -",
  "channel.list": "            +   +   +   +   +   +   +",
  "channel.read": "            c   c   c   c   c   c   c",
  "channel.mark-read": "       c   c   c   c   c   c   c",
  "message.read": "            c   c   c   c   c   c   c",
  "message.post": "            c   c   c   c   c   c   c",
  "socket.open": "             +   +   +   +   +   +   +",
};

const MEANS: Record<string, (relation: string, isOwn: boolean) => boolean> = {
  "+": () => true,
  "-": () => false,
  o: (_, isOwn) => isOwn,
  c: (relation) => relation !== "none",
};

test.each(ACTIONS)("RGT-1 ORG-4 GST-13 %s is allowed to exactly those of the matrix", (action) => {
  const marks = MATRIX[action].trim().split(/\s+/);
  const people = ORG_ROLES.flatMap((orgRole) =>
    CHAT_ROLES.toReversed().map((chatRole) => ({ ...user, orgRole, chatRole })),
  );
  for (const [index, standing] of [...people, guest].entries())
    for (const relation of CHANNEL_RELATIONS)
      for (const isOwn of [false, true]) {
        const expected = MEANS[marks[index] ?? ""]?.(relation, isOwn);
        const decision = permit(action, { standing, relation, isOwn });
        expect({ standing, relation, isOwn, allowed: decision.allowed }).toEqual({
          standing,
          relation,
          isOwn,
          allowed: expected,
        });
      }
});

/** What is said to whom, and by which rule: `code rule`, for a plain user outside the channel and for a guest. */
const REFUSALS: Record<Action, readonly [user: string | null, guest: string | null]> = {
  "organization.read": [null, "guest-restricted GST-13"],
  "organization.update": ["not-org-manager ORG-4", "guest-restricted GST-13"],
  "usage.read": ["not-manager SEAT-10", "guest-restricted GST-13"],
  "audit.list": ["not-org-manager INV-18", "guest-restricted GST-13"],
  "member.list": [null, "guest-restricted GST-13"],
  "member.read": [null, "guest-restricted GST-13"],
  "member.list-pending": ["not-manager MINV-4", "guest-restricted GST-13"],
  "member.change-org-role": ["not-org-manager ORG-7", "guest-restricted GST-13"],
  "member.change-chat-role": ["not-org-manager RGT-3", "guest-restricted GST-13"],
  "member.change-rights": ["not-org-manager RGT-5", "guest-restricted GST-13"],
  "member.remove": ["not-org-manager ORG-4", "guest-restricted GST-13"],
  "member.leave": [null, "guest-restricted GST-13"],
  "member.deactivate": ["not-org-manager ORG-4", "guest-restricted GST-13"],
  "member.reactivate": ["not-org-manager ORG-4", "guest-restricted GST-13"],
  "invitation.create": ["not-chat-admin RGT-1", "guest-restricted GST-12"],
  "invitation.list": ["not-manager MINV-4", "guest-restricted GST-13"],
  "invitation.read": ["not-manager INV-11", "guest-restricted GST-13"],
  "invitation.revoke": ["not-chat-admin INV-8", "guest-restricted GST-12"],
  "channel.list": [null, null],
  "channel.read": ["not-channel-member CH-5", "not-found GST-9"],
  "channel.mark-read": ["not-channel-member CH-11", "not-found GST-9"],
  "message.read": ["not-channel-member MSG-4", "not-found GST-9"],
  "message.post": ["not-channel-member MSG-4", "not-found GST-9"],
  "socket.open": [null, null],
};

test.each(ACTIONS)("GST-17 a refusal of %s says which rule and why", (action) => {
  const said = [user, guest].map((standing) => {
    const decision = permit(action, { standing });
    return decision.allowed ? null : `${decision.code} ${decision.rule}`;
  });
  expect(said).toEqual(REFUSALS[action]);
});

test.each(ACTIONS)(
  "INV-15 ORG-10 %s is refused to outsiders as unknown, and to the deactivated",
  (action) => {
    for (const relation of CHANNEL_RELATIONS)
      for (const isOwn of [false, true]) {
        const ask = (standing: Parameters<typeof permit>[1]["standing"]) =>
          permit(action, { standing, relation, isOwn });
        expect(ask(outsider)).toEqual({ allowed: false, code: "not-found", rule: "INV-15" });
        expect(ask({ ...guest, state: "deactivated" })).toEqual({
          allowed: false,
          code: "not-found",
          rule: "GINV-10",
        });
        expect(ask(deactivated)).toEqual({ allowed: false, code: "member-deactivated", rule: "ORG-10" });
      }
  },
);

test("RGT-1 the table lists each of its cells once, as permit decides it", () => {
  const cells = [...everyCell()];
  expect(cells).toHaveLength(ACTIONS.length * [...everyStanding()].length * CHANNEL_RELATIONS.length * 2);
  expect(new Set(cells.map(({ decision: _, ...cell }) => JSON.stringify(cell))).size).toBe(cells.length);
  for (const { action, decision, ...who } of cells) expect(permit(action, who)).toEqual(decision);
});

const anyAction = fc.constantFrom(...ACTIONS);
const anyRelation = fc.constantFrom(...CHANNEL_RELATIONS);

test("ORG-4 GST-13 there is no right without a standing in the organization", () => {
  holds(
    fc.property(anyAction, anyStanding, anyRelation, fc.boolean(), (action, standing, relation, isOwn) => {
      const decision = permit(action, { standing, relation, isOwn });
      if (decision.allowed) expect(standing).toMatchObject({ state: "active" });
    }),
    { numRuns: 500 },
  );
});

test("MSG-4 nobody reads, posts or marks in a channel they are not in", () => {
  const inChannel = fc.constantFrom<Action>(
    "channel.read",
    "message.read",
    "message.post",
    "channel.mark-read",
  );
  holds(
    fc.property(inChannel, anyStanding, fc.boolean(), (action, standing, isOwn) => {
      expect(permit(action, { standing, relation: "none", isOwn }).allowed).toBe(false);
    }),
  );
});

test("ORG-4 RGT-1 raising an org, chat or channel role takes no right away", () => {
  const higher = <T>(roles: readonly T[]) =>
    fc.tuple(fc.nat(roles.length - 1), fc.nat(roles.length - 1)).map(([a, b]) => {
      const [high, low] = [roles[Math.min(a, b)], roles[Math.max(a, b)]];
      return { high: high as T, low: low as T };
    });
  holds(
    fc.property(
      anyAction,
      anyMember,
      higher(ORG_ROLES),
      higher(CHAT_ROLES),
      higher(CHANNEL_RELATIONS.toReversed()),
      fc.boolean(),
      (action, someone, org, chat, channel, isOwn) => {
        const before = permit(action, {
          standing: { ...someone, orgRole: org.low, chatRole: chat.low },
          relation: channel.low,
          isOwn,
        });
        const after = permit(action, {
          standing: { ...someone, orgRole: org.high, chatRole: chat.high },
          relation: channel.high,
          isOwn,
        });
        if (before.allowed) expect(after.allowed).toBe(true);
      },
    ),
    { numRuns: 1_000 },
  );
});

test("GST-13 a guest may nothing that a plain member in the same place may not", () => {
  for (const action of ACTIONS)
    for (const relation of CHANNEL_RELATIONS)
      if (permit(action, { standing: guest, relation }).allowed)
        expect(permit(action, { standing: user, relation }).allowed).toBe(true);
});
