import { service } from "./service.ts";
import { attempt } from "./told.ts";
import { go } from "./ways.ts";
import { place } from "./workplace.ts";

/** Opens the direct conversation with somebody (CH-3). */
export async function writeTo(userId: string): Promise<void> {
  await attempt(async () => {
    const { org, channels } = place();
    const channel = await service.openConversation(org, [userId]);
    channels.set(channel.id, channel);
    await go().openChannel(channel.id);
  });
}
