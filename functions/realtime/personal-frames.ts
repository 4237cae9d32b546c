import { EVENT_AUDIENCES, mayReceive } from "@vestibule/domain/live";
import { isInDnd } from "@vestibule/domain/notifications";
import type { NotificationReason } from "@vestibule/domain/vocabulary";
import type { LivePerson } from "../table/live.ts";
import type { LiveEvent } from "./event-contract.ts";
import { packFrames, serializeEvent } from "./frames.ts";
import type { Notice } from "./notice.ts";
import { reasonFor } from "./notified.ts";
import { isIn, recipientOf, type Scene } from "./recipients.ts";

/** So many different sets of frames are kept at a time; of more, each is made anew. */
const MAX_KEPT = 500;

/** MSG-4, GST-16: decided for each recipient by the domain's table, on what was read at delivery. */
function isTold(scene: Scene, person: LivePerson, notice: Notice): boolean {
  const { event, channel } = notice;
  if (notice.isDisturbing === true && isInDnd(person.dndUntil, scene.now)) return false;
  const recipient = recipientOf(scene, person, notice);
  if (notice.isForOutsiders === true && recipient.relation !== "none") return false;
  if (notice.notable !== undefined) return recipient.relation !== "none";
  // What is of a channel and for one person only, is theirs while they are in it.
  const isPersons = EVENT_AUDIENCES[event.type] === "person";
  if (isPersons && channel !== undefined && recipient.relation === "none") return false;
  return mayReceive(event.type, recipient);
}

type Told = {
  readonly notice: Notice;
  textFor(userId: string, reason: NotificationReason | undefined): string;
};

/** A notice as text, once for all its recipients, for one of them, or for each reason to be notified. */
function asTold(notice: Notice): Told {
  const { event, personal } = notice;
  const texts = new Map<string, string>();
  const once = (key: string, made: LiveEvent): string => {
    const text = texts.get(key) ?? serializeEvent(made);
    texts.set(key, text);
    return text;
  };
  return {
    notice,
    textFor(userId, reason) {
      if (personal?.userId === userId) return once("personal", personal.event);
      if (reason === undefined || event.type !== "notification") return once("common", event);
      return once(reason, { ...event, reason });
    },
  };
}

/**
 * The frames for each person, made once for all of a kind: who is of the same kind, in the same channels, notified of the
 * same, and nobody in particular, sees the same events as the same text.
 */
export function personalFrames(scene: Scene, notices: readonly Notice[]) {
  const told = notices.map(asTold);
  const particular = new Set(notices.flatMap(({ personal, concerns }) => [personal?.userId, concerns]));
  const channelIds = [...scene.rosters.keys()];
  const seenByKind = new Map<string, Told[]>();
  const made = new Map<string, string[]>();

  /** What people of a kind see; DND is one, since it keeps what disturbs from them. */
  function kindOf(person: LivePerson): string {
    const { userId, isGuest, dndUntil } = person;
    const places = channelIds.map((channelId) => (isIn(scene, person, channelId) ? "+" : "-")).join("");
    const who = particular.has(userId) ? userId : "";
    return `${isGuest} ${scene.managers.has(userId)} ${isInDnd(dndUntil, scene.now)} ${places} ${who}`;
  }

  function seenBy(person: LivePerson, kind: string): Told[] {
    const known = seenByKind.get(kind);
    if (known !== undefined) return known;
    const seen = told.filter(({ notice }) => isTold(scene, person, notice));
    if (seenByKind.size < MAX_KEPT) seenByKind.set(kind, seen);
    return seen;
  }

  return (person: LivePerson): string[] => {
    const kind = kindOf(person);
    const seen = seenBy(person, kind);
    const reasons = seen.map(({ notice }) => reasonFor(scene, person, notice));
    const sight = `${kind} ${reasons.join(",")}`;
    const known = made.get(sight);
    if (known !== undefined) return known;
    const frames = packFrames(
      seen.flatMap((one, index) => {
        const reason = reasons[index];
        if (one.notice.notable !== undefined && reason === undefined) return [];
        return [one.textFor(person.userId, reason)];
      }),
    );
    if (made.size < MAX_KEPT) made.set(sight, frames);
    return frames;
  };
}
