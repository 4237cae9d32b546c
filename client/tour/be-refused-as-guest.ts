import type { Organization } from "../types.ts";
import { expectRefusal, expectSame } from "./expect.ts";
import { seen, step } from "./narrator.ts";
import type { Channels } from "./open-channels.ts";
import type { Person } from "./person.ts";

type Attempt = { what: string; rule: string; code?: string; act: () => Promise<unknown> };

type Scene = {
  organization: Organization;
  channels: Channels;
  /** Somebody with whom the guest shares no channel. */
  stranger: Person;
  /** The number of the guest's own message in the shared channel. */
  ownSeq: number;
  groupId: string;
};

/** GST-9…16: everything that is not for guests, each with the rule that says so. */
function attemptsOf({ client, userId }: Person, scene: Scene): Attempt[] {
  const { channels, stranger, ownSeq, groupId } = scene;
  const { open, shared } = channels;
  const org = scene.organization.id;
  const hidden = { code: "not-found" };
  return [
    { what: "see a public channel", rule: "GST-9", ...hidden, act: () => client.getChannel(org, open.id) },
    { what: "read a public channel", rule: "GST-9", ...hidden, act: () => client.listMessages(org, open.id) },
    { what: "join a public channel", rule: "GST-9", ...hidden, act: () => client.joinChannel(org, open.id) },
    { what: "join an open group", rule: "GST-10", act: () => client.addToGroup(org, groupId, userId) },
    {
      what: `write to ${stranger.name}`,
      rule: "GST-16",
      ...hidden,
      act: () => client.openConversation(org, [stranger.userId]),
    },
    {
      what: "invite somebody",
      rule: "GST-12",
      act: () =>
        client.invite(org, {
          kind: "guest",
          channelIds: [shared.id],
          invitees: [{ email: "friend@example.com" }],
        }),
    },
    {
      what: "add somebody to the channel",
      rule: "GST-12",
      act: () => client.addToChannel(org, shared.id, { userIds: [stranger.userId] }),
    },
    { what: "see the directory", rule: "GST-13", act: () => client.searchDirectory(org, { search: "i" }) },
    { what: "list the members", rule: "GST-13", act: () => client.listMembers(org) },
    { what: "see the figures", rule: "GST-13", act: () => client.getUsage(org) },
    {
      what: "create a channel",
      rule: "GST-14",
      act: () => client.createChannel(org, { name: "Ours", type: "private" }),
    },
    {
      what: "rename the channel",
      rule: "GST-14",
      act: () => client.changeChannel(org, shared.id, { name: "Ours" }),
    },
    {
      what: "change its header",
      rule: "GST-14",
      act: () => client.changeChannel(org, shared.id, { header: "Ours" }),
    },
    { what: "archive it", rule: "GST-14", act: () => client.archiveChannel(org, shared.id) },
    {
      what: "become its admin",
      rule: "GST-14",
      act: () => client.setChannelRole(org, shared.id, userId, "admin"),
    },
    {
      what: "delete their own message",
      rule: "GST-15",
      act: () => client.deleteMessage(org, shared.id, ownSeq),
    },
    {
      what: `ask what ${stranger.name} may be asked`,
      rule: "GST-16",
      ...hidden,
      act: () => client.checkPermission(org, { action: "conversation.open", userId: stranger.userId }),
    },
  ];
}

/** GST-9…17: each refusal names its rule and says why. What is not refused shows nothing but the given channel. */
export async function beRefusedAsGuest(guest: Person, scene: Scene): Promise<void> {
  step(`${guest.name} tries what guests cannot do`);
  const { id } = scene.organization;
  const { shared } = scene.channels;
  const { items: channels } = await guest.client.listChannels(id);
  expectSame(
    "The guest's channels",
    // Beside it is the conversation in which the assistant has welcomed them (BOT-4), which has no handle.
    channels.flatMap(({ handle }) => (handle === "" ? [] : [handle])),
    [shared.handle],
  );
  const { items: people } = await guest.client.listChannelMembers(id, shared.id);
  const isSeen = people.some((one) => "userId" in one && one.userId === scene.stranger.userId);
  expectSame(`${scene.stranger.name} in what the guest sees`, isSeen, false);
  expectSame(
    "The addresses that the guest sees",
    people.filter(({ email }) => email !== undefined).length,
    0,
  );
  seen(`sees #${shared.handle} and ${people.length} people, without their addresses`);

  for (const { what, rule, code = "guest-restricted", act } of attemptsOf(guest, scene)) {
    const refusal = await expectRefusal(`That a guest wants to ${what}`, code, act);
    expectSame(`The rule by which a guest cannot ${what}`, refusal.rule, rule);
    seen(`cannot ${what}: ${refusal.message} (${refusal.rule})`);
  }
}
