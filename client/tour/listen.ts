import { openSession, type Session, type SessionOptions } from "../session.ts";
import type { Organization, SessionEvent } from "../types.ts";
import { expectSoon } from "./expect.ts";
import { frame } from "./narrator.ts";
import type { Person } from "./person.ts";

type ChannelView = ReturnType<ReturnType<Session["channel"]>["view"]>;

/** Somebody with a live session, and every event that it was told. */
export type Listener = { person: Person; session: Session; events: SessionEvent[] };

/** How events are shown: whole, as they come over the wire, or what kind they are. */
type Telling = (event: SessionEvent) => string;

export const whole: Telling = (event) => JSON.stringify(event);

export const inShort: Telling = (event) => ("seq" in event ? `${event.type} ${event.seq}` : event.type);

/** MSG-4: opens a session, and waits until it is connected. */
export async function listen(
  person: Person,
  organization: Organization,
  telling: Telling,
  options: SessionOptions = {},
): Promise<Listener> {
  const events: SessionEvent[] = [];
  const session = openSession(person.client, organization.id, {
    ...options,
    onEvents: (received) => {
      events.push(...received);
      frame(person.name, received.map(telling).join(", "));
    },
  });
  const listener = { person, session, events };
  try {
    await expectState(listener, "connected");
  } catch (error) {
    session.close();
    throw error;
  }
  return listener;
}

export async function expectState(
  { person, session }: Listener,
  wanted: "connected" | "connecting" | "ended",
): Promise<void> {
  const what = `The state “${wanted}” of ${person.name}'s session`;
  await expectSoon(what, () => session.state().kind === wanted || undefined);
}

/** Waits until a channel looks as it should to somebody, who asks for nothing: the session keeps up with it. */
export async function expectShown<Value>(
  what: string,
  { person, session }: Listener,
  channelId: string,
  look: (view: ChannelView) => Value | undefined,
): Promise<Value> {
  return await expectSoon(`${what}, as ${person.name} sees it,`, () =>
    look(session.channel(channelId).view()),
  );
}

/** The events of a type that somebody was told, in the order in which they came. */
export function toldOf<Type extends SessionEvent["type"]>(
  { events }: Listener,
  type: Type,
): Extract<SessionEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<SessionEvent, { type: Type }> => event.type === type);
}
