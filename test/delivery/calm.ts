import type { SessionEvent } from "@vestibule/client/types";
import { EMOJIS } from "./acts-of-messages.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { isCauseOf } from "./check-wires.ts";
import type { Entry, EntryKind } from "./journal.ts";
import { PLACES, type PlaceName } from "./plan.ts";
import type { Stored } from "./stored.ts";
import type { Actor, Device, World } from "./world.ts";

const CHANGES = ["edit", "delete", "react", "pin", "reply", "read"] as const;

/** What is told of each act. */
const TOLD: Partial<Record<EntryKind, SessionEvent["type"]>> = {
  post: "message.posted",
  edit: "message.edited",
  delete: "message.deleted",
  react: "reaction.added",
  pin: "message.pinned",
};

type Change = {
  readonly kind: (typeof CHANGES)[number];
  readonly by: Actor;
  readonly author: Actor;
  readonly seq: number;
};

async function change(world: World, place: PlaceName, { kind, by, author, seq }: Change, chance: Chance) {
  const { org, journal, seed } = world;
  const channelId = world.places[place];
  const { client, userId } = by.who;
  const draft = { place, channelId, seq };
  const text = `seed ${seed} calm ${place} ${seq} ${kind}`;
  const nonce = crypto.randomUUID();
  const emoji = chance.pick(EMOJIS);
  switch (kind) {
    case "edit":
      return await journal.attempt({ ...draft, kind, userId: author.who.userId, text }, () =>
        author.who.client.editMessage(org, channelId, seq, text),
      );
    case "delete":
      return await journal.attempt({ ...draft, kind, userId: author.who.userId }, () =>
        author.who.client.deleteMessage(org, channelId, seq),
      );
    case "react":
      return await journal.attempt({ ...draft, kind, userId, emoji }, () =>
        client.react(org, channelId, seq, emoji),
      );
    case "pin":
      return await journal.attempt({ ...draft, kind, userId }, () => client.pinMessage(org, channelId, seq));
    case "reply":
      return await journal.attempt(
        { place, channelId, kind: "post", userId, text, nonce, replyTo: seq },
        () => client.postMessage(org, channelId, { text, nonce, replyTo: seq }),
        (posted, entry) => {
          entry.seq = posted.seq;
        },
      );
    case "read":
      by.devices[0]?.session.channel(channelId).read();
  }
}

/** A post and two changes in a channel, one after the other, by those who are in it. */
async function liven(world: World, place: PlaceName, readers: readonly Actor[], name: string): Promise<void> {
  const chance = chanceOf(world.seed, `${name} ${place}`);
  const author = chance.pick(readers);
  const channelId = world.places[place];
  const text = `seed ${world.seed} ${name} ${place}`;
  const nonce = crypto.randomUUID();
  let seq: number | undefined;
  await world.journal.attempt(
    { place, channelId, kind: "post", userId: author.who.userId, text, nonce },
    async () => await author.devices[0]?.session.post(channelId, { text, nonce }),
    (posted, entry) => {
      seq = posted?.message.seq;
      if (seq !== undefined) entry.seq = seq;
    },
  );
  if (seq === undefined) return;
  // GST-15: guests delete nothing.
  const isGuest = world.hasGuest && world.actors.indexOf(author) === 3;
  const changes = CHANGES.filter((kind) => kind !== "delete" || !isGuest);
  const first = chance.pick(changes);
  const second = chance.pick(changes.filter((kind) => kind !== first));
  // A deleted message does not change any more.
  const kinds = first === "delete" ? [second, first] : [first, second];
  for (const kind of kinds)
    await change(world, place, { kind, by: chance.pick(readers), author, seq }, chance);
}

/** What a device's connections did not tell it of what was done. */
function untold(device: Device, since: number, entries: readonly Entry[]): Entry[] {
  const received = device.wire.received.filter(({ at }) => at >= since);
  return entries.filter((entry) => {
    const type = TOLD[entry.kind];
    if (type === undefined) return false;
    return !received.some(({ event }) => event.type === type && isCauseOf(event, entry));
  });
}

/**
 * MSG-4: with nothing in the way, everything that is done in a channel is told over every connection of every reader.
 * @returns what was not, each time it is asked
 */
export async function liveInCalm(
  world: World,
  { places, people }: Stored,
  name: string,
): Promise<() => string[]> {
  const since = performance.now();
  const before = world.journal.entries.length;
  const readersOf = (place: PlaceName) =>
    world.actors.filter(
      ({ who, kept }) =>
        people.has(who.userId) && places[place].readers.has(who.userId) && kept.includes(place),
    );
  const opened = new Map(
    world.actors.flatMap(({ devices }) => devices.map(({ wire }) => [wire, wire.opened()] as const)),
  );
  await Promise.all(PLACES.map((place) => liven(world, place, readersOf(place), name)));
  const entries = world.journal.entries.slice(before);
  return () => {
    const undone = entries
      .filter(({ outcome }) => outcome !== "acknowledged")
      .map(({ kind, place, problem }) => `in calm, ${kind} in ${place} came to ${problem}`);
    const missing = PLACES.flatMap((place) =>
      readersOf(place).flatMap(({ name, devices }) =>
        devices
          .filter(({ wire }) => opened.get(wire) === wire.opened())
          .flatMap((device) =>
            untold(
              device,
              since,
              entries.filter((one) => one.place === place),
            ),
          )
          .map(({ kind, seq }) => `${name} was not told of ${kind} ${seq} in ${place}`),
      ),
    );
    return [...undone, ...missing];
  };
}
