import type { Message } from "@vestibule/client/types";
import type { Entry } from "./journal.ts";
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

/** A message, and what an entry of the journal says of whatever is done to it. */
export type Picked = {
  readonly message: Message;
  readonly entry: Pick<Entry, "userId" | "place" | "channelId"> & { readonly seq: number };
};

/** Of the messages before somebody's eyes that fit, here or where else they are, the one that the act's `pick` has it. */
export function pickMessage(scene: Scene, fits: (message: Message) => boolean): Picked | undefined {
  const { act, by, device, world } = scene;
  const elsewhere = by.kept.filter((place) => place !== act.place);
  for (const place of [...by.kept.filter((place) => place === act.place), ...elsewhere]) {
    const channelId = world.places[place];
    const { messages } = device.session.channel(channelId).view();
    const fitting = messages.filter(
      (message) => message.deleted !== true && message.system === undefined && fits(message),
    );
    const message = fitting[Math.floor(act.pick * fitting.length)];
    if (message === undefined) continue;
    return { message, entry: { userId: by.who.userId, place, channelId, seq: message.seq } };
  }
  return undefined;
}

/** What an entry of the journal says of what is done in the act's own place. */
export function placeOf({ act, by, channelId }: Scene) {
  return { userId: by.who.userId, place: act.place, channelId };
}
