import type { Session } from "@vestibule/client/session";
import type { Channel, Me, Permission } from "@vestibule/client/types";
import type { Action } from "@vestibule/domain/actions";

/** Somebody as far as one knows them; `kind` is `member`, `guest` or `bot`. */
export type Named = { name: string; kind: string };

/** The organization that is open, as whoever is signed in may see it. */
export type Workplace = {
  org: string;
  name: string;
  me: Me;
  isGuest: boolean;
  session: Session;
  permissions: ReadonlyMap<string, Permission>;
  /** Mine, and those I have looked at. */
  channels: Map<string, Channel>;
  /** Of one channel, once it was opened. */
  channelPermissions: Map<string, ReadonlyMap<string, Permission>>;
  people: Map<string, Named>;
};

let current: Workplace | undefined;

/** The organization that is open. @throws when there is none */
export function place(): Workplace {
  if (current === undefined) throw new Error("no organization is open");
  return current;
}

export function setPlace(workplace: Workplace): void {
  current = workplace;
}

export function byAction(items: readonly Permission[]): ReadonlyMap<string, Permission> {
  return new Map(items.map((item) => [item.action, item]));
}

/** GST-17: whether the person may in the organization; what the service did not name they may not. */
export function may(action: Action): boolean {
  return place().permissions.get(action)?.allowed === true;
}

/** The same of one channel. */
export function mayIn(channelId: string, action: Action): boolean {
  return place().channelPermissions.get(channelId)?.get(action)?.allowed === true;
}

export function isMe(userId: string): boolean {
  return userId === place().me.userId;
}
