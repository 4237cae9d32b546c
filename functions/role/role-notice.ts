import { isDeepStrictEqual } from "node:util";
import { fullName } from "../table/members.ts";
import { type NoticeFacts, noticeWrite } from "../table/notices.ts";
import type { Write } from "../table/transaction.ts";
import type { PeopleFacts } from "./load-people.ts";

/**
 * The mail to the person whose role a change is about, in the change's own transaction: sent if and only if it was
 * committed (ORG-11). What changes nothing is no news; what somebody changes of themselves they are told too. A founder
 * whose address nobody has verified is mailed nothing: it may be somebody else's.
 */
export function roleNoticeWrites(
  { actor, target }: Pick<PeopleFacts, "actor" | "target">,
  facts: NoticeFacts | undefined,
  now: number,
): Write[] {
  if (facts === undefined || isDeepStrictEqual(facts.from, facts.to)) return [];
  const { organizationId, userId, addressKeys } = target;
  if (addressKeys.length === 0) return [];
  const { person } = actor;
  return [
    noticeWrite(
      { organizationId, userId, actor: { userId: person.userId, name: fullName(person) }, facts },
      now,
    ),
  ];
}
