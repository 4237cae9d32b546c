import type { Reaction } from "@vestibule/client/types";
import { pickMessage, placeOf, type Scene } from "./scene.ts";

export const EMOJIS = ["👍", "🎉", "😀"];

const BURST = 4;

type Way = { readonly text?: string; readonly replyTo?: number; readonly suffix?: string };

/** Every text is there once: it tells which act it came of. */
function textOf({ world, act }: Scene, suffix = ""): string {
  return `seed ${world.seed} act ${act.number}${suffix}`;
}

export async function post(scene: Scene, { text, replyTo, suffix = "" }: Way = {}): Promise<void> {
  const { world, device, channelId } = scene;
  const nonce = crypto.randomUUID();
  const message = { text: text ?? textOf(scene, suffix), nonce, ...(replyTo !== undefined && { replyTo }) };
  await world.journal.attempt(
    { ...placeOf(scene), kind: "post", ...message },
    () => device.session.post(channelId, message),
    (posted, entry) => {
      entry.seq = posted.message.seq;
    },
  );
}

export async function mention(scene: Scene): Promise<void> {
  const { world, act } = scene;
  const handle = act.flavour < 0.5 ? "channel" : (world.handles[act.other] ?? "channel");
  await post(scene, { text: `${textOf(scene)} @${handle}` });
}

/** Several at once: they stand in the order in which they were written. */
export async function burst(scene: Scene): Promise<void> {
  const posts = Array.from({ length: BURST }, (_, number) => post(scene, { suffix: `.${number}` }));
  await Promise.all(posts);
}

/** MSG-3: the same nonce over the socket and by HTTP at the same time. */
export async function twice(scene: Scene): Promise<void> {
  const { world, by, device, channelId } = scene;
  const message = { text: textOf(scene), nonce: crypto.randomUUID() };
  const ways = [
    async () => (await device.session.post(channelId, message)).message.seq,
    async () => (await by.who.client.postMessage(world.org, channelId, message)).seq,
  ];
  const attempts = ways.map((way) =>
    world.journal.attempt({ ...placeOf(scene), kind: "post", ...message }, way, (seq, entry) => {
      entry.seq = seq;
    }),
  );
  await Promise.all(attempts);
}

export async function reply(scene: Scene): Promise<void> {
  const root = pickMessage(scene, ({ replyTo }) => replyTo === undefined);
  const here = root?.entry.channelId === scene.channelId ? root : undefined;
  await post(scene, here === undefined ? {} : { replyTo: here.message.seq });
}

export async function edit(scene: Scene): Promise<void> {
  const { world, by } = scene;
  const picked = pickMessage(scene, ({ author }) => author.userId === by.who.userId);
  if (picked === undefined) return;
  const { entry } = picked;
  const text = textOf(scene, " edited");
  await world.journal.attempt({ ...entry, kind: "edit", text }, () =>
    by.who.client.editMessage(world.org, entry.channelId, entry.seq, text),
  );
}

/** One's own; the founder, a chat admin, deletes others' too. */
export async function remove(scene: Scene): Promise<void> {
  const { world, act, by } = scene;
  const isAdmin = act.by === 0;
  const picked = pickMessage(scene, ({ author }) => isAdmin || author.userId === by.who.userId);
  if (picked === undefined) return;
  const { entry } = picked;
  await world.journal.attempt({ ...entry, kind: "delete" }, () =>
    by.who.client.deleteMessage(world.org, entry.channelId, entry.seq),
  );
}

export async function react(scene: Scene): Promise<void> {
  const { world, act, by } = scene;
  const picked = pickMessage(scene, () => true);
  const emoji = EMOJIS[Math.floor(act.flavour * EMOJIS.length)];
  if (picked === undefined || emoji === undefined) return;
  const { entry } = picked;
  await world.journal.attempt({ ...entry, kind: "react", emoji }, () =>
    by.who.client.react(world.org, entry.channelId, entry.seq, emoji),
  );
}

export async function unreact(scene: Scene): Promise<void> {
  const { world, by } = scene;
  const { userId } = by.who;
  const isMine = ({ userIds }: Reaction) => userIds.includes(userId);
  const picked = pickMessage(scene, ({ reactions }) => reactions.some(isMine));
  const emoji = picked?.message.reactions.find(isMine)?.emoji;
  if (picked === undefined || emoji === undefined) return;
  const { entry } = picked;
  await world.journal.attempt({ ...entry, kind: "unreact", emoji }, () =>
    by.who.client.unreact(world.org, entry.channelId, entry.seq, emoji),
  );
}

export async function pin(scene: Scene): Promise<void> {
  const { world, by } = scene;
  const picked = pickMessage(scene, ({ pinned }) => !pinned);
  if (picked === undefined) return;
  const { entry } = picked;
  await world.journal.attempt({ ...entry, kind: "pin" }, () =>
    by.who.client.pinMessage(world.org, entry.channelId, entry.seq),
  );
}

export async function unpin(scene: Scene): Promise<void> {
  const { world, by } = scene;
  const picked = pickMessage(scene, ({ pinned }) => pinned);
  if (picked === undefined) return;
  const { entry } = picked;
  await world.journal.attempt({ ...entry, kind: "unpin" }, () =>
    by.who.client.unpinMessage(world.org, entry.channelId, entry.seq),
  );
}

/** Up to some message, or all: told over the socket, until the service knows it. */
export async function read(scene: Scene): Promise<void> {
  const { act, by, device, channelId } = scene;
  if (!by.kept.includes(act.place)) return;
  const channel = device.session.channel(channelId);
  const { messages } = channel.view();
  const seq = messages[Math.floor(act.pick * messages.length)]?.seq;
  if (seq !== undefined) channel.read(act.flavour < 0.5 ? seq : undefined);
}
