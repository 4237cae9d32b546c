import type { Action } from "./actions.ts";
import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import { searchKey } from "./directory.ts";
import type { Standing } from "./people.ts";
import { permit } from "./permissions.ts";
import { mayAddChannel, type QuotaCounters } from "./quotas.ts";
import type { AddStatus, ChannelRelation, ChannelType, NamedChannelType, PersonKind } from "./vocabulary.ts";

/** CH-4. */
export const HANDLE = /^[a-z0-9._-]{1,64}$/;
const HANDLE_MAX_CHARACTERS = 64;

/** CH-2: how many default channels an organization may have, beside General. */
export const MAX_DEFAULT_CHANNELS = 20;

/** CH-8: how many people one request adds. */
export const MAX_ADDED_PEOPLE = 1_000;

/** What of a channel decides about changing it. */
export type ChannelState = {
  readonly type: ChannelType;
  readonly isGeneral: boolean;
  readonly isArchived: boolean;
};

/** Somebody who acts on a channel. */
export type ChannelActor = {
  readonly actor: Standing;
  readonly relation: ChannelRelation;
  readonly channel: ChannelState;
};

/** CH-4: the handle a name gives; `channel` where it gives none. Making it unique is the caller's. */
export function handleFrom(name: string): string {
  const handle = searchKey(name)
    .replaceAll(/[^a-z0-9._-]+/gu, "-")
    .slice(0, HANDLE_MAX_CHARACTERS)
    .replaceAll(/^-+|-+$/gu, "");
  return handle === "" ? "channel" : handle;
}

/** CH-4: what a channel may be called by. */
export function checkHandle(handle: string): Decision {
  return HANDLE.test(handle) ? allow() : deny("handle-invalid", "CH-4");
}

/** CH-4, GST-14, SEAT-8: members create channels while the quota of the type has room. */
export function mayCreateChannel(facts: {
  readonly actor: Standing;
  readonly type: NamedChannelType;
  readonly quota: QuotaCounters;
}): Decision {
  return firstDenial(
    permit("channel.create", { standing: facts.actor }),
    mayAddChannel(facts.type, facts.quota),
  );
}

const PLAIN_CHANGES = ["rename", "describe", "unset-default", "archive", "delete"] as const;
/** These take a place of the quota of the type that the channel then has. */
const COUNTED_CHANGES = ["make-private", "make-public", "restore"] as const;

/** Everything that is done to a channel as a whole. */
export const CHANNEL_CHANGES = [...PLAIN_CHANGES, "set-default", ...COUNTED_CHANGES] as const;
export type ChannelChange = (typeof CHANNEL_CHANGES)[number];

/** A change with the figures that it depends on; `defaults` counts the default channels there are. */
export type ChannelChangeFacts =
  | { readonly change: (typeof PLAIN_CHANGES)[number] }
  | { readonly change: "set-default"; readonly defaults: number }
  | { readonly change: (typeof COUNTED_CHANGES)[number]; readonly quota: QuotaCounters };

const CHANGE_ACTIONS: Record<ChannelChange, Action> = {
  rename: "channel.rename",
  describe: "channel.describe",
  "make-private": "channel.make-private",
  "make-public": "channel.make-public",
  "set-default": "channel.set-default",
  "unset-default": "channel.set-default",
  archive: "channel.archive",
  restore: "channel.restore",
  delete: "channel.delete",
};

/** CH-1: what General does not allow. It has no need to be a default channel. */
const SPARES_GENERAL: ReadonlySet<ChannelChange> = new Set([
  "make-private",
  "set-default",
  "unset-default",
  "archive",
  "delete",
]);

/** CH-1, CH-2, CH-4, CH-6, CH-7: who may, then what General, the archive, the type and the quota allow. */
export function mayChangeChannel(facts: ChannelActor & ChannelChangeFacts): Decision {
  const { channel, change } = facts;
  return firstDenial(
    permit(CHANGE_ACTIONS[change], placeOf(facts)),
    channel.isGeneral && SPARES_GENERAL.has(change) ? deny("general-channel", "CH-1") : allow(),
    allowsState(change, channel),
    hasRoom(facts),
  );
}

function allowsState(change: ChannelChange, { type, isArchived }: ChannelState): Decision {
  switch (change) {
    case "delete":
      return allow();
    case "restore":
      return isArchived ? allow() : deny("not-archived", "CH-7");
    case "archive":
      return isArchived ? deny("already-archived", "CH-7") : allow();
    case "make-private":
      return type === "private" ? deny("already-private", "CH-6") : notArchived(isArchived);
    case "make-public":
      return type === "public" ? deny("already-public", "CH-6") : notArchived(isArchived);
    case "rename":
    case "describe":
    case "set-default":
    case "unset-default":
      return notArchived(isArchived);
  }
}

