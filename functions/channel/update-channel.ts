import { type ChannelChangeFacts, checkHandle, mayChangeChannel } from "@vestibule/domain/channels";
import { allow, firstDenial } from "@vestibule/domain/decision";
import type { Answer, Request } from "../shell/route.ts";
import { type ChannelSettings, changeChannelWrites } from "../table/change-channel.ts";
import { type Channel, freeHandleWrite, takeHandleWrite } from "../table/channels.ts";
import type { IntentFacts } from "../table/intents.ts";
import type { CounterChange, Organization } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import type { Write } from "../table/transaction.ts";
import { announcement } from "./announce.ts";
import { type Act, type ActFacts, changeChannel, placeOf } from "./change-channel.ts";
import { channelQuota, freesPlace, takesPlace } from "./channel-quotas.ts";
import type { updateChannelRoute } from "./contract.ts";
import { showAnew } from "./show-channel.ts";

type Wanted = Request<typeof updateChannelRoute>["body"];

/** What is asked for, in the domain's words: each is decided by its own rule. */
function changesIn(wanted: Wanted, { channel, organization }: ActFacts): ChannelChangeFacts[] {
  const { name, handle, purpose, header, type } = wanted;
  const changes: ChannelChangeFacts[] = [];
  if (name !== undefined || handle !== undefined) changes.push({ change: "rename" });
  if (purpose !== undefined || header !== undefined) changes.push({ change: "describe" });
  if (type !== undefined) {
    const change = type === "public" ? "make-public" : "make-private";
    changes.push({ change, quota: channelQuota(organization, type) });
  }
  if (wanted.default === false) changes.push({ change: "unset-default" });
  if (wanted.default === true) {
    const others = organization.defaultChannelIds.filter((id) => id !== channel.channelId);
    changes.push({ change: "set-default", defaults: others.length });
  }
  return changes;
}

/** What of it is not so already. */
function settingsFor(wanted: Wanted, before: Channel): ChannelSettings {
  const { name, handle, purpose, header, type, default: isDefault } = wanted;
  return {
    ...(name === undefined || name === before.name ? {} : { name }),
    ...(handle === undefined || handle === before.handle ? {} : { handle }),
    ...(purpose === undefined || purpose === before.purpose ? {} : { purpose }),
    ...(header === undefined || header === before.header ? {} : { header }),
    ...(type === undefined || type === before.type ? {} : { type }),
    ...(isDefault === undefined || isDefault === before.isDefault ? {} : { isDefault }),
  };
}

function handleWrites(org: string, before: Channel, handle: string | undefined): Write[] {
  if (handle === undefined) return [];
  const taken = takeHandleWrite(org, before.channelId, handle);
  return before.handle === "" ? [taken] : [taken, freeHandleWrite(org, before.channelId, before.handle)];
}

/** A conversion gives the one quota's place back and takes one of the other's (SEAT-8). */
function conversion(type: ChannelSettings["type"]): CounterChange | undefined {
  if (type === "private") return { ...takesPlace("private"), ...freesPlace("public") };
  return type === "public" ? { ...takesPlace("public"), ...freesPlace("private") } : undefined;
}

function defaultsFor(
  { defaultChannelIds }: Organization,
  channelId: string,
  isDefault: boolean | undefined,
): string[] | undefined {
  if (isDefault === undefined) return undefined;
  const others = defaultChannelIds.filter((id) => id !== channelId);
  return isDefault ? [...others, channelId] : others;
}

function announcements(facts: ActFacts, { name, purpose, header, type }: ChannelSettings): IntentFacts[] {
  return [
    ...(name === undefined ? [] : [announcement(facts, "renamed", name)]),
    ...(purpose === undefined ? [] : [announcement(facts, "purpose-changed", purpose)]),
    ...(header === undefined ? [] : [announcement(facts, "header-changed", header)]),
    ...(type === undefined ? [] : [announcement(facts, type === "public" ? "made-public" : "made-private")]),
  ];
}

function plan(org: string, wanted: Wanted, facts: ActFacts): Act {
  const { channel, organization, who } = facts;
  const settings = settingsFor(wanted, channel);
  const isSame = Object.keys(settings).length === 0;
  return {
    decision: firstDenial(
      ...changesIn(wanted, facts).map((change) => mayChangeChannel({ ...who, ...change })),
      wanted.handle === undefined ? allow() : checkHandle(wanted.handle),
    ),
    writes: isSame
      ? []
      : [...changeChannelWrites(org, channel, settings), ...handleWrites(org, channel, settings.handle)],
    counters: conversion(settings.type),
    defaults: defaultsFor(organization, channel.channelId, settings.isDefault),
    follows: announcements(facts, settings),
    audit: { action: "channel.updated", details: { fields: Object.keys(settings).join(",") } },
  };
}

/** CH-2, CH-4, CH-6: changes a channel's name, handle, purpose, header, type, or whether it is a default one. */
export async function updateChannel(
  table: Table,
  request: Request<typeof updateChannelRoute>,
): Promise<Answer> {
  await changeChannel(table, request, (facts) => plan(request.params.org, request.body, facts));
  return await showAnew(table, placeOf(request));
}
