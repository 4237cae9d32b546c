import { isConversation } from "./permissions.ts";
import type { CallState, ChannelType, ParticipantState } from "./vocabulary.ts";

/** CALL-2: how long a call rings; who has not answered then has missed it. */
const RING_MS = 60_000;

/** Whom a call lists, so that it fits into one frame; who comes when it is full goes in by its link alone. */
export const MOST_LISTED = 100;

const HOUR_MS = 3_600_000;

/** After this a call is over, whoever forgot to leave it. */
const LONGEST_MS = 12 * HOUR_MS;

/** So long somebody waits alone in a call that nobody comes to. */
const ALONE_MS = HOUR_MS;

/** How one person stands to a call (CALL-3). */
export type CallParticipant = {
  readonly userId: string;
  readonly name: string;
  readonly state: ParticipantState;
};

/** What of a call its rules are about; whoever keeps a call keeps more. */
export type CallFacts = {
  readonly state: CallState;
  readonly participants: readonly CallParticipant[];
};

/** What somebody may do to a call as one who takes part. */
export type CallAnswer = "accept" | "decline" | "leave";

/** CALL-2: whether a call rings in such a channel, or only notifies. */
export function rings(channelType: ChannelType): boolean {
  return isConversation(channelType);
}

/** CALL-2, PRS-4: a call as it begins. The others of a conversation are rung but for those in DND, who miss it. */
export function newCall(
  starter: Omit<CallParticipant, "state">,
  others: readonly (Omit<CallParticipant, "state"> & { readonly isInDnd: boolean })[],
): Pick<CallFacts, "state" | "participants"> {
  const participants: CallParticipant[] = [
    { ...starter, state: "accepted" },
    ...others.map(({ isInDnd, ...person }) => ({
      ...person,
      state: isInDnd ? ("missed" as const) : ("ringing" as const),
    })),
  ];
  return { participants, state: isRinging(participants) ? "ringing" : "running" };
}

/** A call as it stands so many milliseconds after it was started: what has rung for a minute rings no more (CALL-2). */
export function callAfter<Call extends CallFacts>(call: Call, ageMs: number): Call {
  if (call.state === "ended" || ageMs < RING_MS) return call;
  if (!isRinging(call.participants) && call.state === "running") return call;
  return { ...call, state: "running", participants: withoutRinging(call.participants) };
}

/** CALL-3: a call after somebody's answer to it, and when the last one leaves, its end; `undefined` if it changes nothing. */
export function answered(
  call: CallFacts,
  person: Omit<CallParticipant, "state">,
  answer: CallAnswer,
): Pick<CallFacts, "state" | "participants"> | undefined {
  if (call.state === "ended") return undefined;
  const was = call.participants.find(({ userId }) => userId === person.userId)?.state;
  const state = stateAfter(was, answer);
  if (state === was || state === undefined) return undefined;
  const participants = listed(call.participants, { ...person, state });
  return participants === undefined ? undefined : following(call, participants);
}

/** A call without those who are in its channel no more; the same call if it has none of them. */
export function withoutGone(
  call: CallFacts,
  gone: ReadonlySet<string>,
): Pick<CallFacts, "state" | "participants"> {
  const isGone = ({ userId, state }: CallParticipant) => gone.has(userId) && isActive(state);
  if (call.state === "ended" || !call.participants.some(isGone)) return call;
  const participants = call.participants.map((one) =>
    isGone(one) ? { ...one, state: one.state === "accepted" ? ("left" as const) : ("missed" as const) } : one,
  );
  return following(call, participants);
}

/** A call that is over: nobody is in it, nobody is rung. */
export function ended(call: CallFacts): Pick<CallFacts, "state" | "participants"> {
  const participants = withoutRinging(call.participants).map((one) =>
    one.state === "accepted" ? { ...one, state: "left" as const } : one,
  );
  return { state: "ended", participants };
}

/** Whether everybody forgot to leave a call: it lasts half a day, or somebody has been alone in it, unchanged, for an hour. */
export function isForgotten(
  call: CallFacts,
  { ageMs, unchangedMs }: { readonly ageMs: number; readonly unchangedMs: number },
): boolean {
  if (call.state === "ended") return false;
  return ageMs >= LONGEST_MS || (whoIsIn(call).length <= 1 && unchangedMs >= ALONE_MS);
}

/** Who is in a call at the moment. */
export function whoIsIn({ participants }: Pick<CallFacts, "participants">): string[] {
  return participants.filter(({ state }) => state === "accepted").map(({ userId }) => userId);
}

function stateAfter(was: ParticipantState | undefined, answer: CallAnswer): ParticipantState | undefined {
  switch (answer) {
    case "accept":
      return "accepted";
    case "decline":
      if (was === "accepted") return "left";
      return was === "left" ? was : "declined";
    case "leave":
      if (was === "accepted") return "left";
      // Who hangs up while it rings declines.
      return was === "ringing" ? "declined" : was;
  }
}

/** The list with somebody's new state; when it is full, without the first who is not in the call, or `undefined`. */
function listed(
  participants: readonly CallParticipant[],
  person: CallParticipant,
): CallParticipant[] | undefined {
  if (participants.some(({ userId }) => userId === person.userId))
    return participants.map((one) => (one.userId === person.userId ? person : one));
  if (participants.length < MOST_LISTED) return [...participants, person];
  const spare = participants.findIndex(({ state }) => !isActive(state));
  return spare === -1 ? undefined : [...participants.toSpliced(spare, 1), person];
}

/** A call with these participants: over without anybody in it; once somebody came, it rings no more as a whole. */
function following(
  call: CallFacts,
  participants: readonly CallParticipant[],
): Pick<CallFacts, "state" | "participants"> {
  const isIn = whoIsIn({ participants }).length;
  if (isIn === 0) return ended({ ...call, participants });
  const stillRings = call.state === "ringing" && isIn === 1 && isRinging(participants);
  return { participants, state: stillRings ? "ringing" : "running" };
}

const isActive = (state: ParticipantState): boolean => state === "accepted" || state === "ringing";

function isRinging(participants: readonly CallParticipant[]): boolean {
  return participants.some(({ state }) => state === "ringing");
}

function withoutRinging(participants: readonly CallParticipant[]): CallParticipant[] {
  return participants.map((one) => (one.state === "ringing" ? { ...one, state: "missed" } : one));
}
