import { addressKey, DEFAULT_LIFETIME_DAYS } from "@vestibule/domain/invitations";
import { FOUNDER } from "@vestibule/domain/people";
import { DEFAULT_PLAN, limitsFor } from "@vestibule/domain/plans";
import { DEFAULT_TERMS_VERSION } from "@vestibule/domain/registration";
import { mayHoldSeat } from "@vestibule/domain/seats";
import { presentOrganization } from "../contract/organization.ts";
import { newId } from "../shell/ids.ts";
import type { Answer, Person, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { ownAddressWrite } from "../table/addresses.ts";
import { auditWrite } from "../table/audit.ts";
import { newChannelWrites } from "../table/channels.ts";
import { generalChannelId } from "../table/keys.ts";
import { loginWrite } from "../table/logins.ts";
import { handleFor, newMemberWrites } from "../table/members.ts";
import { getOrganization, newOrganizationWrite, type Organization } from "../table/organizations.ts";
import { getProfile } from "../table/profiles.ts";
import { retentionWrites } from "../table/retention.ts";
import { isoTime, type Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";
import type { createOrganizationRoute } from "./contract.ts";

type CreateRequest = Request<typeof createOrganizationRoute>;

function newOrganization(request: CreateRequest, organizationId: string): Organization {
  const { name, plan = DEFAULT_PLAN, limits } = request.body;
  return {
    organizationId,
    name,
    plan,
    limits: limitsFor(plan, limits),
    settings: {
      memberInvitationDays: DEFAULT_LIFETIME_DAYS.member,
      guestInvitationDays: DEFAULT_LIFETIME_DAYS.guest,
      shareInvitationDays: DEFAULT_LIFETIME_DAYS.share,
      termsVersion: DEFAULT_TERMS_VERSION,
      mailsPerSenderHour: null,
      mailsPerDay: null,
      brand: null,
    },
    seatsHeld: 1,
    seatsReserved: 0,
    seatsUsed: 1,
    legalRepresentatives: 1,
    guests: 0,
    pendingGuests: 0,
    guestsUsed: 0,
    publicChannels: 1,
    privateChannels: 0,
    defaultChannelIds: [],
    version: 1,
    createdAt: isoTime(request.now),
  };
}

async function founderWrites(table: Table, person: Person, org: string, now: number): Promise<Write[]> {
  const profile = await getProfile(table, person.userId);
  const addressKeys = person.isEmailVerified && person.email !== "" ? [addressKey(person.email)] : [];
  const founder = {
    organizationId: org,
    userId: person.userId,
    email: person.email,
    firstName: profile?.firstName ?? person.firstName ?? "",
    lastName: profile?.lastName ?? person.lastName ?? "",
    handle: handleFor(person.email, person.userId),
    orgRole: FOUNDER.orgRole,
    chatRole: FOUNDER.chatRole,
    rights: FOUNDER.rights,
    state: FOUNDER.state,
    addressKeys,
  };
  return [
    ...newMemberWrites(founder, now),
    ...addressKeys.flatMap((key) => [
      ownAddressWrite({ org, kind: "member", addressKey: key }, founder),
      loginWrite(key, person.userId),
    ]),
  ];
}

/** ORG-9: an organization with its founder, its first seat and its General channel (CH-1), in one transaction. */
export async function createOrganization(table: Table, request: CreateRequest): Promise<Answer> {
  const { person, now } = request;
  const org =
    request.plannedSuffix === undefined ? newId("organization", now) : `org_${request.plannedSuffix}`;
  const organization = newOrganization(request, org);
  demand(mayHoldSeat({ limit: organization.limits.seats, held: 0, reserved: 0 }));
  const channelId = generalChannelId(org);
  try {
    await transact(table, [
      newOrganizationWrite(organization),
      ...(await founderWrites(table, person, org, now)),
      ...newChannelWrites({
        organizationId: org,
        channelId,
        name: "General",
        handle: "general",
        type: "public",
        isGeneral: true,
        createdBy: person.userId,
        createdAt: now,
      }),
      ...retentionWrites(org, { before: undefined, after: organization.plan }),
      auditWrite(
        org,
        { actorId: person.userId, sourceIp: request.sourceIp, now },
        { action: "organization.created", subjectId: org },
      ),
    ]);
  } catch (error) {
    if (!(error instanceof ConditionsFailed)) throw error;
    // The planned id is taken: the same request was carried out before its function died (Idempotency-Key).
    const existing = await getOrganization(table, org);
    if (existing === undefined) throw error;
    return { status: 201, body: presentOrganization(existing), version: existing.version };
  }
  return { status: 201, body: presentOrganization(organization), version: organization.version };
}
