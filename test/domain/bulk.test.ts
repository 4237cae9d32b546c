import { type InvitePlan, planInvites } from "@vestibule/domain/bulk";
import type { GuestAddressFacts } from "@vestibule/domain/guests";
import type { AddressFacts } from "@vestibule/domain/invitations";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";

const free = { kind: "free" } as const;
const roomy = { limit: null, held: 1, reserved: 0 };

const asked = <Facts>(...addresses: [string | undefined, Facts][]) =>
  addresses.map(([addressKey, address]) => ({ addressKey, address }));

const said = ({ items }: InvitePlan) => items.map(({ status }) => status);

test("INV-10 each address has its answer, in the order of the request; a bad one spoils no other", () => {
  const plan = planInvites({
    kind: "member",
    isMailed: true,
    seats: roomy,
    asked: asked<AddressFacts>(
      ["a@x.org", free],
      [undefined, free],
      ["b@x.org", { kind: "member" }],
      ["c@x.org", { kind: "pending", invitationId: "inv_1" }],
      ["d@x.org", { kind: "guest" }],
    ),
  });
  expect(said(plan)).toEqual(["invited", "invalid-email", "already-member", "already-invited", "invited"]);
  expect(plan.items[3]).toMatchObject({ denied: { rule: "MINV-7", details: { invitationId: "inv_1" } } });
  expect(plan.cost).toEqual({ seats: 2, guestPlaces: 0, mails: 2 });
});

test("SEAT-2 INV-10 the first addresses get the last seats", () => {
  const plan = planInvites({
    kind: "member",
    isMailed: false,
    seats: { limit: 4, held: 1, reserved: 1 },
    asked: asked<AddressFacts>(["a@x.org", free], ["b@x.org", free], ["c@x.org", free]),
  });
  expect(said(plan)).toEqual(["invited", "invited", "quota-exceeded"]);
  expect(plan.items[2]).toMatchObject({ denied: { details: { quota: "seats", limit: 4, used: 4 } } });
  expect(plan.cost).toEqual({ seats: 2, guestPlaces: 0, mails: 0 });
});

test("MINV-7 INV-10 the same address a second time is invited already; where the first had no seat, neither has it", () => {
  const twice = asked<AddressFacts>(["a@x.org", free], ["a@x.org", free]);
  const request = { kind: "member", isMailed: true, asked: twice } as const;
  expect(said(planInvites({ ...request, seats: roomy }))).toEqual(["invited", "already-invited"]);
  expect(said(planInvites({ ...request, seats: { limit: 1, held: 1, reserved: 0 } }))).toEqual([
    "quota-exceeded",
    "quota-exceeded",
  ]);
});

test("GINV-6 GINV-7 SEAT-6 guests: those who are one are added, the others take places", () => {
  const plan = planInvites({
    kind: "guest",
    isMailed: true,
    guests: { limit: 2, guests: 1, pendingGuests: 0 },
    channelIds: ["chn_1", "chn_2"],
    asked: asked<GuestAddressFacts>(
      ["g@x.org", { kind: "guest", channelIds: ["chn_1"] }],
      ["g@x.org", { kind: "guest", channelIds: ["chn_1"] }],
      ["h@x.org", { kind: "guest", channelIds: ["chn_2", "chn_1"] }],
      ["m@x.org", { kind: "member" }],
      ["p@x.org", { kind: "pending" }],
      ["a@x.org", free],
      ["b@x.org", free],
    ),
  });
  expect(said(plan)).toEqual([
    "added",
    "already-member",
    "already-member",
    "already-member",
    "already-invited",
    "invited",
    "quota-exceeded",
  ]);
  expect(plan.items[0]).toEqual({ status: "added", channelIds: ["chn_2"] });
  expect(plan.cost).toEqual({ seats: 0, guestPlaces: 1, mails: 1 });
});

test("INV-10 atomic: if any address cannot be invited, none is, and it costs nothing", () => {
  const request = { kind: "member", isMailed: true, isAtomic: true, seats: roomy } as const;
  const spoilt = planInvites({
    ...request,
    asked: asked<AddressFacts>(["a@x.org", free], ["b@x.org", { kind: "member" }], ["c@x.org", free]),
  });
  expect(said(spoilt)).toEqual(["skipped", "already-member", "skipped"]);
  expect(spoilt.cost).toEqual({ seats: 0, guestPlaces: 0, mails: 0 });
  const good = planInvites({ ...request, asked: asked<AddressFacts>(["a@x.org", free], ["c@x.org", free]) });
  expect(said(good)).toEqual(["invited", "invited"]);
});

const anyAddress = fc.oneof(
  { weight: 4, arbitrary: fc.constant<AddressFacts>(free) },
  fc.constant<AddressFacts>({ kind: "pending" }),
  fc.constant<AddressFacts>({ kind: "guest" }),
  fc.constant<AddressFacts>({ kind: "member" }),
);
/** What an address is does not depend on how often a request names it. */
const anyAsked = fc
  .tuple(fc.array(anyAddress, { minLength: 8, maxLength: 8 }), fc.array(fc.nat(8), { maxLength: 100 }))
  .map(([known, named]) =>
    named.map((at) => ({ addressKey: at === 8 ? undefined : `${at}@x.org`, address: known[at] ?? free })),
  );

test("SEAT-3 INV-10 no plan takes more seats than there are, invites an address twice, or leaves one without answer", () => {
  holds(
    fc.property(anyAsked, fc.nat(10), fc.nat(12), fc.boolean(), (some, held, limit, isMailed) => {
      const seats = { limit, held, reserved: 0 };
      const plan = planInvites({ kind: "member", asked: some, seats, isMailed });
      expect(plan.items).toHaveLength(some.length);
      const invited = some.flatMap(({ addressKey }, at) =>
        plan.items[at]?.status === "invited" ? [addressKey] : [],
      );
      expect(new Set(invited).size).toBe(invited.length);
      expect(plan.cost).toEqual({
        seats: invited.length,
        guestPlaces: 0,
        mails: isMailed ? invited.length : 0,
      });
      expect(invited.length).toBeLessThanOrEqual(Math.max(0, limit - held));
    }),
    { numRuns: 300 },
  );
});
