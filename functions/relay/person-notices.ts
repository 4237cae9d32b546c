import { presentGuest } from "../contract/guest.ts";
import { presentMember } from "../contract/member.ts";
import type { LiveEvent } from "../realtime/event-contract.ts";
import type { Notice } from "../realtime/notice.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { isShownAlike, type Of } from "./shown-change.ts";

function joined(person: PersonRecord): LiveEvent {
  if (person.kind === "member") return { type: "member.joined", member: presentMember(person) };
  const { channelIds: _asked, ...guest } = presentGuest(person, []);
  return { type: "guest.joined", guest };
}

function removed({ kind, userId }: PersonRecord): LiveEvent {
  return { type: kind === "member" ? "member.removed" : "guest.removed", userId };
}

/** INV-17, GINV-5, ORG-10: who comes, changes and goes; a conversion is going as the one and coming as the other. */
export function ofPerson({ organizationId, before, after }: Of<"person">): Notice[] {
  const tell = (...events: LiveEvent[]): Notice[] => events.map((event) => ({ organizationId, event }));
  if (before === undefined) return after === undefined ? [] : tell(joined(after));
  if (after === undefined) return tell(removed(before));
  if (before.kind !== after.kind) return tell(removed(before), joined(after));
  if (before.kind !== "member" || after.kind !== "member") return [];
  const member = presentMember(after);
  return isShownAlike(presentMember(before), member) ? [] : tell({ type: "member.updated", member });
}
