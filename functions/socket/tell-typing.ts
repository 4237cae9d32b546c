import { isEnded } from "@vestibule/domain/guests";
import { mayReceive } from "@vestibule/domain/live";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { type PermissionFacts, permit } from "@vestibule/domain/permissions";
import { admit } from "../message/channel-relation.ts";
import { packFrames, serializeEvent } from "../realtime/frames.ts";
import { sendFrames } from "../realtime/send-frames.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { generalChannelId } from "../table/keys.ts";
import type { LivePerson } from "../table/live.ts";
import type { OwnConnection } from "../table/looking.ts";
import { fullName } from "../table/members.ts";
import type { LookDeps } from "./look.ts";
import { isTimeToTell } from "./typing-pace.ts";

/** Where more look, nobody is told: it would say nothing to them, and cost a message each. */
const MAX_LOOKERS = 50;

/** So many are read, some of whom may be gone. */
const MAX_READ = 2 * MAX_LOOKERS;

const mayType = (facts: PermissionFacts) => permit("message.post", { relation: "none", ...facts });

type Lookers = { readonly open: OwnConnection[]; readonly closed: OwnConnection[] };

/** GST-16: of those who look, the open connections of people who are in the channel at this moment. */
async function whoLooks(deps: LookDeps, channel: ChannelKey, typist: string): Promise<Lookers> {
  const all = await deps.lookersAt(channel, MAX_READ);
  const lookers = all.filter(({ userId }) => userId !== typist);
  const userIds = [...new Set(lookers.map(({ userId }) => userId))];
  if (userIds.length === 0) return { open: [], closed: [] };
  const [people, memberships] = await Promise.all([
    deps.livePeople(channel.organizationId, userIds),
    deps.membershipsOf(channel, userIds),
  ]);
  const live = new Map(people.map((person) => [person.userId, person]));
  const isOpen = ({ userId, connectionId }: OwnConnection): boolean =>
    live.get(userId)?.connectionIds.includes(connectionId) === true;
  const isTold = ({ userId }: OwnConnection): boolean => {
    const person = live.get(userId);
    const kind = memberships.get(userId)?.kind;
    return (
      person !== undefined && mayHear(channel, person, kind) && !isEnded(person.endsAt ?? null, deps.now())
    );
  };
  return {
    open: lookers.filter((looker) => isOpen(looker) && isTold(looker)),
    closed: lookers.filter((looker) => !isOpen(looker)),
  };
}

function mayHear(
  { organizationId, channelId }: ChannelKey,
  { isGuest }: LivePerson,
  kind: "member" | "guest" | undefined,
): boolean {
  const isInGeneral = !isGuest && channelId === generalChannelId(organizationId);
  const isIn = isInGeneral || (isGuest ? kind === "guest" : kind !== undefined);
  return mayReceive("typing", {
    standing: isGuest
      ? { kind: "guest", state: "active" }
      : { kind: "member", state: "active", orgRole: "user", chatRole: "user", rights: NO_RIGHTS },
    relation: isIn ? "member" : "none",
    isConcerned: false,
    isWatching: isIn,
  });
}

/** Tells those who look at a channel that somebody is typing in it: at once, once, and never stored. */
export async function tellTyping(
  deps: LookDeps,
  { organizationId, userId }: OwnConnection,
  channelId: string,
): Promise<void> {
  const channel = { organizationId, channelId };
  const { person } = await admit(deps, { channel, userId }, mayType);
  if (!isTimeToTell(userId, channelId, deps.now())) return;
  const { open, closed } = await whoLooks(deps, channel, userId);
  const name = fullName(person) || person.handle;
  const frames = packFrames([serializeEvent({ type: "typing", channelId, userId, name })]);
  const told = open.length > MAX_LOOKERS ? [] : open;
  const gone = await sendFrames(
    { connections: deps.connections, isFleeting: true },
    told.map((looker) => ({ userId: looker.userId, connectionId: looker.connectionId, frames })),
  );
  const away = [...closed, ...gone.map((delivery) => ({ ...delivery, organizationId }))];
  if (away.length > 0) await deps.lookAway(away);
}
