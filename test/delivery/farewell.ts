import { chanceOf } from "./chance.ts";
import type { Stored } from "./stored.ts";
import type { Actor, World } from "./world.ts";

function whoGoes({ seed, actors }: World, { people }: Stored): Actor | undefined {
  const chance = chanceOf(seed, "farewell");
  const actor = actors[2 + chance.below(2)];
  return actor !== undefined && chance.isLess(0.4) && people.has(actor.who.userId) ? actor : undefined;
}

/**
 * ORG-10: with nothing in the way, whoever is taken out of the organization is told so on every connection, which is then
 * closed.
 * @returns what is not so, each time it is asked
 */
export async function farewell(world: World, stored: Stored): Promise<() => string[]> {
  const actor = whoGoes(world, stored);
  const founder = world.actors[0];
  if (actor === undefined || founder === undefined) return () => [];
  const since = performance.now();
  await world.journal.attempt(
    { kind: "expel", userId: actor.who.userId, place: "general", channelId: world.places.general },
    () => founder.who.client.removeMember(world.org, actor.who.userId),
  );
  return () =>
    actor.devices.flatMap(({ session, wire }) => {
      const { kind, problem } = session.state();
      const isTold = wire.received.some(({ at, event }) => at >= since && event.type === "session.revoked");
      return isTold && kind === "ended" && problem === undefined
        ? []
        : [`${actor.name} was removed, ${isTold ? "" : "not told so, "}and is ${kind}`];
    });
}
