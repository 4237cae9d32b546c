import type { Channel, Organization } from "../types.ts";
import { expectSame } from "./expect.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** What the organization has beside General, for the rest of the tour. */
export type Channels = { shared: Channel; open: Channel };

/** CH-4, CH-5, CH-8: a private channel with one more person in it, and a public one that members see. */
export async function openChannels(
  founder: Person,
  organization: Organization,
  colleague: Person,
  outside: Person,
): Promise<Channels> {
  step(`${founder.name} opens a private channel for ${colleague.name}, and a public one`);
  const shared = await founder.client.createChannel(organization.id, {
    name: "Lamp repair",
    type: "private",
    purpose: "With the people who repair it",
  });
  const open = await founder.client.createChannel(organization.id, { name: "Weather", type: "public" });
  expectSame("The role of whoever creates a channel", shared.me.role, "admin");
  seen(`#${shared.handle} is ${shared.type}, #${open.handle} is ${open.type}`);

  const { results } = await founder.client.addToChannel(organization.id, shared.id, {
    userIds: [colleague.userId],
  });
  expectSame(
    "What became of the addition",
    results.map(({ status }) => status),
    ["added"],
  );
  const { items } = await outside.client.listChannels(organization.id);
  // Conversations, such as the one with the assistant (BOT-1), have none.
  const handles = items.flatMap(({ handle }) => (handle === "" ? [] : [handle]));
  expectSame("The private channel in another member's list", handles.includes(shared.handle), false);
  expectSame("The public channel in another member's list", handles.includes(open.handle), true);
  seen(`${colleague.name} is in #${shared.handle}; ${outside.name} sees ${handles.map(hash).join(", ")}`);
  return { shared, open };
}

const hash = (handle: string): string => `#${handle}`;
