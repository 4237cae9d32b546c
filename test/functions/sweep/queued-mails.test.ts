import { describe, expect, test } from "vitest";
import { newId } from "../../../functions/shell/ids.ts";
import { queueGivenUp } from "../../../functions/sweep/queue-given-up.ts";
import { queueReminders } from "../../../functions/sweep/queue-reminders.ts";
import { inviteAddressWrite } from "../../../functions/table/addresses.ts";
import { closeInvitation } from "../../../functions/table/close-invitation.ts";
import {
  claimMail,
  markMailSent,
  queueAgain,
  queueReminder,
} from "../../../functions/table/invitation-mail.ts";
import { getInvitation, type Invitation, newInvitationWrite } from "../../../functions/table/invitations.ts";
import type { Member } from "../../../functions/table/members.ts";
import { newOrganizationWrite } from "../../../functions/table/organizations.ts";
import { isoTime } from "../../../functions/table/table.ts";
import { transact } from "../../../functions/table/transaction.ts";
import { engineTable } from "../table/engine-table.ts";
import { DAY_MS, guestInvitationOf, invitationOf, memberOf, organizationOf, stored } from "../table/items.ts";

const HOUR_MS = 3_600_000;
const START = Date.parse("2026-11-02T09:00:00.000Z");
const isTimeLeft = () => true;
const tableOf = engineTable();

const CHAT_ADMIN = { orgRole: "administrator", chatRole: "admin" } as const;

/** Each test has a week of its own, so that none sees another's invitations by their days of expiry. */
let week = 0;

/** An organization on the engine, in which an invitation was created at `start` and lives for `days`. */
async function setup(change: Partial<Invitation> = {}, days = 7, sender: Partial<Member> = CHAT_ADMIN) {
  const table = tableOf();
  week += 1;
  const start = START + week * 100 * DAY_MS;
  const org = newId("organization");
  const id = newId("invitation");
  const invitation: Invitation = {
    ...invitationOf({
      organizationId: org,
      invitationId: id,
      createdAt: isoTime(start),
      endsAt: start + days * DAY_MS,
      mail: { state: "sent", messageId: "m-1" },
    }),
    ...(change as object),
  };
  const { kind, addressKey, endsAt } = invitation;
  await transact(table, [
    { label: "sender", put: stored.member({ ...memberOf("usr_sender", sender), organizationId: org }) },
    newOrganizationWrite(organizationOf({ organizationId: org, seatsReserved: 1, seatsUsed: 2 })),
    newInvitationWrite(invitation),
    inviteAddressWrite({ org, kind, addressKey }, id, endsAt),
  ]);
  const read = async (): Promise<Invitation> => {
    const found = await getInvitation(table, org, id);
    if (found === undefined) throw new Error("no invitation");
    return found;
  };
  const remind = async (afterMs: number) => await queueReminders(table, start + afterMs, isTimeLeft);
  /** A whole turn of sweeps, one for each day of expiry. */
  const redrive = async (afterMs: number) => {
    let queued = 0;
    for (let turn = 0; turn < 31; turn += 1) {
      queued += await queueGivenUp(table, start + afterMs + turn * 5 * 60_000, isTimeLeft);
    }
    return queued;
  };
  return { table, start, org, id, read, remind, redrive, claimOf: { organizationId: org, invitationId: id } };
}

