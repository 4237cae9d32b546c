import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { deliverInvitation } from "../../../functions/mailer/deliver-invitation.ts";
import { DOUBT_MS, LEASE_MS } from "../../../functions/mailer/delivery.ts";
import { mailWorld, OF, opens, queued, queuedShare, START } from "./mail-world.ts";

/** A mailer that begins, and dies where the world's answer says. */
async function killed(world: ReturnType<typeof mailWorld>): Promise<void> {
  void deliverInvitation(world.deps, OF);
  await setImmediate();
}

test("INV-12 a queued mail is sent once, however often its record comes", async () => {
  const world = mailWorld();
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "sent", messageId: "m-1" });
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "skipped", why: "sent" });
  expect(world.mails).toHaveLength(1);
  expect(world.invitation?.mail).toEqual({
    state: "sent",
    messageId: "m-1",
    sentAt: new Date(START).toISOString(),
  });
});

test("INV-12 of 20 mailers at once one sends", async () => {
  const world = mailWorld();
  const all = await Promise.all(Array.from({ length: 20 }, () => deliverInvitation(world.deps, OF)));
  expect(all.filter(({ kind }) => kind === "sent")).toHaveLength(1);
  expect(all.filter(({ kind }) => kind === "later")).toHaveLength(19);
  expect(world.mails).toHaveLength(1);
});

test("INV-3 the mail carries a secret whose hash alone is stored, and nothing else learns it", async () => {
  const world = mailWorld();
  await deliverInvitation(world.deps, OF);
  const [mail] = world.mails;
  expect(opens(world.invitation, mail)).toBe(true);
  const secret = /#\S+\.\S+\.(\S+)/u.exec(mail?.text ?? "")?.[1] ?? "";
  expect(secret).toHaveLength(43);
  expect(JSON.stringify([world.invitation, mail?.tags, mail?.subject])).not.toContain(secret);
});

test("GINV-3 a guest's mail names the channels that they are given, and no role", async () => {
  const { orgRole: _, chatRole: _chat, rights: _rights, groupIds: _groups, ...rest } = queued();
  const world = mailWorld({ ...rest, kind: "guest", channelIds: ["chn_1"] });
  await deliverInvitation(world.deps, OF);
  expect(world.mails[0]?.text).toContain("Channels: the channel chn_1");
  expect(world.mails[0]?.text).toContain("as a guest");
  expect(world.mails[0]?.text).not.toContain("In chat");
});

test("SHR-4, SHR-5 a share's mail names the address and what may be done with it, and no role", async () => {
  const world = mailWorld(queuedShare());
  await deliverInvitation(world.deps, OF);
  const [mail] = world.mails;
  expect(mail?.text).toContain("Mail address: info@acme.example");
  expect(mail?.text).toContain("You may: read mail and see the logs");
  expect(mail?.text).toContain("second factor");
  expect(mail?.text).not.toContain("Your role");
  expect(opens(world.invitation, mail)).toBe(true);
});

test("INV-16 a reminder says that it is one; its link works, and the first one too", async () => {
  const world = mailWorld();
  await deliverInvitation(world.deps, OF);
  if (world.invitation !== undefined) world.invitation.mail = { state: "queued", isReminder: true };
  expect(await deliverInvitation(world.deps, OF)).toMatchObject({ kind: "sent" });
  const [first, reminder] = world.mails;
  expect(first?.subject).toBe("Ada invites you to Acme");
  expect(reminder?.subject).toBe("Reminder: Ada invites you to Acme");
  for (const mail of [first, reminder]) expect(opens(world.invitation, mail)).toBe(true);
});

test("BRD-1 the brand dresses the mail while it is on", async () => {
  const brand = {
    isOn: true,
    buttonColor: "#204060",
    textColor: "#fffff0",
    logo: { hash: "hash", type: "image/png" },
  };
  for (const isOn of [true, false]) {
    const world = mailWorld();
    world.brand = { ...brand, isOn };
    await deliverInvitation(world.deps, OF);
    const html = world.mails[0]?.html ?? "";
    expect(
      html.includes(`<img src="https://app.example/brand/${OF.organizationId}/hash.png" alt="Acme"`),
    ).toBe(isOn);
    expect(html.includes("#204060")).toBe(isOn);
  }
});

