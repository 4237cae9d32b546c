import { expectPresent, expectRefusal, expectSame, expectSoon } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { expectShown } from "./listen.ts";
import { quote, seen, step } from "./narrator.ts";

/** MSG-13: what completion offers, a command that all see the effect of, and a refused one, which its author alone hears of. */
export async function useCommands({ organization, channel, founder, first }: Gathering): Promise<void> {
  const { client, name } = first.person;
  step(`${founder.person.name} and ${name} use slash commands`);
  const { items } = await client.listCommands(organization.id, channel.id);
  quote(items.map(({ usage, allowed, code }) => usage + (allowed ? "" : `   (${code})`)).join("\n"));
  const rename = expectPresent(
    "/rename in the list",
    items.find((command) => command.name === "rename"),
  );
  expectSame(`Whether ${name}, who is no admin of it, may rename it`, rename.allowed, false);

  const header = "Saturday at ten, by the gate";
  const { text } = await founder.session.command(channel.id, `/topic ${header}`);
  await expectShown("What says that the header was changed", first, channel.id, ({ messages }) =>
    messages.find(({ system }) => system?.kind === "header-changed"),
  );
  expectSame("The header", (await client.getChannel(organization.id, channel.id)).header, header);
  seen(`/topic: ${text}`);
  const { message } = await first.session.command(channel.id, "/me packs the basket");
  seen(`/me: “${message?.text}”, as seq ${message?.seq}`);

  const refusal = await expectRefusal("Renaming it", "not-channel-admin", () =>
    first.session.command(channel.id, "/rename Feast"),
  );
  seen(`/rename is refused, and says so to ${name} alone: ${refusal.message} (${refusal.rule})`);
  const unknown = await expectRefusal("A command that is none", "unknown-command", () =>
    first.session.command(channel.id, "/dance"),
  );
  seen(`/dance: ${unknown.message}`);
  // What is posted after the refused ones comes after whatever they might have told.
  const { message: last } = await first.session.post(channel.id, { text: "/dance, as a message" });
  const after = message?.seq ?? 0;
  const told = () =>
    founder.events.flatMap((event) => ("seq" in event && event.seq > after ? [event.seq] : []));
  await expectSoon("The message", () => told().includes(last.seq) || undefined);
  expectSame(`What ${founder.person.name} was told of since`, told(), [last.seq]);
}
