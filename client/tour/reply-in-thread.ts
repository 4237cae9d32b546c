import type { Message } from "../types.ts";
import { expectPresent, expectSame, expectSoon } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { expectShown, toldOf } from "./listen.ts";
import { seen, step } from "./narrator.ts";

/** MSG-8: a reply names its thread's first message; who began it follows it, is notified, and has it in a list. */
export async function replyInThread(
  { organization, channel, founder, first }: Gathering,
  root: Message,
): Promise<void> {
  step(`${first.person.name} replies in a thread`);
  const { message } = await first.session.post(channel.id, { text: "I do!", replyTo: root.seq });
  expectSame("The message replied to", message.replyTo, root.seq);
  const begun = await expectShown("The thread's figures", founder, channel.id, ({ messages }) =>
    messages.find(({ seq, thread }) => seq === root.seq && thread !== undefined),
  );
  expectSame("The replies", begun.thread?.replies, 1);
  const there = founder.session.channel(channel.id);
  await there.loadThread(root.seq);
  const texts = there.thread(root.seq).map(({ text }) => text);
  expectSame("The thread", texts, [root.text, message.text]);
  seen(`the thread: ${texts.map((text) => `“${text}”`).join(", ")}`);

  const { client, name } = founder.person;
  await expectSoon(`What notifies ${name} of the reply`, () =>
    toldOf(founder, "notification").find(({ seq, reason }) => seq === message.seq && reason === "thread"),
  );
  const { items } = await client.listThreads(organization.id);
  const mine = expectPresent(
    "The thread in the list",
    items.find((thread) => thread.root.seq === root.seq),
  );
  expectSame("Its unread replies", mine.unread, 1);
  seen(`${name} began it and so follows it: notified, and ${mine.unread} unread in the list of threads`);
  await client.unfollowThread(organization.id, channel.id, root.seq);
  expectSame("The threads after unfollowing it", (await client.listThreads(organization.id)).items, []);
  seen("and follows it no longer");
}