test("INV-12 the mail is tagged so that its events find it", async () => {
  const world = mailWorld();
  await deliverInvitation(world.deps, OF);
  const { tags } = world.mails[0] ?? {};
  expect(tags).toEqual({
    organization: OF.organizationId,
    invitation: OF.invitationId,
    attempt: [...(world.invitation?.secretHashes ?? [])][0],
  });
  for (const value of Object.values(tags ?? {})) expect(value).toMatch(/^[A-Za-z0-9_-]{1,256}$/u);
});

test("INV-12 a mailer killed before sending: one mail, after its lease", async () => {
  const world = mailWorld();
  world.answers = ["die-before"];
  await killed(world);
  world.now += LEASE_MS - 1;
  expect(await deliverInvitation(world.deps, OF)).toMatchObject({ kind: "later", at: START + LEASE_MS });
  expect(world.mails).toHaveLength(0);
  world.now += 1;
  expect(await deliverInvitation(world.deps, OF)).toMatchObject({ kind: "sent" });
  expect(world.mails).toHaveLength(1);
});

test("INV-12 a mailer killed after sending: two mails, and both links work", async () => {
  const world = mailWorld();
  world.answers = ["die-after"];
  await killed(world);
  world.now += LEASE_MS;
  expect(await deliverInvitation(world.deps, OF)).toMatchObject({ kind: "sent" });
  expect(world.mails).toHaveLength(2);
  for (const mail of world.mails) expect(opens(world.invitation, mail)).toBe(true);
});

test("INV-12 a mailer killed after sending, whose mail SES reported: one mail", async () => {
  const world = mailWorld();
  world.answers = ["die-after"];
  await killed(world);
  if (world.invitation !== undefined) world.invitation.mail = { state: "sent", messageId: "m-1" };
  world.now += LEASE_MS;
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "skipped", why: "sent" });
  expect(world.mails).toHaveLength(1);
});

test("INV-12 throttled: given back at once, and the secret that nobody got opens nothing", async () => {
  const world = mailWorld();
  world.answers = [{ kind: "deferred", code: "Throttling" }];
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "later", at: START, why: "Throttling" });
  expect(world.invitation?.mail?.state).toBe("sending");
  expect(world.invitation?.secretHashes?.size).toBe(0);
  expect(await deliverInvitation(world.deps, OF)).toMatchObject({ kind: "sent" });
});

test("INV-12 taken by SES, but answered with an error: not again before its event had time to come", async () => {
  const world = mailWorld();
  world.answers = ["lost"];
  const at = START + DOUBT_MS;
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "later", at, why: "InternalFailure" });
  expect(await deliverInvitation(world.deps, OF)).toMatchObject({ kind: "later", at });
  expect(opens(world.invitation, world.mails[0])).toBe(true);
  world.now = at;
  expect(await deliverInvitation(world.deps, OF)).toMatchObject({ kind: "sent" });
  expect(world.mails).toHaveLength(2);
});

test("INV-11 refused for good: failed, never tried again, its secret forgotten", async () => {
  const world = mailWorld();
  world.answers = [{ kind: "refused", code: "MessageRejected" }];
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "failed", code: "MessageRejected" });
  expect(world.invitation?.mail).toEqual({ state: "failed" });
  expect(world.invitation?.secretHashes?.size).toBe(0);
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "skipped", why: "failed" });
});

test.each(["accepted", "declined", "revoked", "expired"] as const)(
  "INV-12 an invitation that is %s is not mailed",
  async (state) => {
    const world = mailWorld(queued({ state }));
    expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "skipped", why: state });
    expect(world.mails).toHaveLength(0);
  },
);

test("INV-1 an invitation past its date is not mailed, though it says pending", async () => {
  const world = mailWorld(queued({ endsAt: START }));
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "skipped", why: "expired" });
});

test("INV-12 revoked between reading and claiming: no mail", async () => {
  const world = mailWorld();
  const { claim } = world.deps;
  world.deps = {
    ...world.deps,
    claim: async (...of) => {
      if (world.invitation !== undefined) world.invitation.state = "revoked";
      return await claim(...of);
    },
  };
  expect(await deliverInvitation(world.deps, OF)).toMatchObject({ kind: "later", why: "claim lost" });
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "skipped", why: "revoked" });
  expect(world.mails).toHaveLength(0);
});

test("INV-11 an invitation by link has no mail", async () => {
  const { mail: _, ...byLink } = queued({ delivery: "link" });
  const world = mailWorld(byLink);
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "skipped", why: "no mail" });
});

test("INV-12 an invitation that was never committed is not mailed", async () => {
  const world = mailWorld();
  world.invitation = undefined;
  expect(await deliverInvitation(world.deps, OF)).toEqual({ kind: "skipped", why: "unknown" });
});
