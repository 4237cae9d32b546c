import { type Fields, objectIn, textIn } from "../json.ts";
import { readUsage, setUsage } from "./figures.ts";
import { guests, putGuest, readGuest } from "./guests.ts";
import { members, putMember } from "./members.ts";
import { invitations, putInvitation, readInvitation } from "./pending.ts";
import { guestIn, invitationIn, memberIn, usageIn } from "./shapes.ts";
import { place } from "./workplace.ts";

const CALM_MS = 1_500;
let calm: ReturnType<typeof setTimeout> | undefined;

/** Frames may overtake one another: once they are over, the figures are read as they are. */
function settleUsage(): void {
  clearTimeout(calm);
  calm = setTimeout(readUsage, CALM_MS);
}

function invitationTold(fields: Fields): void {
  const told = invitationIn(fields);
  const isNew = invitations.rows.get(told.id) === undefined;
  putInvitation(told);
  // What is told names no channels, and a guest's are what matters.
  if (isNew && told.kind === "guest" && invitations.rows.get(told.id) !== undefined)
    void readInvitation(told.id);
}

type Hear = (event: Fields) => void;

/** What each live event changes of what is shown. */
function reactions(onMyself: () => void): ReadonlyMap<string, Hear> {
  const member: Hear = (event) => {
    const told = memberIn(objectIn(event, "member") ?? {});
    putMember(told);
    guests.rows.drop(told.id);
    if (told.id === place().userId) onMyself();
  };
  const guest: Hear = (event) => {
    const told = guestIn(objectIn(event, "guest") ?? {});
    putGuest(told);
    members.rows.drop(told.id);
    if (told.channelIds === undefined) void readGuest(told.id);
  };
  const invitation: Hear = (event) => invitationTold(objectIn(event, "invitation") ?? {});
  return new Map<string, Hear>([
    ["member.joined", member],
    ["member.updated", member],
    ["member.removed", (event) => members.rows.drop(textIn(event, "userId"))],
    ["guest.joined", guest],
    ["guest.removed", (event) => guests.rows.drop(textIn(event, "userId"))],
    ["invitation.created", invitation],
    ["invitation.updated", invitation],
    [
      "usage.changed",
      (event) => {
        setUsage(usageIn(objectIn(event, "usage") ?? {}));
        settleUsage();
      },
    ],
  ]);
}

/** Shows live events; `onMyself`: the person's own record changed, and with it perhaps what they may. */
export function happenings(onMyself: () => void): Hear {
  const hear = reactions(onMyself);
  return (event) => hear.get(textIn(event, "type"))?.(event);
}
