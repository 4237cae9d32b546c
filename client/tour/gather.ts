import type { Channel, Organization } from "../types.ts";
import { expectSame } from "./expect.ts";
import { expectShown, inShort, type Listener, listen } from "./listen.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** A private channel of two, somebody who is not in it yet, and the live sessions of all three. */
export type Gathering = {
  organization: Organization;
  channel: Channel;
  founder: Listener;
  first: Listener;
  second: Listener;
};

/**
 * CH-4, CH-8, MSG-4: opens the channel in which the tour talks, and a session for each.
 * @returns the channel, when all that is done in it is done
 */
export async function gather(
  organization: Organization,
  people: [Person, Person, Person],
  act: (gathering: Gathering) => Promise<void>,
): Promise<Channel> {
  const [founder, first, second] = people;
  step(`${founder.name} opens a channel with ${first.name}, and all three connect again`);
  const channel = await founder.client.createChannel(organization.id, { name: "Picnic", type: "private" });
  const { results } = await founder.client.addToChannel(organization.id, channel.id, {
    userIds: [first.userId],
  });
  expectSame(`What became of adding ${first.name}`, results[0]?.status, "added");
  const listeners: Listener[] = [];
  const connect = async (person: Person) => {
    const listener = await listen(person, organization, inShort);
    listeners.push(listener);
    return listener;
  };
  try {
    const gathering = {
      organization,
      channel,
      founder: await connect(founder),
      first: await connect(first),
      second: await connect(second),
    };
    for (const listener of [gathering.founder, gathering.first]) {
      listener.session.look(channel.id);
      await expectShown("The channel", listener, channel.id, ({ isLoaded }) => isLoaded || undefined);
    }
    seen(`${founder.name} and ${first.name} look at #${channel.handle}; ${second.name} is elsewhere`);
    await act(gathering);
    return channel;
  } finally {
    for (const { session } of listeners) session.close();
  }
}
