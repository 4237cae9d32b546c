import type { PlaceName } from "./plan.ts";
import type { Scene } from "./scene.ts";
import type { Actor } from "./world.ts";

/** The channels that one can be taken out of. */
function changeable({ act }: Scene): "private" | "public" {
  return act.place === "private" || act.place === "general" ? "private" : "public";
}

function moved({ world }: Scene, kind: "come" | "go", who: Actor, place: PlaceName) {
  return { kind, userId: who.who.userId, place, channelId: world.places[place] };
}

export async function join(scene: Scene): Promise<void> {
  const { world, by } = scene;
  await world.journal.attempt(moved(scene, "come", by, "public"), () =>
    by.who.client.joinChannel(world.org, world.places.public),
  );
}

export async function leave(scene: Scene): Promise<void> {
  const { world, by } = scene;
  const place = changeable(scene);
  // The last channel admin stays: the founder of the one, the first of the other.
  if (scene.act.by === (place === "private" ? 0 : 1)) return;
  await world.journal.attempt(moved(scene, "go", by, place), () =>
    by.who.client.leaveChannel(world.org, world.places[place]),
  );
}

/** Whoever may: the channel's admin adds one of the others. */
export async function add(scene: Scene): Promise<void> {
  const { world, other } = scene;
  const place = changeable(scene);
  const admin = world.actors[place === "private" ? 0 : 1];
  if (admin === undefined || admin === other) return;
  await world.journal.attempt(moved(scene, "come", other, place), () =>
    admin.who.client.addToChannel(world.org, world.places[place], { userIds: [other.who.userId] }),
  );
}

export async function exclude(scene: Scene): Promise<void> {
  const { world, other } = scene;
  const place = changeable(scene);
  const admin = world.actors[place === "private" ? 0 : 1];
  if (admin === undefined || admin === other) return;
  await world.journal.attempt(moved(scene, "go", other, place), () =>
    admin.who.client.removeFromChannel(world.org, world.places[place], other.who.userId),
  );
}

/** ORG-10, GINV-9: out of the organization, and so out of all its channels. */
export async function expel(scene: Scene): Promise<void> {
  const { world, by, other } = scene;
  await world.journal.attempt({ ...moved(scene, "go", other, "general"), kind: "expel" }, () =>
    by.who.client.removeMember(world.org, other.who.userId),
  );
}
