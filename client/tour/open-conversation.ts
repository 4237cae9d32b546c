import type { Organization } from "../types.ts";
import { expectRefusal, expectSame } from "./expect.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** GST-8, GST-11, CH-3: a guest talks directly with people of their channels, and with nobody else. */
export async function openConversation(
  guest: Person,
  organization: Organization,
  colleague: Person,
  stranger: Person,
): Promise<void> {
  step(`${guest.name} opens a direct conversation with ${colleague.name}, who is in the channel`);
  const { client } = guest;
  const conversation = await client.openConversation(organization.id, [colleague.userId]);
  expectSame("Its type", conversation.type, "direct");
  const { text } = await client.postMessage(organization.id, conversation.id, { text: "Are you on site?" });
  const again = await colleague.client.openConversation(organization.id, [guest.userId]);
  expectSame("The same conversation, opened from the other side", again.id, conversation.id);
  const { items } = await colleague.client.listMessages(organization.id, again.id);
  expectSame(
    "What is in it",
    items.map((message) => message.text),
    [text],
  );
  seen(`${colleague.name} reads “${text}” in the same conversation`);

  const refusal = await expectRefusal(
    `${stranger.name} writing to ${guest.name}, without a channel in common,`,
    "shares-no-channel",
    () => stranger.client.openConversation(organization.id, [guest.userId]),
  );
  expectSame("The rule", refusal.rule, "GST-11");
  seen(`${stranger.name} cannot write to ${guest.name}: ${refusal.message} (${refusal.rule})`);
}
