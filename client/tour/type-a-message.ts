import type { Gathering } from "./gather.ts";
import { expectShown } from "./listen.ts";
import { seen, step } from "./narrator.ts";

/** Typing is told to those who look at the channel, and is stored nowhere; the message that follows ends it. */
export async function typeAMessage({ channel, founder, second }: Gathering): Promise<void> {
  const { name } = second.person;
  step(`${name} types a message`);
  const there = second.session.channel(channel.id);
  const typist = await expectShown("Who is typing", founder, channel.id, ({ typing }) => {
    // As with every key that is pressed.
    there.typing();
    return typing[0];
  });
  seen(`${founder.person.name} sees that ${typist.name} is typing`);
  await there.post({ text: "I bring the basket." });
  await expectShown("That nobody types any more", founder, channel.id, ({ typing }) =>
    typing.length === 0 ? true : undefined,
  );
  seen("and then the message");
}
