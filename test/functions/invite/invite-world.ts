import { vi } from "vitest";
import { acceptUseCases } from "../../../functions/accept/use-cases.ts";
import { inviteUseCases } from "../../../functions/invite/use-cases.ts";
import { newId } from "../../../functions/shell/ids.ts";
import { inviteAddressWrite } from "../../../functions/table/addresses.ts";
import { closeExpired } from "../../../functions/table/close-invitation.ts";
import { idempotencyStore } from "../../../functions/table/idempotency.ts";
import { mintSecret } from "../../../functions/table/invitation-secrets.ts";
import {
  type GuestInvitation,
  type Invitation,
  type MemberInvitation,
  newInvitationWrite,
} from "../../../functions/table/invitations.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { MailLimits } from "../../../functions/table/mail-allowances.ts";
import type { Member } from "../../../functions/table/members.ts";
import { countersWrite, type Organization } from "../../../functions/table/organizations.ts";
import { pendingLineWrite } from "../../../functions/table/roster.ts";
import { engineWorld, type World } from "../channel/world.ts";
import { caller, personWith, type TestPerson } from "../shell/caller.ts";
import { guestInvitationOf, invitationOf } from "../table/items.ts";

const BASE = "/v1/organizations/{org}/invitations";
const PAGE = "https://app.example.com";
const ONE = `${BASE}/{inv}`;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
export const NO_LIMITS: MailLimits = { sender: null, organization: null, recipient: null };
export const CHAT_ADMIN = { chatRole: "admin" } as const;

type Given = { kind?: "member" | "guest"; email?: string } & Partial<
  Pick<MemberInvitation, "orgRole" | "channelIds" | "groupIds" | "grantedBy" | "strict"> &
    Pick<GuestInvitation, "guestEndsAt">
>;

type Headers = Record<string, string>;

/** An organization on the engine with the routes of inviting and accepting; its clock stands until it is moved. */
async function inviting(world: World, limits: MailLimits) {
  const { table, org, item } = world;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-01T10:00:00.000Z") });
  const deps = { table, pageBaseUrl: PAGE, mailLimits: limits };
  const call = caller([...inviteUseCases(deps), ...acceptUseCases(table)], idempotencyStore(table));
  const ada = await world.member("ada", CHAT_ADMIN);

  const advance = (ms: number) => void vi.setSystemTime(Date.now() + ms);

  /** An invitation as inviting leaves it: by hand, since these tests are about what comes after. */
  async function invited(given: Given = {}, by = ada): Promise<{ inv: string; token: string }> {
    const { kind = "member", email = "bob@example.net", channelIds = [], ...rest } = given;
    const inv = newId("invitation");
    const { secret, hash } = mintSecret(org, inv);
    const { kind: _, ...base } = kind === "guest" ? guestInvitationOf() : invitationOf();
    const invitation = {
      ...base,
      ...rest,
      kind,
      channelIds,
      organizationId: org,
      invitationId: inv,
      email,
      addressKey: email,
      delivery: "both",
      secretHashes: new Set([hash]),
      invitedBy: { userId: by.userId, name: "Somebody" },
      createdAt: new Date().toISOString(),
      endsAt: Date.now() + 7 * DAY_MS,
    } as Invitation;
    await world.write(
      newInvitationWrite(invitation),
      inviteAddressWrite({ org, kind, addressKey: email }, inv, invitation.endsAt),
      countersWrite(org, kind === "guest" ? { pendingGuests: 1 } : { reserved: 1 }),
      ...(kind === "guest"
        ? channelIds.map((channelId) => pendingLineWrite({ organizationId: org, channelId }, inv, Date.now()))
        : []),
    );
    return { inv, token: secret };
  }

  const tokenOf = (link: string | undefined): string => (link ?? "#").split("#")[1] ?? "";

  const one = async (as: TestPerson, act: string, inv: string, body?: unknown, headers: Headers = {}) =>
    await call(act, { as, params: { org, inv }, ...(body === undefined ? {} : { body }), headers });
  const resend = async (as: TestPerson, inv: string, body?: unknown, headers: Headers = {}) =>
    await one(as, `POST ${ONE}/resend`, inv, body, headers);
  const edit = async (as: TestPerson, inv: string, body: unknown, headers: Headers = {}) =>
    await one(as, `PATCH ${ONE}`, inv, body, headers);
  const revoke = async (as: TestPerson, inv: string) => await one(as, `DELETE ${ONE}`, inv);
  const read = async (as: TestPerson, inv: string) => await one(as, `GET ${ONE}`, inv);
  const list = async (as: TestPerson, query: Record<string, string> = {}) =>
    await call(`GET ${BASE}`, { as, params: { org }, query });

  const accept = async (token: string, email = "bob@example.net") =>
    await call("POST /v1/invitations/accept", {
      as: personWith(email),
      body: { token, profile: { firstName: "Bob", lastName: "Low" }, termsVersion: "1" },
    });
  const preview = async (token: string) => await call("POST /v1/invitations/preview", { body: { token } });

  const invitation = async (inv: string) => await item(keys.invitation(org, inv));
  const slot = async (key: string, kind = "member") => await item(keys.address(org, kind, key));
  const line = async (channelId: string, inv: string) => await item(keys.rosterEntry(org, channelId, 4, inv));
  const figures = async () => {
    const { seatsReserved, seatsUsed, pendingGuests, guestsUsed } = (await world.counters()) ?? {};
    return { seatsReserved, seatsUsed, pendingGuests, guestsUsed };
  };
  const allowance = async () => await item(keys.mailAllowance(org));
  const audited = async () => (await world.partition(keys.audits(org))).map(({ action }) => action as string);

  /** Changes somebody's record, as whoever manages people does. */
  const changed = async ({ userId }: TestPerson, change: Partial<Member>) => {
    const record = await item(keys.member(org, userId));
    await world.write({
      label: "record",
      put: { ...record, ...change, version: Number(record?.["version"]) + 1 },
    });
  };
  /** Closes what is past its date, as whoever needs a place does. */
  const swept = async () => await closeExpired(table, org, Date.now());
  const isGone = async ({ userId }: TestPerson) =>
    await world.write({ label: "record", remove: keys.member(org, userId) });
  return {
    ...world,
    call,
    ada,
    advance,
    invited,
    tokenOf,
    resend,
    edit,
    revoke,
    read,
    list,
    accept,
    preview,
    invitation,
    slot,
    line,
    figures,
    allowance,
    audited,
    changed,
    isGone,
    swept,
  };
}

/** The engine for the tests of one file; each test has an organization of its own, without limits of mails. */
export function invitingWorld() {
  const world = engineWorld();
  return async (change: Partial<Organization> = {}, limits: MailLimits = NO_LIMITS) =>
    await inviting(await world(change), limits);
}

export type InvitingWorld = Awaited<ReturnType<ReturnType<typeof invitingWorld>>>;
