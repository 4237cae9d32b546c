import { openSocket, type VestibuleSocket } from "../socket.ts";
import type { Organization, VestibuleEvent } from "../types.ts";
import { expectPresent, expectSame, expectSoon } from "./expect.ts";
import { frame, seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

type Listener = { person: Person; socket: VestibuleSocket; events: VestibuleEvent[] };

async function listen(person: Person, organization: Organization): Promise<Listener> {
  const events: VestibuleEvent[] = [];
  const socket = await openSocket(person.client, organization.id, {
    onEvents: (received) => {
      events.push(...received);
      frame(person.name, JSON.stringify({ type: "events", events: received }));
    },
  });
  return { person, socket, events };
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
      await listener.socket.ping();
      seen(`${person.name} is connected, and the ping is answered`);
    }
    const welcome = `Welcome, ${first.name} and ${second.name}!`;
    const posted = await founder.client.postMessage(organization.id, general.id, { text: welcome });
    seen(`${founder.name} posted over HTTP: seq ${posted.seq}`);
    await expectDelivered(listeners, welcome);

    const socket = expectPresent("The second connection", listeners[1]).socket;
    const thanks = "Thank you, glad to be here.";
    const { message } = await socket.post(general.id, { text: thanks });
    expectSame("The number of the next message", message.seq, posted.seq + 1);
    seen(`${first.name} posted over the socket: seq ${message.seq}`);
    await expectDelivered(listeners, thanks);

    const { items: history } = await second.client.listMessages(organization.id, general.id);
    const seqs = history.map(({ seq }) => seq).sort((one, other) => one - other);
    expectSame("The numbers of General's messages", seqs.slice(-2), [posted.seq, posted.seq + 1]);
    seen(`the history holds them in order: seq ${seqs.join(", ")}`);
  } finally {
    await Promise.all(listeners.map(({ socket }) => socket.close()));
  }
}
