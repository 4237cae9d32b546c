import { expectPresent, expectRefusal, expectSame } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { expectShown } from "./listen.ts";
import { quote, seen, step } from "./narrator.ts";

/** BOT-1…3, INV-17: the assistant has welcomed whoever came, calculates, and talks with one person at a time. */
export async function askAssistant({ organization, founder, first }: Gathering): Promise<void> {
  const { client, name } = first.person;
  step(`${name} asks the assistant`);
  const { items } = await client.searchDirectory(organization.id);
  const assistant = expectPresent(
    "The assistant in the directory",
    items.flatMap((entry) => (entry.kind === "bot" ? [entry] : []))[0],
  );
  const conversation = await client.openConversation(organization.id, [assistant.userId]);
  const welcome = await expectShown("The welcome", first, conversation.id, ({ messages }) => messages[0]);
  expectSame("The kind of its author", welcome.author.kind, "bot");
  quote(welcome.text);

  const question = { text: "What is 12 * (3 + 4)?" };
  const asked = await first.session.post(conversation.id, question);
  const answer = await expectShown("The answer", first, conversation.id, ({ messages }) =>
    messages.find(({ seq, author }) => seq > asked.message.seq && author.kind === "bot"),
  );
  expectSame("The answer", answer.text.endsWith("= 84"), true);
  seen(`“${question.text}” “${answer.text}”`);

  const refusal = await expectRefusal("A conversation of three with it", "bot-one-to-one", () =>
    client.openConversation(organization.id, [assistant.userId, founder.person.userId]),
  );
  seen(`and in company it is silent: ${refusal.message} (${refusal.rule})`);
}
