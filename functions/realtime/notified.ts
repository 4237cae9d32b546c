import { defaultLevel, isInDnd, reasonToNotify } from "@vestibule/domain/notifications";
import type { NotificationLevel, NotificationReason } from "@vestibule/domain/vocabulary";
import { generalChannelId } from "../table/keys.ts";
import type { LivePerson } from "../table/live.ts";
import type { Notable, Notice } from "./notice.ts";
import type { Scene } from "./recipients.ts";

/** What decides who is notified, beyond who is in the channel. */
export type BystandersDirectory = {
  isConversation(organizationId: string, channelId: string): Promise<boolean>;
  /** Who follows a thread, by its first message's `seq` (MSG-8). */
  followers(organizationId: string, channelId: string, root: number): Promise<readonly string[]>;
  groupPeople(organizationId: string, groupId: string): Promise<readonly string[]>;
};

/** The same, read for a batch. */
export type Bystanders = {
  readonly conversations: ReadonlySet<string>;
  /** By channel and root. */
  readonly followers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
};

type OfChannel = { readonly notable: Notable; readonly channelId: string };

const threadOf = (channelId: string, root: number): string => `${channelId} ${root}`;

function notableOf(notices: readonly Notice[]): OfChannel[] {
  return notices.flatMap(({ notable, channel }) =>
    notable === undefined || channel === undefined ? [] : [{ notable, channelId: channel.channelId }],
  );
}

async function readAll<Value>(ids: Iterable<string>, read: (id: string) => Promise<Value>) {
  return await Promise.all([...new Set(ids)].map(async (id) => [id, await read(id)] as const));
}

/** Reads it, once for each channel, thread and group of a batch; nothing where nobody is to be notified. */
export async function readBystanders(
  directory: BystandersDirectory,
  org: string,
  notices: readonly Notice[],
): Promise<Bystanders> {
  const all = notableOf(notices);
  const threads = new Map(
    all.flatMap(({ notable: { root }, channelId }) =>
      root === undefined ? [] : [[threadOf(channelId, root), { channelId, root }] as const],
    ),
  );
  const [kinds, followers, groups] = await Promise.all([
    readAll(
      all.map(({ channelId }) => channelId),
      (channelId) => directory.isConversation(org, channelId),
    ),
    Promise.all(
      [...threads].map(async ([thread, { channelId, root }]) => {
        return [thread, new Set(await directory.followers(org, channelId, root))] as const;
      }),
    ),
    readAll(
      all.flatMap(({ notable }) => notable.mentions.groupIds),
      async (groupId) => new Set(await directory.groupPeople(org, groupId)),
    ),
  ]);
  const conversations = new Set(kinds.filter(([, isConversation]) => isConversation).map(([id]) => id));
  return { conversations, followers: new Map(followers), groups: new Map(groups) };
}

type Setting = { readonly level: NotificationLevel; readonly isMuted: boolean };

/** How they have set the channel: on their line of its roster, or, of a member in General, beside their connections. */
function settingOf(scene: Scene, { userId, isGuest, general }: LivePerson, channelId: string): Setting {
  const isGeneral = !isGuest && channelId === generalChannelId(scene.organizationId);
  const own = isGeneral ? general : scene.rosters.get(channelId)?.get(userId);
  const level = own?.level ?? defaultLevel(scene.conversations.has(channelId));
  return { level, isMuted: own?.isMuted === true };
}

/** PRS-4, MSG-8, MSG-10: why a person who is in the channel is notified; `undefined` if they are not. */
export function reasonFor(
  scene: Scene,
  person: LivePerson,
  { notable, channel }: Notice,
): NotificationReason | undefined {
  if (notable === undefined || channel === undefined) return undefined;
  const { channelId } = channel;
  const { userId, dndUntil } = person;
  const { mentions, root, isCall, byUserIds, isForMentioned = false } = notable;
  const isMentioned =
    mentions.isChannel ||
    mentions.userIds.includes(userId) ||
    mentions.groupIds.some((groupId) => scene.groups.get(groupId)?.has(userId) === true);
  if (isForMentioned && !isMentioned) return undefined;
  return reasonToNotify({
    isOwn: byUserIds.includes(userId),
    isInDnd: isInDnd(dndUntil, scene.now),
    ...settingOf(scene, person, channelId),
    isConversation: scene.conversations.has(channelId),
    isMentioned,
    isFollowed: root !== undefined && scene.followers.get(threadOf(channelId, root))?.has(userId) === true,
    isCall,
  });
}
