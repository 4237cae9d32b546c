import { MAX_GUEST_CHANNELS } from "@vestibule/domain/guests";
import { describe, expect, test } from "vitest";
import { createMailEventsHandler } from "../../../functions/mail-events/create-handler.ts";
import { sha256 } from "../../../functions/shell/ids.ts";
import { queueReminders } from "../../../functions/sweep/queue-reminders.ts";
import { recordMailReport } from "../../../functions/table/invitation-mail.ts";
import { keys } from "../../../functions/table/keys.ts";
import { DAY_MS, type KillableWorld, killableWorld, MINUTE_MS } from "./kill-points/killable-world.ts";
import { type Act, type Attempt, idempotencyKey, quietly, strikesIn } from "./kill-points/strike.ts";

const world = killableWorld();
const strikeEverywhere = strikesIn(world);

/** What of people's coming the system has told in a channel: each once, or not at all. */
async function toldOf(w: KillableWorld, channelId: string, userId: string): Promise<unknown[]> {
  const told = (await w.told(channelId)) as (
    | { kind: string; actorId: string; userIds?: string[] }
    | undefined
  )[];
  const about = told.filter((one) => one?.actorId === userId || one?.userIds?.includes(userId) === true);
  return about.map((one) => one?.kind);
}

function inviting(count: number, terms: (w: KillableWorld) => Promise<object>): Act {
  return async (w) => {
    const given = await terms(w);
    return async () => {
      const emails = Array.from({ length: count }, () => w.freshEmail());
      const body = {
        kind: "member",
        delivery: "both",
        ...given,
        invitees: emails.map((email) => ({ email })),
      };
      const headers = idempotencyKey();
      return {
        run: async (life) => await w.ask("POST /invitations", { body, headers }, life),
        mails: Object.fromEntries(emails.map((email) => [email, 1])),
        check: async ({ body: { results } }) => {
          expect(results).toMatchObject(emails.map((email) => ({ email, status: "invited" })));
          const there = await w.invitationsTo(...emails);
          expect(there.map(({ email, state, mail }) => [email, state, mail.state]).sort()).toEqual(
            emails.map((email) => [email, "pending", "sent"]).sort(),
          );
          for (const [index, email] of emails.entries()) {
            const invitation = there.find((one) => one["email"] === email);
            expect(invitation?.["invitationId"]).toBe(results[index].invitation.id);
            // The link of the last answer, and the one in the mail.
            for (const token of [w.tokenOf(results[index].link), ...w.secretsTo(email)])
              expect(invitation?.["secretHashes"]).toContain(sha256(token));
          }
        },
      };
    };
  };
}

/** More channels for each guest: fewer guests in one transaction. */
async function manyChannels(w: KillableWorld): Promise<string[]> {
  const channelIds: string[] = [];
  for (let count = 0; count < MAX_GUEST_CHANNELS; count += 1) channelIds.push(await w.channel());
  return channelIds;
}

const editing: Act = async (w) => {
  const [before, after] = [await w.channel(), await w.channel()];
  return async () => {
    const { inv } = await w.invited(w.freshEmail(), { kind: "guest", channelIds: [before] });
    const body = { channelIds: [after], message: "Come in.", firstName: "Ann" };
    return {
      run: async (life) => await w.ask("PATCH /invitations/{inv}", { params: { inv }, body }, life),
      check: async () => {
        expect(await w.invitation(inv)).toMatchObject({ state: "pending", ...body });
        const line = async (chn: string) => await w.item(keys.rosterEntry(w.org, chn, 4, inv));
        expect([await line(before), (await line(after)) !== undefined]).toEqual([undefined, true]);
      },
    };
  };
};

/** Of an invitation that is pending, or that has expired and was closed. */
function resending(kind: "member" | "guest", isClosed: boolean): Act {
  return async (w) => {
    const terms = kind === "guest" ? { kind, channelIds: [await w.channel()] } : {};
    return async () => {
      const email = w.freshEmail();
      const { inv, token } = await w.invited(email, { ...terms, expiresInDays: 1 });
      w.advance(isClosed ? DAY_MS + MINUTE_MS : 2 * MINUTE_MS);
      if (isClosed) await w.closeExpired();
      expect(await w.invitation(inv)).toMatchObject({ state: isClosed ? "expired" : "pending" });
      const given = {
        params: { inv },
        body: { delivery: "both", expiresInDays: 20 },
        headers: idempotencyKey(),
      };
      return {
        run: async (life) => await w.ask("POST /invitations/{inv}/resend", given, life),
        mails: { [email]: 1 },
        check: async ({ body }) => {
          expect(await w.invitation(inv)).toMatchObject({ state: "pending", mail: { state: "sent" } });
          expect((await w.audited(inv)).filter((action) => action === "invitation.resent")).toHaveLength(1);
          expect((await w.preview(token)).status).toBe(404);
          for (const valid of [w.tokenOf(body.link), ...w.secretsTo(email)])
            expect((await w.preview(valid)).status).toBe(200);
        },
      };
    };
  };
}

