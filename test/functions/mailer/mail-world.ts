import type { OutgoingMail, SendOutcome } from "../../../functions/mail/send-mail.ts";
import type { DeliveryDeps } from "../../../functions/mailer/deliver-invitation.ts";
import { sha256 } from "../../../functions/shell/ids.ts";
import { mintSecret } from "../../../functions/table/invitation-secrets.ts";
import type { Invitation, MemberInvitation, ShareInvitation } from "../../../functions/table/invitations.ts";
import type { Organization } from "../../../functions/table/organizations.ts";

export const ORG = "org_01jd0000000000000000000000";
const INV = "inv_01jd0000000000000000000001";
export const OF = { organizationId: ORG, invitationId: INV };
export const START = Date.UTC(2026, 10, 24, 9);

/** A pending invitation whose mail is queued. */
export function queued(changes: Partial<MemberInvitation> = {}): MemberInvitation {
  return {
    ...OF,
    kind: "member",
    email: "bob@example.com",
    addressKey: "bob@example.com",
    orgRole: "user",
    chatRole: "user",
    rights: { suite: false, chat: false, mail: false, accounting: false },
    channelIds: [],
    groupIds: [],
    strict: true,
    locale: "en",
    delivery: "email",
    mail: { state: "queued" },
    state: "pending",
    invitedBy: { userId: "usr_01jd0000000000000000000002", name: "Ada" },
    createdAt: new Date(START).toISOString(),
    endsAt: START + 7 * 86_400_000,
    version: 1,
    ...changes,
  };
}

/** A pending invitation to use a mail address. */
export function queuedShare(): ShareInvitation {
  const { orgRole: _, chatRole: _chat, rights: _rights, groupIds: _groups, ...rest } = queued();
  return {
    ...rest,
    kind: "share",
    addressId: "adr_01jd0000000000000000000003",
    address: "info@acme.example",
    shareRights: ["viewLogs", "read"],
  };
}

/** The organization of these tests. */
export function acme(brand: Organization["settings"]["brand"] = null): Organization {
  return { organizationId: ORG, name: "Acme", settings: { brand } } as Organization;
}

/**
 * One invitation, a table that keeps the conditions of `table/invitation-mail.ts`, a mailbox and a clock. Whoever `dies`
 * never comes back: its promise stays open, as a killed invocation's does.
 */
export function mailWorld(invitation: Invitation = queued()) {
  const world = {
    now: START,
    invitation: invitation as Invitation | undefined,
    mails: [] as OutgoingMail[],
    brand: null as Organization["settings"]["brand"],
    /** What SES answers, in turn; then it accepts. `lost` accepts the mail and answers as if it had not. */
    answers: [] as (SendOutcome | "lost" | "die-before" | "die-after")[],
    deps: undefined as unknown as DeliveryDeps,
  };
  const forever = () => new Promise<never>(() => {});

  function isOurs(leaseUntil: number): boolean {
    return world.invitation?.mail?.state === "sending" && world.invitation.mail.leaseUntil === leaseUntil;
  }
  function forget(hash: string): void {
    world.invitation?.secretHashes?.delete(hash);
  }

  async function send(mail: OutgoingMail): Promise<SendOutcome> {
    const answer = world.answers.shift();
    if (answer === "die-before") return await forever();
    if (typeof answer === "object" && answer.kind !== "accepted") return answer;
    world.mails.push(mail);
    if (answer === "die-after") return await forever();
    if (answer === "lost") return { kind: "unknown", code: "InternalFailure" };
    return { kind: "accepted", messageId: `m-${world.mails.length}` };
  }

  world.deps = {
    loadInvitation: async () =>
      world.invitation === undefined ? undefined : structuredClone(world.invitation),
    loadOrganization: async () => acme(world.brand),
    loadChannelNames: async ({ channelIds }) => channelIds.map((id) => `the channel ${id}`),
    claim: async ({ hash, leaseUntil }, now) => {
      const current = world.invitation;
      const mail = current?.mail;
      const isFree = mail?.state === "queued" || (mail?.state === "sending" && (mail.leaseUntil ?? 0) <= now);
      if (current?.state !== "pending" || current.endsAt <= now || !isFree) return false;
      current.mail = { ...mail, state: "sending", leaseUntil };
      current.secretHashes = new Set([...(current.secretHashes ?? []), hash]);
      return true;
    },
    markSent: async ({ leaseUntil }, messageId, now) => {
      if (world.invitation === undefined || !isOurs(leaseUntil)) return false;
      world.invitation.mail = { state: "sent", messageId, sentAt: new Date(now).toISOString() };
      return true;
    },
    markFailed: async ({ leaseUntil, hash }) => {
      if (world.invitation === undefined || !isOurs(leaseUntil)) return false;
      world.invitation.mail = { state: "failed" };
      forget(hash);
      return true;
    },
    release: async ({ leaseUntil, hash }, { until, mayBeMailed }) => {
      if (world.invitation === undefined || !isOurs(leaseUntil)) return false;
      world.invitation.mail = { state: "sending", leaseUntil: until };
      if (!mayBeMailed) forget(hash);
      return true;
    },
    send,
    mint: mintSecret,
    now: () => world.now,
    pageBaseUrl: "https://app.example",
  };
  return world;
}

/** The secret in a mail's link. */
function secretIn(mail: OutgoingMail | undefined): string {
  return /\/invite#(\S+)/u.exec(mail?.text ?? "")?.[1] ?? "";
}

/** Whether the invitation lets in whoever holds this mail. */
export function opens(invitation: Invitation | undefined, mail: OutgoingMail | undefined): boolean {
  return invitation?.secretHashes?.has(sha256(secretIn(mail))) === true;
}
