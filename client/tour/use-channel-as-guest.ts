import type { Channel, Organization } from "../types.ts";
import { expectSame } from "./expect.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/**
 * GST-1, GST-3, GST-4: what a guest does in a channel of theirs.
 * @returns the number of the message they posted
 */
export async function useChannelAsGuest(
  guest: Person,
  organization: Organization,
  channel: Channel,
): Promise<number> {
  step(`${guest.name} reads, posts, pins, mutes and favourites in #${channel.handle}`);
  const { client } = guest;
  const { items: before } = await client.listMessages(organization.id, channel.id);
  const kinds = before.map(({ system }) => system?.kind).filter((kind) => kind !== undefined);
  seen(`read ${before.length} messages; what happened in the channel: ${kinds.join(", ") || "nothing yet"}`);

  const posted = await client.postMessage(organization.id, channel.id, {
    text: "The lamp is back by Friday.",
  });
  expectSame("The author's kind", posted.author.kind, "guest");
  await client.pinMessage(organization.id, channel.id, posted.seq);
  const pins = await client.listPins(organization.id, channel.id);
  expectSame(
    "The pinned messages",
    pins.items.map(({ seq }) => seq),
    [posted.seq],
  );
  seen(`posted as seq ${posted.seq}, and pinned it`);

  const mine = await client.changeMyChannel(organization.id, channel.id, { muted: true, favourite: true });
  expectSame(
    "How the guest keeps it",
    { muted: mine.muted, favourite: mine.favourite },
    {
      muted: true,
      favourite: true,
    },
  );
  seen("muted it, and made it a favourite");
  return posted.seq;
}
