import { expectRefusal, expectSame } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { expectShown } from "./listen.ts";
import { seen, step } from "./narrator.ts";

/** MSG-6: one's own message is edited, and says so; the former text is kept; a deletion leaves a marker. */
export async function editAndDelete({ organization, channel, founder, first }: Gathering): Promise<void> {
  const { client, name } = first.person;
  step(`${name} corrects a message, and deletes it`);
  const { message } = await first.session.post(channel.id, { text: "Lunch at noon?" });
  const place = [organization.id, channel.id, message.seq] as const;
  await client.editMessage(...place, "Lunch at one?");
  const edited = await expectShown("The corrected text", founder, channel.id, ({ messages }) =>
    messages.find(({ seq, editedAt }) => seq === message.seq && editedAt !== undefined),
  );
  expectSame("The text", edited.text, "Lunch at one?");
  const { items } = await founder.person.client.listEdits(...place);
  expectSame(
    "The former texts",
    items.map(({ text }) => text),
    [message.text],
  );
  seen(`${founder.person.name} sees “${edited.text}”, edited, and that it was “${message.text}”`);

  const refusal = await expectRefusal("Correcting somebody else's", "not-own-message", () =>
    founder.person.client.editMessage(...place, "Lunch at two?"),
  );
  seen(`and corrects nobody else's: ${refusal.message} (${refusal.rule})`);

  await client.deleteMessage(...place);
  const marker = await expectShown("The marker", founder, channel.id, ({ messages }) =>
    messages.find(({ seq, deleted }) => seq === message.seq && deleted === true),
  );
  expectSame("What is left of the text", marker.text, "");
  seen(`deleted: a marker stays as seq ${marker.seq}, without a text`);
}
