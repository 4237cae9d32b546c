import { expectPresent, expectSame, expectSoon } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { seen, step } from "./narrator.ts";

/** MSG-10, MSG-11: a mention of somebody who is not in the channel tells its author; once added, mentions count. */
export async function mentionSomebody(gathering: Gathering): Promise<void> {
  const { organization, channel, founder, second } = gathering;
  const { client, name } = founder.person;
  step(`${name} mentions ${second.person.name}, who is not in the channel`);
  const { handle } = await client.getMember(organization.id, second.person.userId);
  const { notInChannel } = await founder.session.post(channel.id, { text: `Ask @${handle} for the basket.` });
  const [missing] = expectPresent("Who is not in the channel", notInChannel);
  expectSame("Who is not in the channel", missing, {
    userId: second.person.userId,
    name: second.person.name,
    handle,
    mayAdd: true,
  });
  seen(`@${handle} is not in #${channel.handle}, and ${name} may add them`);
  await client.addToChannel(organization.id, channel.id, { userIds: [second.person.userId] });

  await founder.session.post(channel.id, { text: `@${handle}, will you bring the basket?` });
  await founder.session.post(channel.id, { text: "@channel we leave at ten." });
  const counts = () => second.session.counts(channel.id);
  const { items } = await second.person.client.listUnread(organization.id);
  const mine = expectPresent(
    "The channel among the unread ones",
    items.find(({ channelId }) => channelId === channel.id),
  );
  expectSame("Mentions, as the service counts", mine.mentions, 2);
  await expectSoon(
    "Unread, and mentions among them, as the service counts",
    () => (counts().unread === mine.unread && counts().mentions === mine.mentions) || undefined,
  );
  seen(
    `${second.person.name} was added: ${mine.unread} unread, ${mine.mentions} mentions, live and asked for`,
  );

  const there = second.session.channel(channel.id);
  await expectSoon("The channel", () => there.view().isLoaded || undefined);
  there.read();
  await expectSoon("The mark", async () => {
    const { me } = await second.person.client.getChannel(organization.id, channel.id);
    return me.lastReadSeq === mine.lastSeq || undefined;
  });
  expectSame("What is left unread", [counts().unread, counts().mentions], [0, 0]);
  seen("and has read it all");
}