/** Ends an invitation; its place is free, and whoever asks again is told that it is over. */
function ending(state: "revoked" | "declined"): Act {
  return async (w) => {
    const channelIds = [await w.channel(), await w.channel()];
    return async () => {
      const email = w.freshEmail();
      const { inv, token } = await w.invited(email, { kind: "guest", channelIds });
      const run: Attempt["run"] =
        state === "revoked"
          ? async (life) => await w.ask("DELETE /invitations/{inv}", { params: { inv } }, life)
          : async (life) =>
              await w.askMine(
                "POST /v1/invitations/decline",
                { as: w.personOf(email), body: { token } },
                life,
              );
      return {
        run,
        alreadyDone: state === "revoked" ? 409 : 410,
        check: async () => {
          expect(await w.invitation(inv)).toMatchObject({ state });
          expect((await w.preview(token)).status).toBe(410);
        },
      };
    };
  };
}

/** Accepts: as a member with channels, default channels and groups; as a guest; as a guest who becomes a member. */
function accepting(as: "member" | "guest" | "guest who becomes a member"): Act {
  return async (w) => {
    const channelIds = [await w.channel(), await w.channel()];
    const group = await w.must(w.inGroups("POST /groups", { name: w.fresh("group") }));
    return async () => {
      const email = w.freshEmail();
      const guestTerms = { kind: "guest", channelIds };
      if (as === "guest who becomes a member") {
        const { token } = await w.invited(email, guestTerms);
        await w.must(w.accept(email, token));
        await w.finish();
      }
      const memberTerms = { kind: "member", channelIds, groupIds: [group.body.id] };
      const { inv, token } = await w.invited(email, as === "guest" ? guestTerms : memberTerms);
      const { userId } = w.personOf(email);
      const before = (await w.counters()) ?? {};
      return {
        run: async (life) => await w.accept(email, token, life),
        check: async ({ body }) => {
          const kind = as === "guest" ? "guest" : "member";
          expect(body).toMatchObject({ organizationId: w.org, userId, kind });
          expect(await w.invitation(inv)).toMatchObject({ state: "accepted" });
          expect(await w.item(keys.member(w.org, userId))).toMatchObject({
            kind,
            ...(kind === "member" && { state: "active" }),
          });
          for (const chn of channelIds) {
            expect(await w.item(keys.personChannel(w.org, userId, chn))).toMatchObject({ kind });
            const told = await toldOf(w, chn, userId);
            expect(told.filter((one) => one === "joined").length).toBeLessThanOrEqual(1);
            expect(new Set(told).size).toBe(told.length);
          }
          if (kind === "member")
            expect(await w.item(keys.groupPerson(w.org, group.body.id, userId))).toBeDefined();
          const after = (await w.counters()) ?? {};
          const more = (name: string) => Number(after[name]) - Number(before[name]);
          expect({ held: more("seatsHeld"), guests: more("guests") }).toEqual({
            held: kind === "member" ? 1 : 0,
            guests: as === "guest" ? 1 : as === "member" ? 0 : -1,
          });
        },
      };
    };
  };
}

/** Shares a mail address: with an outsider by mail and link, or with a member. */
function sharing(withMember: boolean): Act {
  return async (w) => async () => {
    const adr = await w.mailAddress();
    const email = w.freshEmail();
    const body = withMember ? { userId: w.bea.userId } : { email, delivery: "both" };
    const given = { params: { adr }, body, headers: idempotencyKey() };
    return {
      run: async (life) => await w.ask("POST /mail-addresses/{adr}/shares", given, life),
      mails: { [email]: withMember ? 0 : 1 },
      check: async ({ status, body: told }) => {
        expect(status).toBe(201);
        const holders = await w.rows(keys.holders(w.org, adr));
        expect(holders.filter(({ sk }) => String(sk).startsWith("USER#"))).toHaveLength(withMember ? 1 : 0);
        const invitations = await w.invitationsTo(email);
        if (withMember)
          return expect((await w.audited(adr)).sort()).toEqual(["mail-address.created", "share.created"]);
        expect(invitations.map(({ invitationId }) => invitationId)).toEqual([told.invitation.id]);
        for (const token of [w.tokenOf(told.link), ...w.secretsTo(email)])
          expect((await w.preview(token)).status).toBe(200);
        return undefined;
      },
    };
  };
}

