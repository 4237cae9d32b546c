import { expectSame, expectSoon } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import type { LocalStack } from "./local-stack.ts";
import { seen, step } from "./narrator.ts";

const SHOWN_SECONDS = 60;

/** PRS-1…3: how somebody is, on the screens of those who watch them; a custom status is never shown past its end. */
export async function showStatus(stack: LocalStack, gathering: Gathering): Promise<void> {
  const { organization, founder, second } = gathering;
  const { client, name, userId } = second.person;
  step(`${name} sets a status that has an end, while ${founder.person.name} watches`);
  founder.session.watch([userId]);
  const shown = () => founder.session.statusOf(userId);
  await expectSoon(`How ${name} is`, () => (shown()?.presence === "online" ? true : undefined));
  seen(`${name} is ${shown()?.presence}, being connected`);

  // By the stack's clock, which may be ahead of ours.
  const { time } = await client.health();
  const until = new Date(Date.parse(time) + SHOWN_SECONDS * 1_000).toISOString();
  await client.setStatus(organization.id, { custom: { emoji: "🌴", text: "By the lake" }, until });
  const custom = await expectSoon("The custom status", () => shown()?.custom);
  expectSame("The custom status", custom, { emoji: "🌴", text: "By the lake", until });
  seen(`${custom.emoji} ${custom.text}, until ${custom.until}`);

  await client.setStatus(organization.id, { presence: "away" });
  await expectSoon("Away", () => (shown()?.presence === "away" ? true : undefined));
  seen("away by hand, though connected");
  await client.setStatus(organization.id, { presence: "online" });

  await stack.moveClock(SHOWN_SECONDS + 1);
  const { items } = await client.listStatuses(organization.id, [userId]);
  expectSame("How they are after that", items, [{ userId, presence: "online" }]);
  seen("a minute later the custom status is gone by itself");
}
