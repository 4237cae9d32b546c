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
  await post(scene, root === undefined ? {} : { replyTo: root.seq });
}

export async function edit(scene: Scene): Promise<void> {
  const { world, by, channelId } = scene;
  const message = pickMessage(scene, ({ author }) => author.userId === by.who.userId);
  if (message === undefined) return;
  const text = textOf(scene, " edited");
  await world.journal.attempt({ ...placeOf(scene), kind: "edit", seq: message.seq, text }, () =>
    by.who.client.editMessage(world.org, channelId, message.seq, text),
  );
}

/** One's own; the founder, a chat admin, deletes others' too. */
export async function remove(scene: Scene): Promise<void> {
  const { world, act, by, channelId } = scene;
  const message = pickMessage(scene, ({ author }) => act.by === 0 || author.userId === by.who.userId);
  if (message === undefined) return;
  await world.journal.attempt({ ...placeOf(scene), kind: "delete", seq: message.seq }, () =>
    by.who.client.deleteMessage(world.org, channelId, message.seq),
  );
}

export async function react(scene: Scene): Promise<void> {
  const { world, act, by, channelId } = scene;
  const message = pickMessage(scene, () => true);
  const emoji = EMOJIS[Math.floor(act.flavour * EMOJIS.length)];
  if (message === undefined || emoji === undefined) return;
  await world.journal.attempt({ ...placeOf(scene), kind: "react", seq: message.seq, emoji }, () =>
    by.who.client.react(world.org, channelId, message.seq, emoji),
  );
}

export async function unreact(scene: Scene): Promise<void> {
  const { world, by, channelId } = scene;
  const { userId } = by.who;
  const message = pickMessage(scene, ({ reactions }) =>
    reactions.some((one) => one.userIds.includes(userId)),
  );
  const emoji = message?.reactions.find((one) => one.userIds.includes(userId))?.emoji;
  if (message === undefined || emoji === undefined) return;
  await world.journal.attempt({ ...placeOf(scene), kind: "unreact", seq: message.seq, emoji }, () =>
    by.who.client.unreact(world.org, channelId, message.seq, emoji),
  );
}

export async function pin(scene: Scene): Promise<void> {
  const { world, by, channelId } = scene;
  const message = pickMessage(scene, ({ pinned }) => !pinned);
  if (message === undefined) return;
  await world.journal.attempt({ ...placeOf(scene), kind: "pin", seq: message.seq }, () =>
    by.who.client.pinMessage(world.org, channelId, message.seq),
  );
}

export async function unpin(scene: Scene): Promise<void> {
  const { world, by, channelId } = scene;
  const message = pickMessage(scene, ({ pinned }) => pinned);
  if (message === undefined) return;
  await world.journal.attempt({ ...placeOf(scene), kind: "unpin", seq: message.seq }, () =>
    by.who.client.unpinMessage(world.org, channelId, message.seq),
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
