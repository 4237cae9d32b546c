import type { Organization } from "../types.ts";
import { expectPresent, expectSame } from "./expect.ts";
import { expectShown, type Listener, listen, whole } from "./listen.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** MSG-4: every connected reader of the channel gets the message, the sender's own connection included. */
async function expectDelivered(listeners: Listener[], channelId: string, seq: number): Promise<void> {
  for (const listener of listeners)
    await expectShown(`Message ${seq}`, listener, channelId, ({ messages }) =>
      messages.find((message) => message.seq === seq),
    );
  seen(`all ${listeners.length} sessions show it`);
}

/** MSG-1…4: three sessions, one message by HTTP and one by a frame; every frame received is shown. */
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
      const listener = await listen(person, organization, whole);
      listeners.push(listener);
      listener.session.channel(general.id);
      seen(`${person.name} is connected, and keeps up with General`);
    }
    const welcome = { text: `Welcome, ${first.name} and ${second.name}!` };
    const posted = await founder.client.postMessage(organization.id, general.id, welcome);
    seen(`${founder.name} posted over HTTP: seq ${posted.seq}`);
    await expectDelivered(listeners, general.id, posted.seq);

    const { session } = expectPresent("The second session", listeners[1]);
    const thanks = { text: "Thank you, glad to be here." };
    const { message } = await session.post(general.id, thanks);
    expectSame("The number of the next message", message.seq, posted.seq + 1);
    seen(`${first.name} posted over the socket: seq ${message.seq}`);
    await expectDelivered(listeners, general.id, message.seq);

    const { items: history } = await second.client.listMessages(organization.id, general.id);
    const seqs = history.map(({ seq }) => seq).sort((one, other) => one - other);
    for (const listener of listeners) {
      const { messages } = listener.session.channel(general.id).view();
      expectSame(
        `The messages that ${listener.person.name} sees`,
        messages.map(({ seq }) => seq),
        seqs,
      );
    }
    seen(`and all three see just what is stored: seq ${seqs.join(", ")}`);
  } finally {
    for (const { session } of listeners) session.close();
  }
}