function hasRoom(facts: ChannelActor & ChannelChangeFacts): Decision {
  switch (facts.change) {
    case "set-default":
      return facts.defaults < MAX_DEFAULT_CHANNELS
        ? allow()
        : deny("too-many-defaults", "CH-2", { limit: MAX_DEFAULT_CHANNELS });
    case "make-private":
      return mayAddChannel("private", facts.quota);
    case "make-public":
      return mayAddChannel("public", facts.quota);
    case "restore":
      return mayAddChannel(facts.channel.type, facts.quota);
    default:
      return allow();
  }
}

/** CH-5, GST-10: members join public channels. Who is in it already has nothing to be refused. */
export function mayJoin(facts: ChannelActor): Decision {
  const isIn = facts.relation !== "none";
  return firstDenial(
    permit("channel.join", placeOf(facts)),
    isIn ? allow() : notArchived(facts.channel.isArchived),
  );
}

/** CH-1, CH-9, GINV-9: members leave any channel but General, guests that too; who is there through a group stays. */
export function mayLeave(facts: ChannelActor & { readonly viaCount: number }): Decision {
  return firstDenial(
    permit("channel.leave", placeOf(facts)),
    mayGo(facts.channel, { kind: facts.actor.kind, viaCount: facts.viaCount }),
  );
}

/** CH-5, GST-12: those in the channel add people, chat admins to public ones. */
export function mayAddPeople(facts: ChannelActor): Decision {
  return firstDenial(permit("channel.add-people", placeOf(facts)), notArchived(facts.channel.isArchived));
}

/** CH-8: what becomes of one person whom somebody adds; strangers and the deactivated are not there to be added. */
export function addStatus(target: {
  readonly standing: Standing;
  readonly relation: ChannelRelation;
}): AddStatus {
  const { standing, relation } = target;
  if (standing.kind === "outsider" || standing.state === "deactivated") return "not-found";
  return relation === "none" ? "added" : "already-member";
}

/** Somebody who is in the channel; `viaCount` counts the attached groups that they are in. */
export type PersonInChannel = { readonly kind: PersonKind; readonly viaCount: number };

/** CH-1, CH-6, CH-9: channel managers remove people, from an archived channel too. */
export function mayRemovePerson(facts: ChannelActor & { readonly target: PersonInChannel }): Decision {
  return firstDenial(permit("channel.remove-people", placeOf(facts)), mayGo(facts.channel, facts.target));
}

/** CH-6, GST-14: channel managers name and dismiss channel admins; General has none, and no guest is one. */
export function mayChangeChannelRole(
  facts: ChannelActor & { readonly target: Pick<PersonInChannel, "kind"> },
): Decision {
  const { channel, target } = facts;
  return firstDenial(
    permit("channel.change-role", placeOf(facts)),
    channel.isGeneral ? deny("general-channel", "CH-1") : allow(),
    notArchived(channel.isArchived),
    target.kind === "guest" ? deny("guest-not-channel-admin", "GST-14") : allow(),
  );
}

/** CH-9: those who may add people attach a group; all members are in General as it is. */
export function mayAttachGroup(facts: ChannelActor): Decision {
  const { channel } = facts;
  return firstDenial(
    permit("channel.attach-group", placeOf(facts)),
    channel.isGeneral ? deny("general-channel", "CH-1") : allow(),
    notArchived(channel.isArchived),
  );
}

/** CH-9: channel managers detach a group, from an archived channel too. */
export function mayDetachGroup(facts: ChannelActor): Decision {
  return permit("channel.detach-group", placeOf(facts));
}

/** CH-1, CH-9. */
function mayGo(channel: ChannelState, { kind, viaCount }: PersonInChannel): Decision {
  if (channel.isGeneral && kind === "member") return deny("general-channel", "CH-1");
  return viaCount > 0 ? deny("through-group", "CH-9") : allow();
}

/** CH-7: an archived channel is read only. */
function notArchived(isArchived: boolean): Decision {
  return isArchived ? deny("channel-archived", "CH-7") : allow();
}

function placeOf({ actor, relation, channel }: ChannelActor) {
  return { standing: actor, relation, channelType: channel.type };
}
