import type { SessionEvent } from "@vestibule/client/types";
import { checkViews } from "./check-views.ts";
import { PLACES } from "./plan.ts";
import type { Stored } from "./stored.ts";
import type { World } from "./world.ts";

/** What can be told from what is known already, however late it comes: of a pin and its removal, for one, it cannot. */
const CLEAR: ReadonlySet<SessionEvent["type"]> = new Set([
  "message.posted",
  "message.edited",
  "message.deleted",
  "message.thread",
  "notification",
]);

/** Everything that was told of the channels that somebody is in comes once more: it changes nothing of what they see. */
export function checkEcho(world: World, stored: Stored): string[] {
  for (const { who, devices } of world.actors) {
    const readable = PLACES.filter((place) => stored.places[place].readers.has(who.userId));
    const channelIds = new Set<string>(readable.map((place) => world.places[place]));
    for (const { wire } of devices) {
      wire.repeat(
        (event) => CLEAR.has(event.type) && "channelId" in event && channelIds.has(event.channelId),
      );
    }
  }
  return checkViews(world, stored).map((problem) => `told again, ${problem}`);
}
