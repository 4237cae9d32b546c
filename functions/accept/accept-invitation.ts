import { addressKey, mayAccept } from "@vestibule/domain/invitations";
import type { Registration } from "@vestibule/domain/registration";
import type { Answer, Person, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { type Acceptance, acceptWrites, readOwnAddress } from "../table/accept-invitation.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { factsOf, getInvitation, type Invitation } from "../table/invitations.ts";
import { generalChannelId } from "../table/keys.ts";
import { getMember, handleFor, standingOf } from "../table/members.ts";
import { seatCounters } from "../table/organizations.ts";
import { getProfile, type Profile } from "../table/profiles.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { acceptRoute } from "./contract.ts";
import { loadBySecret, refusedHolder } from "./load-invitation.ts";

type AcceptRequest = Request<typeof acceptRoute>;
type Registered = Omit<Profile, "updatedAt">;

function registrationOf(
  request: AcceptRequest,
  profile: Profile | undefined,
  currentTerms: string,
): Registration {
  return {
    profile: request.body.profile ?? profile ?? null,
    termsVersion: request.body.termsVersion ?? profile?.termsVersion ?? null,
    currentTerms,
  };
}

/** What is registered by this acceptance, complete once it was allowed (INV-7). */
function registered(userId: string, { profile, termsVersion }: Registration): Registered {
  const { firstName = "", lastName = "" } = profile ?? {};
  return { userId, firstName, lastName, termsVersion: termsVersion ?? "" };
}

function isNew(profile: Registered, known: Profile | undefined): boolean {
  return (
    profile.firstName !== known?.firstName ||
    profile.lastName !== known.lastName ||
    profile.termsVersion !== known.termsVersion
  );
}

function newMember(invitation: Invitation, person: Person, profile: Registered): Acceptance["member"] {
  const { organizationId, orgRole, chatRole, rights } = invitation;
  const { userId, email } = person;
  const { firstName, lastName } = profile;
  const handle = handleFor(email, userId);
  return {
    organizationId,
    userId,
    email,
    firstName,
    lastName,
    handle,
    orgRole,
    chatRole,
    rights,
    state: "active",
  };
}

function presentAccepted(
  { organizationId, kind, orgRole, chatRole, channelIds }: Invitation,
  userId: string,
): Answer {
  const channels = [...new Set([generalChannelId(organizationId), ...channelIds])];
  return { status: 200, body: { organizationId, userId, kind, orgRole, chatRole, channelIds: channels } };
}

/**
 * Whether the invitation has changed since it was read. The facts are read one after the other: the same person's other
 * request may have been carried out in between, and this one is then to get the same success (INV-5).
 */
async function hasChanged(
  table: Table,
  { organizationId, invitationId, version }: Invitation,
): Promise<boolean> {
  const now = await getInvitation(table, organizationId, invitationId);
  return now?.version !== version;
}

/**
 * INV-5…7, MINV-5: accepts an invitation: once, atomically, by a verified and registered person. A refusal leaves it
 * pending, but that of INV-14: a sender who may no longer invite leaves a revoked one behind.
 */
export async function acceptInvitation(table: Table, request: AcceptRequest): Promise<Answer> {
  const { body, person, sourceIp, now } = request;
  const { userId, email, isEmailVerified } = person;
  return await untilSettled<Answer>(async () => {
    const found = await loadBySecret(table, body.token);
    const { invitation, organization, sender } = found;
    const org = organization.organizationId;
    const [existing, profile, own] = await Promise.all([
      getMember(table, org, userId),
      getProfile(table, userId),
      readOwnAddress(table, org, invitation.addressKey, isEmailVerified ? addressKey(email) : ""),
    ]);
    const registration = registrationOf(request, profile, organization.settings.termsVersion);
    const decision = mayAccept({
      invitation: factsOf(invitation),
      senderStanding: standingOf(sender),
      person: { userId, email, emailVerified: isEmailVerified },
      existing: standingOf(existing),
      registration,
      seats: seatCounters(organization),
      now,
    });
    if (!decision.allowed) {
      if (await hasChanged(table, invitation)) return "again";
      if (decision.rule === "INV-14") {
        await closeInvitation(table, invitation, "revoked", { actorId: "system", sourceIp: undefined, now });
      }
      throw refusedHolder(found, decision);
    }
    if (decision.repeat) return presentAccepted(invitation, userId);
    if (sender === undefined) throw new Error("an invitation without its sender was acceptable");
    const registering = registered(userId, registration);
    try {
      await transact(
        table,
        acceptWrites({
          invitation,
          sender,
          own,
          member: newMember(invitation, person, registering),
          profile: isNew(registering, profile) ? registering : undefined,
          origin: { actorId: userId, sourceIp, now },
        }),
      );
      return presentAccepted(invitation, userId);
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}