const acceptingShare: Act = async (w) => {
  const adr = await w.mailAddress();
  return async () => {
    const email = w.freshEmail();
    const given = { params: { adr }, body: { email, delivery: "link" } };
    const { body } = await w.must(w.ask("POST /mail-addresses/{adr}/shares", given));
    const inv: string = body.invitation.id;
    const { userId } = w.personOf(email);
    return {
      run: async (life) => await w.accept(email, w.tokenOf(body.link), life),
      check: async ({ body: told }) => {
        expect(told).toMatchObject({ userId, kind: "share", addressId: adr, attachedTo: "personal" });
        expect(await w.invitation(inv)).toMatchObject({ state: "accepted" });
        expect(await w.item(keys.holder(w.org, adr, userId))).toMatchObject({ invitationId: inv });
      },
    };
  };
};

const removingAddress: Act = async (w) => async () => {
  const adr = await w.mailAddress();
  const share = async (body: object) =>
    await w.must(w.ask("POST /mail-addresses/{adr}/shares", { params: { adr }, body }));
  const [held, pending] = [w.freshEmail(), w.freshEmail()];
  const holder = await share({ email: held, delivery: "link" });
  await w.must(w.accept(held, w.tokenOf(holder.body.link)));
  await share({ userId: w.bea.userId });
  const invited = await share({ email: pending, delivery: "link" });
  return {
    run: async (life) => await w.ask("DELETE /mail-addresses/{adr}", { params: { adr } }, life),
    alreadyDone: 404,
    check: async () => {
      expect(await w.rows(keys.holders(w.org, adr))).toEqual([]);
      expect(await w.invitation(invited.body.invitation.id)).toMatchObject({ state: "revoked" });
      expect((await w.audited(adr)).filter((action) => action === "mail-address.removed")).toHaveLength(1);
    },
  };
};

const changingRole: Act = async (w) => async () => {
  const email = w.freshEmail();
  const { token } = await w.invited(email);
  await w.must(w.accept(email, token));
  const { userId: user } = w.personOf(email);
  const body = { role: "administrator" };
  return {
    run: async (life) => await w.ask("PUT /members/{user}/org-role", { params: { user }, body }, life),
    mails: { [email]: 1 },
    check: async () => {
      expect(await w.item(keys.member(w.org, user))).toMatchObject({ orgRole: "administrator" });
    },
  };
};

const reminding: Act = async (w) => async () => {
  const email = w.freshEmail();
  const { inv } = await w.invited(email, { delivery: "email" });
  await w.deliver();
  w.advance(5 * DAY_MS + MINUTE_MS);
  return {
    run: async ({ table }) => await quietly(queueReminders(table, Date.now(), () => true)),
    mails: { [email]: 2 },
    check: async () => {
      expect(await w.invitation(inv)).toMatchObject({
        state: "pending",
        mail: { state: "sent", isReminder: true },
      });
      for (const secret of w.secretsTo(email)) expect((await w.preview(secret)).status).toBe(200);
    },
  };
};

const expiring: Act = async (w) => {
  const channelIds = [await w.channel()];
  return async () => {
    const ended = [
      await w.invited(w.freshEmail(), { expiresInDays: 1 }),
      await w.invited(w.freshEmail(), { kind: "guest", channelIds, expiresInDays: 1 }),
    ];
    const email = w.freshEmail();
    const guestEndsAt = new Date(Date.now() + DAY_MS).toISOString();
    const guest = await w.invited(email, { kind: "guest", channelIds, guestEndsAt, expiresInDays: 1 });
    await w.must(w.accept(email, guest.token));
    w.advance(DAY_MS + MINUTE_MS);
    return {
      run: async (life) => await quietly(w.sweep(life)),
      check: async () => {
        for (const { inv } of ended) expect(await w.invitation(inv)).toMatchObject({ state: "expired" });
        const { userId } = w.personOf(email);
        expect(await w.item(keys.member(w.org, userId))).toBeUndefined();
        expect(await w.rows(keys.person(w.org, userId))).toEqual([]);
      },
    };
  };
};

/** The mailer; `isReported`: SES tells of every mail that it took. */
function mailing(kind: "member" | "share" | "notice", isReported: boolean): Act {
  return async (w) => async () => {
    const email = w.freshEmail();
    if (kind === "notice") {
      const { token } = await w.invited(email);
      await w.must(w.accept(email, token));
      const params = { user: w.personOf(email).userId };
      await w.must(w.ask("PUT /members/{user}/chat-role", { params, body: { role: "admin" } }));
    } else if (kind === "share") {
      const params = { adr: await w.mailAddress() };
      await w.must(
        w.ask("POST /mail-addresses/{adr}/shares", { params, body: { email, delivery: "email" } }),
      );
    } else await w.invited(email, { delivery: "email" });
    return {
      run: async (life) => await quietly(w.deliver(life)),
      meanwhile: async () => (isReported ? await w.reportSent(email) : undefined),
      // INV-12: one too many at most, and none where SES has told of the first one.
      mails: { [email]: isReported ? 1 : [1, 2] },
      check: async () => {
        for (const secret of w.secretsTo(email)) expect((await w.preview(secret)).status).toBe(200);
      },
    };
  };
}

