import type { Standing } from "@vestibule/domain/people";
import { everyStanding } from "@vestibule/domain/permissions";
import type { ChannelRelation, ChannelType } from "@vestibule/domain/vocabulary";
import type { LocalStack } from "../../../../infra/local/contracts.ts";
import { act, addPeople, makeGuest, newChannel } from "../../../support/act.ts";
import { accept, inviteByLink, newOrganization } from "../../../support/organization.ts";
import { newAddress, type Person, person } from "../../../support/person.ts";
import { advance, setFaults } from "../../../support/stack-control.ts";

/** Where somebody may stand: a channel, its type, and what they are in it. */
export type Place = { channelId: string; channelType: ChannelType; relation: ChannelRelation };

/** Somebody with one of the standings that the table tells apart, in every place that can be had. */
export type Subject = { who: Person; standing: Standing; places: Place[] };

/** An organization in which every cell of the permission table that can come about does. */
export type World = Awaited<ReturnType<typeof makeWorld>>;

const HOUR_SECONDS = 3_600;

/**
 * Makes the organization. The subjects are in `in` channels as members, in `led` ones as channel admins; in `strange`
 * ones only its host and two others are. Those who are to be deactivated, or past their end, were in all of them before.
 */
export async function makeWorld(stack: LocalStack) {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder, {
    guests: null,
    publicChannels: null,
    privateChannels: null,
  });
  const base = `/v1/organizations/${org}`;
  const join = async (name: string, terms: object = {}) => {
    const who = await person(stack, name);
    await accept(who, (await inviteByLink(founder, org, who.email, terms)).secret);
    return who;
  };
  const host = await join("host");
  const third = await join("third");
  const other = await join("other");

  const channel = (name: string, type: "public" | "private") => newChannel(host, org, name, type);
  const conversation = async (...people: Person[]): Promise<string> => {
    const userIds = people.map(({ userId }) => userId);
    return (await act(host, "POST", `${base}/channels/direct`, { userIds })).id;
  };
  const channels = {
    public: { in: await channel("public in", "public"), led: await channel("public led", "public") },
    private: { in: await channel("private in", "private"), led: await channel("private led", "private") },
  };
  const strange = {
    public: await channel("public strange", "public"),
    private: await channel("private strange", "private"),
    direct: await conversation(third),
    group: await conversation(third, other),
  };
  const everyNamed = [...Object.values(channels.public), ...Object.values(channels.private)];
  for (const channelId of everyNamed) await addPeople(host, org, channelId, founder, other);
  for (const channelId of [strange.public, strange.private]) await addPeople(host, org, channelId, other);

  const guest = await person(stack, "guest-target");
  await makeGuest(founder, org, guest, { channelIds: [channels.public.in] });
  const group = await act(founder, "POST", `${base}/groups`, { name: "Closed" });
  const openGroup = await act(founder, "POST", `${base}/groups`, { name: "Open", open: true });
  const invited = await inviteByLink(founder, org, newAddress("pending"));
  const mailAddress = await act(founder, "POST", `${base}/mail-addresses`, { address: newAddress("desk") });
  await act(founder, "POST", `${base}/mail-addresses/${mailAddress.id}/shares`, { userId: other.userId });

  const subjects: Subject[] = [];
  for (const standing of everyStanding()) {
    const name = standing.kind === "member" ? `${standing.orgRole}-${standing.chatRole}` : standing.kind;
    const who = await person(stack, `subject-${name.replaceAll("_", "-")}`);
    const places: Place[] = Object.entries(strange).map(([channelType, channelId]) => ({
      channelId,
      channelType: channelType as ChannelType,
      relation: "none",
    }));
    if (standing.kind === "guest") {
      const end = new Date(stack.context.clock.now() + HOUR_SECONDS * 1000).toISOString();
      await makeGuest(founder, org, who, {
        channelIds: [channels.public.in, channels.private.in],
        ...(standing.state === "active" ? {} : { guestEndsAt: end }),
      });
    }
    if (standing.kind === "member") {
      const { orgRole, chatRole, rights } = standing;
      await accept(who, (await inviteByLink(founder, org, who.email, { orgRole, chatRole, rights })).secret);
      for (const channelId of everyNamed) await addPeople(host, org, channelId, who);
      for (const { led } of Object.values(channels)) {
        await act(host, "PUT", `${base}/channels/${led}/members/${who.userId}/role`, { role: "admin" });
      }
    }
    if (standing.kind !== "outsider") {
      // `other` shares a channel with the guests, as the host does (GST-11).
      const [direct, small] = [await conversation(who), await conversation(who, other)];
      for (const [channelType, { in: joined, led }] of Object.entries(channels)) {
        const type = channelType as ChannelType;
        places.push({ channelId: joined, channelType: type, relation: "member" });
        if (standing.kind === "member") places.push({ channelId: led, channelType: type, relation: "admin" });
      }
      places.push({ channelId: direct, channelType: "direct", relation: "member" });
      places.push({ channelId: small, channelType: "group", relation: "member" });
    }
    subjects.push({ who, standing, places });
  }
  // One message of somebody else in every channel, and one of each subject's own where they may write.
  const every = new Set(subjects.flatMap(({ places }) => places.map(({ channelId }) => channelId)));
  for (const channelId of every) {
    await act(host, "POST", `${base}/channels/${channelId}/messages`, { text: "hello", nonce: "hello" });
  }
  for (const { who, standing } of subjects) {
    if (standing.kind === "member" && standing.state === "deactivated")
      await act(founder, "POST", `${base}/members/${who.userId}/deactivate`);
  }
  // Whoever is past their end is to be refused for that, and not for having been swept.
  await setFaults(stack, { target: "function", match: { function: "sweep" }, effect: "error" });
  await advance(stack, 2 * HOUR_SECONDS);
  return {
    org,
    base,
    founder,
    host,
    third,
    other,
    guest,
    groupId: group.id,
    openGroupId: openGroup.id,
    invitationId: invited.id,
    mailAddressId: mailAddress.id,
    subjects,
  };
}
