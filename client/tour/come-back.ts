import type { Message } from "../types.ts";
import { cable } from "./cable.ts";
import { expectSame, expectSoon } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { expectShown, expectState, inShort, listen } from "./listen.ts";
import { seen, step } from "./narrator.ts";

/**
 * MSG-2, MSG-4: who was away asks for what they missed, new messages and changes of old ones, and posts what waited, once.
 */
export async function comeBack({ organization, channel, founder, second }: Gathering): Promise<void> {
  const { person } = second;
  step(`${person.name} goes through a tunnel`);
  const net = cable();
  const phone = await listen(person, organization, inShort, { environment: net.environment });
  try {
    const { session } = phone;
    const there = session.channel(channel.id);
    const known = await expectShown("What was there before", phone, channel.id, ({ isLoaded, messages }) =>
      isLoaded ? messages : undefined,
    );
    net.unplug();
    await expectState(phone, "connecting");
    for (const text of ["Take a blanket along.", "And the dog."])
      await founder.session.post(channel.id, { text });
    const own = known.findLast(({ author, deleted }) => author.userId === founder.person.userId && !deleted);
    if (own !== undefined) await founder.person.client.react(organization.id, channel.id, own.seq, "🐕");
    const waiting = there.post({ text: "In a tunnel: I come." });
    seen(`cut off: two posts and a reaction are missed, ${there.view().pending.length} of their own waits`);
    expectSame("What is shown meanwhile", there.view().messages.length, known.length);

    net.plug();
    session.refresh();
    const { message } = await waiting;
    seen(`back: the one that waited is acknowledged as seq ${message.seq}`);
    const { items } = await person.client.listMessages(organization.id, channel.id, { limit: 200 });
    const stored = items.toReversed();
    await expectSoon("What is stored, on the phone,", () =>
      gist(there.view().messages) === gist(stored) ? true : undefined,
    );
    seen(`the phone shows just what is stored: seq 1 to ${stored.at(-1)?.seq}, with the reaction`);
  } finally {
    phone.session.close();
  }
}

const gist = (messages: readonly Message[]): string =>
  JSON.stringify(messages.map(({ seq, text, reactions }) => [seq, text, reactions]));