/** SNS brings an event again whose function has failed. */
const reporting: Act = async (w) => async () => {
  const email = w.freshEmail();
  const { inv } = await w.invited(email, { delivery: "email" });
  await w.deliver();
  const { messageId, attempt = "", sentAt, organizationId } = w.reportOf(email, "bounced", ["sent"]);
  const tags = { organization: [organizationId], invitation: [inv], attempt: [attempt] };
  const Message = JSON.stringify({
    eventType: "Bounce",
    mail: { messageId, timestamp: sentAt, tags },
    bounce: { bounceType: "Permanent", bounceSubType: "General" },
  });
  const event = { Records: [{ Sns: { MessageId: "1", Message } }] } as Parameters<
    ReturnType<typeof createMailEventsHandler>
  >[0];
  return {
    run: async ({ table }) =>
      await quietly(createMailEventsHandler({ record: (report) => recordMailReport(table, report) })(event)),
    mails: { [email]: 1 },
    check: async () =>
      expect(await w.invitation(inv)).toMatchObject({ state: "pending", mail: { state: "bounced" } }),
  };
};

/** Every act of this issue, and the fewest writes, one request to the table or to SES each, that it takes. */
const ACTS: readonly (readonly [title: string, act: Act, writes: number])[] = [
  ["INV-12 SEAT-3 inviting a member", inviting(1, async () => ({})), 4],
  [
    "INV-12 GINV-4 inviting a guest",
    inviting(1, async (w) => ({ kind: "guest", channelIds: [await w.channel()] })),
    4,
  ],
  ["INV-10 inviting many members, in one transaction", inviting(3, async () => ({})), 6],
  [
    "INV-10 inviting guests, in several transactions",
    inviting(5, async (w) => ({ kind: "guest", channelIds: await manyChannels(w) })),
    10,
  ],
  ["INV-10 inviting all members or none, in one transaction", inviting(3, async () => ({ atomic: true })), 6],
  [
    "INV-10 inviting all guests or none, in several transactions",
    inviting(5, async (w) => ({ kind: "guest", atomic: true, channelIds: await manyChannels(w) })),
    13,
  ],
  ["MINV-8 editing an invitation", editing, 1],
  ["INV-9 resending a pending invitation", resending("member", false), 4],
  ["INV-9 SEAT-9 resending an expired one of a member", resending("member", true), 4],
  ["INV-9 SEAT-9 resending an expired one of a guest", resending("guest", true), 4],
  ["INV-8 SEAT-4 revoking an invitation", ending("revoked"), 1],
  ["INV-8 SEAT-4 declining an invitation", ending("declined"), 1],
  ["INV-5 SEAT-3 accepting as a member", accepting("member"), 5],
  ["INV-5 GINV-5 accepting as a guest", accepting("guest"), 2],
  ["INV-5 SEAT-3 a guest accepting as a member", accepting("guest who becomes a member"), 4],
  ["SHR-4 INV-12 sharing a mail address with an outsider", sharing(false), 4],
  ["SHR-4 sharing a mail address with a member", sharing(true), 3],
  ["SHR-8 INV-5 accepting a share", acceptingShare, 1],
  ["SHR-6 removing a mail address", removingAddress, 3],
  ["ORG-11 INV-12 changing a role", changingRole, 1],
  ["INV-16 the sweep that reminds", reminding, 1],
  ["INV-1 SEAT-4 the sweep that closes what is past its date", expiring, 3],
  ["INV-12 the mailer with a member's invitation", mailing("member", false), 3],
  ["INV-12 the mailer with a share's invitation, SES reporting", mailing("share", true), 3],
  ["INV-12 the mailer with a notice", mailing("notice", false), 3],
  ["INV-11 the function that takes SES's events", reporting, 1],
];

describe("a function killed between any two of its writes: nothing lost, nothing doubled", () => {
  test.each(ACTS)("%s", async (_, act, writes) => {
    expect(await strikeEverywhere(act, "killed")).toBeGreaterThanOrEqual(writes);
  });
});

/** What takes few writes; of the others each is as one of these. */
const SMALL_ACTS = ACTS.filter(([, act, writes]) => writes <= 5 && act !== expiring);

describe("a write that is carried out and whose answer is lost, any one: nothing lost, nothing doubled", () => {
  test.each(SMALL_ACTS)("%s", async (_, act, writes) => {
    expect(await strikeEverywhere(act, "unanswered")).toBeGreaterThanOrEqual(writes);
  });
});
