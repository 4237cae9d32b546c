import type { Message } from "../types.ts";
import { expectSame } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { expectShown } from "./listen.ts";
import { seen, step } from "./narrator.ts";

/**
 * MSG-9, MSG-7: reactions, once per person and emoji, and a pin, on everybody's screen.
 * @returns the message that is pinned
 */
export async function reactAndPin({ organization, channel, founder, first }: Gathering): Promise<Message> {
  step(`${first.person.name} reacts to a message, and pins it`);
  const { message } = await founder.session.post(channel.id, { text: "Who comes along on Saturday?" });
  const place = [organization.id, channel.id, message.seq] as const;
  const shown = async (what: string, fits: (message: Message) => boolean) =>
    await expectShown(what, founder, channel.id, ({ messages }) =>
      messages.find((one) => one.seq === message.seq && fits(one)),
    );

  await founder.person.client.react(...place, "👍");
  await first.person.client.react(...place, "👍");
  await first.person.client.react(...place, "👍");
  await first.person.client.react(...place, "🧺");
  const both = await shown("Two emojis", ({ reactions }) => reactions.length === 2);
  const told = both.reactions.map(({ emoji, count }) => `${emoji} ${count}`);
  expectSame("The reactions, of which nobody's counts twice,", told, ["👍 2", "🧺 1"]);
  seen(`${founder.person.name} sees ${told.join(", ")}`);
  await first.person.client.unreact(...place, "🧺");
  await shown("One emoji", ({ reactions }) => reactions.length === 1);
  seen("and that one was taken back");

  await first.person.client.pinMessage(...place);
  await shown("The pin", ({ pinned }) => pinned);
  const there = founder.session.channel(channel.id);
  await there.loadPins();
  expectSame(
    "The pinned messages",
    there.pins().map(({ seq }) => seq),
    [message.seq],
  );
  seen(`pinned: “${both.text}”`);
  return both;
}
