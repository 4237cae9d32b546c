import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import type { Standing } from "./people.ts";
import { permit } from "./permissions.ts";
import type { ChannelType } from "./vocabulary.ts";

/** CH-3: a direct conversation has exactly two people, a group one three to eight. */
export const MIN_PEOPLE = 2;
export const MAX_PEOPLE = 8;

/** CH-3: a channel without a name, for those whom it was opened with. */
export function isConversation(type: ChannelType): boolean {
  return type === "direct" || type === "group";
}

/** One of the others in a conversation that somebody opens. */
export type Participant = {
  readonly standing: Standing;
  /** Asked only where they or the actor are a guest. */
  readonly sharesChannelWithActor: boolean;
  /** With every guest among the others but themselves. */
  readonly sharesChannelWithGuests: boolean;
};

/** CH-3: the type that so many people make, the actor among them. */
export function conversationType(people: number): Extract<ChannelType, "direct" | "group"> {
  return people > MIN_PEOPLE ? "group" : "direct";
}

/**
 * CH-3, GST-8, GST-11: whether somebody may open a conversation with these others. Where a guest is in it, everybody in
 * it shares a channel with them; whom a guest shares none with does not exist to them (GST-16).
 */
export function mayOpenConversation(facts: {
  readonly actor: Standing;
  readonly others: readonly Participant[];
}): Decision {
  const { actor, others } = facts;
  const people = others.length + 1;
  return firstDenial(
    permit("conversation.open", { standing: actor }),
    people < MIN_PEOPLE ? deny("too-few-people", "CH-3", { min: MIN_PEOPLE }) : allow(),
    people > MAX_PEOPLE ? deny("too-many-people", "CH-3", { max: MAX_PEOPLE }) : allow(),
    ...others.map((other) => isKnown(actor, other)),
    ...others.map((other) => shares(actor, other)),
  );
}

/** BOT-1, BOT-2, BOT-4: everybody who may converse may do so with the assistant, and nobody else is in it. */
export function mayOpenWithAssistant(facts: { readonly actor: Standing; readonly people: number }): Decision {
  return firstDenial(
    permit("conversation.open", { standing: facts.actor }),
    facts.people > MIN_PEOPLE ? deny("bot-one-to-one", "BOT-2") : allow(),
  );
}

/** INV-15, GST-16: somebody who is not there and somebody whom a guest may not know of are refused alike. */
function isKnown(actor: Standing, { standing, sharesChannelWithActor }: Participant): Decision {
  const isThere = standing.kind !== "outsider" && standing.state === "active";
  if (actor.kind === "guest")
    return isThere && sharesChannelWithActor ? allow() : deny("not-found", "GST-16");
  return isThere ? allow() : deny("not-found", "INV-15");
}

function shares(actor: Standing, other: Participant): Decision {
  const isWithGuest = actor.kind === "guest" || other.standing.kind === "guest";
  const isFine = other.sharesChannelWithGuests && (!isWithGuest || other.sharesChannelWithActor);
  return isFine ? allow() : deny("shares-no-channel", "GST-11");
}
