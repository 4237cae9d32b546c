import type { Message } from "@vestibule/client/types";
import type { Act } from "./plan.ts";
import type { Actor, Device, World } from "./world.ts";

/** An act with what it is done by, where, and to whom. */
export type Scene = {
  readonly world: World;
  readonly act: Act;
  readonly by: Actor;
  readonly other: Actor;
  readonly device: Device;
  readonly channelId: string;
};

export function sceneOf(world: World, act: Act): Scene {
  const by = world.actors[act.by];
  const other = world.actors[act.other];
  const device = by?.devices[Math.floor(act.flavour * by.devices.length)];
  if (by === undefined || other === undefined || device === undefined) throw new Error("nobody there");
  return { world, act, by, other, device, channelId: world.places[act.place] };
}

/** One of the messages before somebody's eyes that fit, as the act's `pick` has it. */
export function pickMessage(
  { act, by, device, channelId }: Scene,
  fits: (message: Message) => boolean,
): Message | undefined {
  if (!by.kept.includes(act.place)) return undefined;
  const { messages } = device.session.channel(channelId).view();
  const fitting = messages.filter(
    (message) => message.deleted !== true && message.system === undefined && fits(message),
  );
  return fitting[Math.floor(act.pick * fitting.length)];
}

/** What an entry of the journal says of every act in a channel. */
export function placeOf({ act, by, channelId }: Scene) {
  return { userId: by.who.userId, place: act.place, channelId };
}
