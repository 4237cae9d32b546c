import { openSession, type Session } from "../session.ts";
import type { Organization, SessionEvent } from "../types.ts";
import { expectPresent, expectSame, expectSoon } from "./expect.ts";
import { frame, seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

type Listener = { person: Person; session: Session; events: SessionEvent[] };

async function listen(person: Person, organization: Organization): Promise<Listener> {
  const events: SessionEvent[] = [];
  const session = openSession(person.client, organization.id, {
    onEvents: (received) => {
      events.push(...received);
      frame(person.name, JSON.stringify({ type: "events", events: received }));
    },
  });
  try {
    await expectSoon(`${person.name}'s connection`, () => session.state().kind === "connected" || undefined);
  } catch (error) {
    session.close();
    throw error;
  }
  return { person, session, events };
}

function hasMessage(listener: Listener, text: string): boolean {
  return listener.events.some(
    (event) => event.type === "message.posted" && JSON.stringify(event).includes(JSON.stringify(text)),
  );
}

/** MSG-4: every connected reader of the channel gets the message, the sender's own connection included. */
async function expectDelivered(listeners: Listener[], text: string): Promise<void> {
  for (const listener of listeners) {
    const what = `The message “${text}” on ${listener.person.name}'s connection`;
    await expectSoon(what, () => hasMessage(listener, text) || undefined);
  }
  seen(`all ${listeners.length} connections received “${text}”`);
}

/** MSG-1…4: three connections, one message by HTTP and one by a frame; every frame received is shown. */
export async function talk(organization: Organization, people: [Person, Person, Person]): Promise<void> {
  step("All three connect, and talk in General");
  const [founder, first, second] = people;
  const { items } = await founder.client.listChannels(organization.id);
  const general = expectPresent(
    "The General channel",
    items.find((channel) => channel.general),
  );
  expectSame("General's members", general.memberCount, 3);

  const listeners: Listener[] = [];
  try {
    for (const person of people) {
      const listener = await listen(person, organization);
      listeners.push(listener);
      listener.session.channel(general.id);
      seen(`${person.name} is connected, and keeps up with General`);
    }
    const welcome = `Welcome, ${first.name} and ${second.name}!`;
    const posted = await founder.client.postMessage(organization.id, general.id, { text: welcome });
    seen(`${founder.name} posted over HTTP: seq ${posted.seq}`);
    await expectDelivered(listeners, welcome);

    const { session } = expectPresent("The second connection", listeners[1]);
    const thanks = "Thank you, glad to be here.";
    const { message } = await session.post(general.id, { text: thanks });
    expectSame("The number of the next message", message.seq, posted.seq + 1);
    seen(`${first.name} posted over the socket: seq ${message.seq}`);
    await expectDelivered(listeners, thanks);

    const { items: history } = await second.client.listMessages(organization.id, general.id);
    const seqs = history.map(({ seq }) => seq).sort((one, other) => one - other);
    expectSame("The numbers of General's messages", seqs.slice(-2), [posted.seq, posted.seq + 1]);
    seen(`the history holds them in order: seq ${seqs.join(", ")}`);
    for (const { person, session: one } of listeners) {
      const shown = () =>
        one
          .channel(general.id)
          .view()
          .messages.map(({ seq }) => seq);
      await expectSoon(`${person.name}'s view`, () => shown().length === seqs.length || undefined);
      expectSame(`The messages that ${person.name} sees`, shown(), seqs);
    }
    seen("and all three see just these, without having asked");
  } finally {
    for (const { session } of listeners) session.close();
  }
}
