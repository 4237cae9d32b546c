import { mayGrant } from "@vestibule/domain/grants";
import { mayEdit } from "@vestibule/domain/invitations";
import type { InvitationKind } from "@vestibule/domain/vocabulary";
import { showInvitation } from "../membership/show-invitations.ts";
import { stale } from "../shell/problem.ts";
import { invalid } from "../shell/request-body.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { editInvitationWrites, type InvitationChanges } from "../table/edit-invitation.ts";
import type { Invitation } from "../table/invitations.ts";
import { unchangedCheck } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import { demandGrant } from "./edited-grant.ts";
import { loadManaged, type Managed } from "./load-managed.ts";
import type { editInvitationRoute } from "./manage-contract.ts";

type EditRequest = Request<typeof editInvitationRoute>;
type Body = EditRequest["body"];

const EVERY_KIND = ["firstName", "lastName", "message", "locale"];

/** GST-13: what an invitation of each kind has. */
const FIELDS: Record<InvitationKind, readonly string[]> = {
  member: [...EVERY_KIND, "orgRole", "chatRole", "rights", "groupIds", "channelIds"],
  guest: [...EVERY_KIND, "channelIds", "guestEndsAt"],
  share: EVERY_KIND,
};

/** What is part of the grant, for which whoever edits it answers (INV-14). */
const GRANTED = new Set(["orgRole", "chatRole", "rights", "groupIds", "channelIds", "guestEndsAt"]);

function demandFields(kind: InvitationKind, body: Body): void {
  const odd = Object.keys(body).filter((name) => !FIELDS[kind].includes(name));
  if (odd.length === 0) return;
  throw invalid(odd.map((path) => ({ path, message: `An invitation of a ${kind} has no such field` })));
}

/** The values asked for, as they are stored: `null` takes one away, and a name given twice is given once. */
function asked({ guestEndsAt, channelIds, groupIds, ...rest }: Body): InvitationChanges {
  const others = Object.entries(rest).map(([name, value]) => [name, value ?? undefined]);
  return {
    ...Object.fromEntries(others),
    ...(channelIds === undefined ? {} : { channelIds: [...new Set(channelIds)] }),
    ...(groupIds === undefined ? {} : { groupIds: [...new Set(groupIds)] }),
    ...(guestEndsAt === undefined
      ? {}
      : { guestEndsAt: guestEndsAt === null ? undefined : Date.parse(guestEndsAt) }),
  };
}

/** What of it is not so already. */
function changesIn(invitation: Invitation, wanted: InvitationChanges): InvitationChanges {
  const now = new Map<string, unknown>(Object.entries(invitation));
  const isOther = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(now.get(name));
  return Object.fromEntries(Object.entries(wanted).filter(isOther));
}

/** With what follows from it: who answers for the grant, and that no invitation outlives the access it gives (GINV-10). */
function withConsequences({ who, invitation }: Managed, changes: InvitationChanges): InvitationChanges {
  const { userId } = who.person;
  const isGrant = Object.keys(changes).some((name) => GRANTED.has(name));
  const after = { ...invitation, ...changes };
  const maySayAll = after.kind !== "member" || mayGrant(who.standing, after).allowed;
  const grantedBy = userId === invitation.invitedBy.userId ? undefined : userId;
  const isOthers = isGrant && maySayAll && grantedBy !== invitation.grantedBy;
  const endsAt = Math.min(invitation.endsAt, changes.guestEndsAt ?? Number.POSITIVE_INFINITY);
  return {
    ...changes,
    ...(isOthers ? { grantedBy } : {}),
    ...(endsAt === invitation.endsAt ? {} : { endsAt }),
  };
}

/**
 * MINV-8: changes a pending invitation, on the version that is named or, without one, on whatever there is at the moment
 * of the write. What it grants may be changed within what the editor may grant, and give (MINV-1, GINV-2).
 */
export async function editInvitation(table: Table, request: EditRequest): Promise<Answer> {
  const { body, person, ifMatch, sourceIp, now } = request;
  const { who, after } = await untilSettled(async () => {
    const managed = await loadManaged(table, request, "invitation.update");
    const { who, invitation, facts } = managed;
    demand(mayEdit(facts));
    if (ifMatch !== undefined && ifMatch !== invitation.version) throw stale();
    demandFields(invitation.kind, body);
    const changed = changesIn(invitation, asked(body));
    await demandGrant(table, managed, changed, now);
    if (Object.keys(changed).length === 0) return { who, after: invitation };
    const changes = withConsequences(managed, changed);
    try {
      await transact(table, [
        ...editInvitationWrites(invitation, changes, { actorId: person.userId, sourceIp, now }),
        unchangedCheck("actor", who.person),
      ]);
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
    const after: Invitation = { ...invitation, ...changes, version: invitation.version + 1 };
    return { who, after };
  });
  return { status: 200, body: await showInvitation(table, who, after, now), version: after.version };
}
