import { mayChangeGuestEnd } from "@vestibule/domain/guests";
import { presentGuest } from "../contract/guest.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { auditWrite } from "../table/audit.ts";
import { changeGuestEndWrites } from "../table/guests.ts";
import { moveLiveEnd } from "../table/live-end.ts";
import { isoTime, type Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { updateGuestRoute } from "./contract.ts";
import { shownChannels } from "./guest-channels.ts";
import { actorChecks, loadGuestFacts } from "./load-people.ts";

/** GINV-10: gives a guest an end, or none; where they are connected, delivery ends with it. */
export async function updateGuest(table: Table, request: Request<typeof updateGuestRoute>): Promise<Answer> {
  const { params, person, body, sourceIp, now } = request;
  const { org, user } = params;
  const endsAt = body.endsAt === null ? null : Date.parse(body.endsAt);
  const { guest, viewer } = await untilSettled(async () => {
    const facts = await loadGuestFacts(table, request, "guest.update");
    const { actor, target } = facts;
    demand(mayChangeGuestEnd({ actor: actor.standing, endsAt, now }));
    const { endsAt: _, ...rest } = target;
    try {
      await transact(table, [
        ...changeGuestEndWrites(target, endsAt ?? undefined),
        ...actorChecks(facts),
        auditWrite(
          org,
          { actorId: person.userId, sourceIp, now },
          {
            action: "guest.end-changed",
            subjectId: user,
            details: { endsAt: endsAt === null ? null : isoTime(endsAt) },
          },
        ),
      ]);
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
    const ending = endsAt === null ? {} : { endsAt };
    return { guest: { ...rest, ...ending, version: target.version + 1 }, viewer: actor };
  });
  await moveLiveEnd(table, org, user, endsAt ?? undefined);
  const channels = await shownChannels(table, org, viewer, [guest]);
  return { status: 200, body: presentGuest(guest, channels.get(user) ?? []), version: guest.version };
}
