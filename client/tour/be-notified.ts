import { expectSame, expectSoon } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { expectShown, toldOf } from "./listen.ts";
import { seen, step } from "./narrator.ts";

/** CH-11, PRS-4: a muted channel, the level `none` and DND bring nothing to somebody's notice, and take nothing away. */
export async function beNotified({ organization, channel, founder, second }: Gathering): Promise<void> {
  const { client, name, userId } = second.person;
  step(`${name} mutes the channel, and does not want to be disturbed`);
  const { handle } = await client.getMember(organization.id, userId);
  const keep = (change: Parameters<typeof client.changeMyChannel>[2]) =>
    client.changeMyChannel(organization.id, channel.id, change);
  const call = async () => {
    const { message } = await founder.session.post(channel.id, { text: `@${handle}, the basket!` });
    await expectShown("The message", second, channel.id, ({ messages }) =>
      messages.find(({ seq }) => seq === message.seq),
    );
    return message.seq;
  };

  const since = second.events.length;
  await keep({ muted: true });
  const silent = [await call()];
  await keep({ muted: false, level: "none" });
  silent.push(await call());
  await keep({ level: "mentions" });
  const { status } = await second.session.command(channel.id, "/dnd 30m");
  expectSame("The presence", status?.presence, "dnd");
  seen(`in DND until ${status?.until}`);
  silent.push(await call());
  await second.session.command(channel.id, "/online");
  const heard = await call();

  const notified = () =>
    toldOf({ ...second, events: second.events.slice(since) }, "notification").map(({ seq }) => seq);
  await expectSoon("The notification", () => notified().length > 0 || undefined);
  expectSame("The messages that notified", notified(), [heard]);
  const { unread, mentions } = second.session.counts(channel.id);
  expectSame("What is unread all the same", [unread, mentions], [4, 4]);
  seen(`seq ${silent.join(", ")} (muted, level none, DND) came in silence; seq ${heard} notified`);
  seen(`all ${unread} are shown, and count`);
}
