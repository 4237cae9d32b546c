import { type Channel, freeHandleWrite, publicEntry } from "./channels.ts";
import { keys } from "./keys.ts";
import type { Write } from "./transaction.ts";

/** What a change of a channel may set. */
export type ChannelSettings = Partial<
  Pick<Channel, "name" | "handle" | "type" | "purpose" | "header" | "isDefault">
> & { readonly archivedAt?: string | null };

/**
 * Changes a channel on the version that was read (label `channel`); its head learns of archiving in the same
 * transaction, so that a post is refused by its own write (CH-7).
 */
export function changeChannelWrites(org: string, before: Channel, settings: ChannelSettings): Write[] {
  const { archivedAt, ...set } = settings;
  const after = { ...before, ...set };
  const { channelId } = before;
  const attributes: [string, unknown][] = [...Object.entries(set), ["version", before.version + 1]];
  const removed: string[] = [];
  if (typeof archivedAt === "string") attributes.push(["archivedAt", archivedAt]);
  if (archivedAt === null) removed.push("archivedAt");
  if (before.type !== after.type) {
    if (after.type === "public") attributes.push(...Object.entries(publicEntry(org, after)));
    else removed.push("gsi1pk", "gsi1sk");
  }
  const removal = removed.length === 0 ? "" : ` REMOVE ${removed.join(", ")}`;
  const channel: Write = {
    label: "channel",
    update: keys.channel(org, channelId),
    expression: `SET ${attributes.map(([name]) => `#${name} = :${name}`).join(", ")}${removal}`,
    condition: "version = :before",
    names: Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
    values: {
      ":before": before.version,
      ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
    },
  };
  return archivedAt === undefined ? [channel] : [channel, archiveHeadWrite(org, channelId, archivedAt)];
}

function archiveHeadWrite(org: string, channelId: string, archivedAt: string | null): Write {
  const head = { label: "head", update: keys.channelHead(org, channelId), condition: "attribute_exists(pk)" };
  if (archivedAt === null) return { ...head, expression: "REMOVE archivedAt" };
  return { ...head, expression: "SET archivedAt = :archivedAt", values: { ":archivedAt": archivedAt } };
}

/**
 * Deletes a channel's description and handle as they were read, and its head, so that no message, the system's own
 * included, finds a place in it any more (CH-7). All else of it is taken away by the `delete-channel` intent of the same
 * transaction.
 */
export function deleteChannelWrites(org: string, channel: Channel): Write[] {
  const { channelId, handle, version } = channel;
  return [
    {
      label: "channel",
      remove: keys.channel(org, channelId),
      condition: "version = :version",
      values: { ":version": version },
    },
    { label: "head", remove: keys.channelHead(org, channelId) },
    ...(handle === "" ? [] : [freeHandleWrite(org, channelId, handle)]),
  ];
}