describe("INV-16 the reminder before the end", () => {
  test("is queued also behind an invitation that cannot be read, which is told in the end", async () => {
    const { table, start, read, remind } = await setup();
    const [org, id, endsAt] = [newId("organization"), newId("invitation"), start + 7 * DAY_MS - 1_000];
    const broken = invitationOf({ organizationId: org, invitationId: id, endsAt });
    await transact(table, [
      { label: "broken", put: { ...stored.invitation(broken), state: "of-tomorrow" } },
      inviteAddressWrite({ org, kind: "member", addressKey: broken.addressKey }, id, endsAt),
    ]);
    await expect(remind(5 * DAY_MS + 60_000)).rejects.toThrow("cannot be read: 1");
    expect(await read()).toMatchObject({ mail: { state: "queued", isReminder: true } });
  });

  test("is queued once, two days before, for the mailer's record to find", async () => {
    const { read, remind, start } = await setup();
    expect(await remind(5 * DAY_MS - 60_000)).toBe(0);
    expect(await remind(5 * DAY_MS + 60_000)).toBe(1);
    expect(await read()).toMatchObject({
      state: "pending",
      version: 1,
      remindedAt: start + 5 * DAY_MS + 60_000,
      mail: { state: "queued", isReminder: true, queuedAt: isoTime(start + 5 * DAY_MS + 60_000) },
    });
    expect(await remind(5 * DAY_MS + 120_000)).toBe(0);
  });

  test("is not queued again after it was sent", async () => {
    const { table, read, remind, start, claimOf } = await setup();
    await remind(5 * DAY_MS);
    const now = start + 5 * DAY_MS;
    const claim = { ...claimOf, hash: "second", leaseUntil: now + 15_000 };
    expect(await claimMail(table, claim, now)).toBe(true);
    expect(await markMailSent(table, claim, "m-2", now)).toBe(true);
    expect((await read()).mail).toMatchObject({ state: "sent", isReminder: true, messageId: "m-2" });
    expect(await remind(5 * DAY_MS + HOUR_MS)).toBe(0);
  });

  test("comes late rather than never when sweeps were missed", async () => {
    expect(await (await setup()).remind(5 * DAY_MS + 5.9 * HOUR_MS)).toBe(1);
    expect(await (await setup()).remind(5 * DAY_MS + 7 * HOUR_MS)).toBe(0);
  });

  test.each([4, 3, 1])("is not for an invitation of %i days", async (days) => {
    const { remind } = await setup({}, days);
    for (let hour = 0; hour < days * 24; hour += 3) expect(await remind(hour * HOUR_MS)).toBe(0);
  });

  test("is for five days and more, of members, guests and shares", async () => {
    expect(await (await setup({}, 5)).remind(3 * DAY_MS)).toBe(1);
    const { kind, channelIds } = guestInvitationOf();
    expect(await (await setup({ kind, channelIds } as Partial<Invitation>)).remind(5 * DAY_MS)).toBe(1);
    const share = { kind: "share", addressId: "adr_1", address: "info@acme.example", shareRights: ["read"] };
    expect(await (await setup(share as Partial<Invitation>, 30)).remind(28 * DAY_MS)).toBe(1);
  });

  test.each(["queued", "sending", "failed", "bounced", "complained", "suppressed"] as const)(
    "is not for a mail that is %s",
    async (state) => {
      expect(await (await setup({ mail: { state } })).remind(5 * DAY_MS)).toBe(0);
    },
  );

  test("is not for a link alone, nor for one resent a short time before", async () => {
    expect(await (await setup({ delivery: "link", mail: undefined })).remind(5 * DAY_MS)).toBe(0);
    const resent = await setup({ resentAt: START + (week + 1) * 100 * DAY_MS + 3 * DAY_MS });
    expect(await resent.remind(5 * DAY_MS)).toBe(0);
  });

  test("INV-14 is not of an invitation that its sender could not send any more", async () => {
    for (const sender of [{ chatRole: "user" }, { ...CHAT_ADMIN, state: "deactivated" }] as const)
      expect(await (await setup({}, 7, sender)).remind(5 * DAY_MS)).toBe(0);
  });

  test("INV-1 is not written over an ending, or a new expiry, that came first", async () => {
    const { table, read, start } = await setup();
    const before = await read();
    expect(await queueReminder(table, { ...before, endsAt: before.endsAt - 1 }, start)).toBe(false);
    await closeInvitation(table, before, "revoked", { actorId: "usr_1", sourceIp: undefined, now: start });
    expect(await queueReminder(table, before, start)).toBe(false);
    expect(await read()).toMatchObject({ state: "revoked", mail: { state: "sent" } });
  });

  test("stops when the time is over", async () => {
    const { table, start } = await setup();
    expect(await queueReminders(table, start + 5 * DAY_MS, () => false)).toBe(0);
  });
});

describe("INV-12 a mail that was given up", () => {
  test.each([1, 2, 7, 15, 30])(
    "is queued again by a turn of sweeps, %i days before its end",
    async (days) => {
      const { read, redrive } = await setup({ mail: { state: "queued" } }, days);
      expect(await redrive(65 * 60_000)).toBe(1);
      const { mail, secretHashes, version } = await read();
      expect(mail?.state).toBe("queued");
      expect(mail?.queuedAt).toBeDefined();
      expect([secretHashes?.size, version]).toEqual([1, 1]);
    },
  );

  test("is queued again when its mailer died, keeping what it reminds of and the secret it may have mailed", async () => {
    const { table, read, redrive, start, claimOf } = await setup({
      mail: { state: "queued", isReminder: true },
    });
    await claimMail(table, { ...claimOf, hash: "mailed", leaseUntil: start + 15_000 }, start);
    expect(await redrive(65 * 60_000)).toBe(1);
    const { mail, secretHashes } = await read();
    expect(mail).toEqual({ state: "queued", isReminder: true, queuedAt: expect.any(String) });
    expect(secretHashes?.has("mailed")).toBe(true);
  });

  test("is left to the stream for the first hour, and after it was queued again", async () => {
    const { redrive, read } = await setup({ mail: { state: "queued" } });
    // The last sweep of the turn is 150 minutes later: begin so early that it is within the hour.
    expect(await redrive(-95 * 60_000)).toBe(0);
    expect(await redrive(2 * HOUR_MS)).toBe(1);
    const queuedAt = Date.parse((await read()).mail?.queuedAt ?? "");
    expect(queuedAt).toBeGreaterThan(0);
  });

  test("is not given up while somebody holds it, or tries it", async () => {
    const { table, start, read, claimOf } = await setup({ mail: { state: "queued" } });
    const now = start + 2 * HOUR_MS;
    const before = await read();
    await claimMail(table, { ...claimOf, hash: "h", leaseUntil: now + 15_000 }, now);
    expect(await queueAgain(table, before, now)).toBe(false);
    for (let turn = 0; turn < 31; turn += 1)
      expect(await queueGivenUp(table, now - turn * 60_000, isTimeLeft)).toBe(0);
  });

  test.each(["sent", "failed", "bounced", "complained", "suppressed"] as const)(
    "is none that is %s",
    async (state) => {
      expect(await (await setup({ mail: { state } })).redrive(3 * HOUR_MS)).toBe(0);
    },
  );

  test("INV-1 is not queued for an invitation that is over", async () => {
    const { table, read, start, redrive } = await setup({ mail: { state: "queued" } });
    const before = await read();
    expect(await queueAgain(table, before, before.endsAt)).toBe(false);
    await closeInvitation(table, before, "revoked", { actorId: "usr_1", sourceIp: undefined, now: start });
    expect(await queueAgain(table, before, start)).toBe(false);
    expect(await redrive(2 * HOUR_MS)).toBe(0);
  });
});
