import * as membership from "./acts-of-membership.ts";
import * as messages from "./acts-of-messages.ts";
import * as net from "./acts-of-the-net.ts";
import type { Act, ActKind, Plan } from "./plan.ts";
import { type Scene, sceneOf } from "./scene.ts";
import type { World } from "./world.ts";

const ACTS: Readonly<Record<ActKind, (scene: Scene) => Promise<void>>> = {
  post: (scene) => messages.post(scene),
  mention: messages.mention,
  burst: messages.burst,
  twice: messages.twice,
  reply: messages.reply,
  edit: messages.edit,
  delete: messages.remove,
  react: messages.react,
  unreact: messages.unreact,
  pin: messages.pin,
  unpin: messages.unpin,
  read: messages.read,
  join: membership.join,
  leave: membership.leave,
  add: membership.add,
  exclude: membership.exclude,
  expel: membership.expel,
  cut: net.cut,
  deafen: net.deafen,
  offline: net.offline,
  online: net.online,
  look: net.look,
};

/** What can be done without the net: what is written then waits for it. */
const WITHOUT_NET: ReadonlySet<ActKind> = new Set([
  "post",
  "mention",
  "burst",
  "read",
  "look",
  "offline",
  "online",
]);

export async function perform(world: World, act: Act): Promise<void> {
  const scene = sceneOf(world, act);
  const isOnline = scene.device.wire.isOnline();
  if (!isOnline && !WITHOUT_NET.has(act.kind)) return;
  const done = ACTS[act.kind](scene);
  // Who is away does not wait for an answer.
  if (act.isAwaited && isOnline) await done;
}

/** Everybody does what is theirs in its order, all at the same time. */
export async function performAll(world: World, { acts }: Plan): Promise<void> {
  await Promise.all(
    world.actors.map(async (_, index) => {
      for (const act of acts.filter(({ by }) => by === index)) await perform(world, act);
    }),
  );
}
