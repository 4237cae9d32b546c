import { mayReceive } from "@vestibule/domain/live";
import type { LivePerson } from "../table/live.ts";
import { packFrames, serializeEvent } from "./frames.ts";
import type { Notice } from "./notice.ts";
import { isIn, type Presence, recipientOf } from "./recipients.ts";

/** MSG-4, GST-16: decided for each recipient by the domain's table, on what was read at delivery. */
function isTold(presence: Presence, person: LivePerson, notice: Notice): boolean {
  const recipient = recipientOf(presence, person, notice);
  if (notice.isForOutsiders === true && recipient.relation !== "none") return false;
  return mayReceive(notice.event.type, recipient);
}

/**
 * The frames for each person, made once for all of a kind: who is of the same kind, in the same channels, and nobody in
 * particular, sees the same events as the same text.
 */
export function personalFrames(presence: Presence, notices: readonly Notice[]) {
  const texts = notices.map((notice) => ({
    notice,
    common: serializeEvent(notice.event),
    personal: notice.personal === undefined ? undefined : serializeEvent(notice.personal.event),
  }));
  const particular = new Set(notices.flatMap(({ personal, concerns }) => [personal?.userId, concerns]));
  const channelIds = [...presence.rosters.keys()];
  const made = new Map<string, string[]>();
  return (person: LivePerson): string[] => {
    const { userId, isGuest } = person;
    const places = channelIds.map((channelId) => (isIn(presence, person, channelId) ? "+" : "-")).join("");
    const who = particular.has(userId) ? userId : "";
    const kind = `${isGuest} ${presence.managers.has(userId)} ${places} ${who}`;
    const known = made.get(kind);
    if (known !== undefined) return known;
    const seen = texts.filter(({ notice }) => isTold(presence, person, notice));
    const frames = packFrames(
      seen.map(({ notice, common, personal }) =>
        personal !== undefined && notice.personal?.userId === userId ? personal : common,
      ),
    );
    made.set(kind, frames);
    return frames;
  };
}
