import type { Channel, Group, Organization } from "../types.ts";
import { expectRefusal, expectSame } from "./expect.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** CH-8: a group that members join by themselves. */
export async function openGroup(founder: Person, organization: Organization): Promise<Group> {
  step(`${founder.name} makes a group, open to every member`);
  const group = await founder.client.createGroup(organization.id, { name: "Keepers", open: true });
  const { items } = await founder.client.searchDirectory(organization.id, { search: "keep" });
  expectSame(
    "What the directory finds",
    items.map((entry) => entry.kind === "group" && entry.id),
    [group.id],
  );
  seen(`${group.name} is ${group.id}, and in the directory (DIR-3)`);
  return group;
}

/** CH-9: whoever joins the group joins its channels, and is removed from them through the group alone. */
export async function attachGroup(
  founder: Person,
  organization: Organization,
  channel: Channel,
  group: Group,
  newcomer: Person,
): Promise<void> {
  step(`${founder.name} adds the group to #${channel.handle}, and ${newcomer.name} joins the group`);
  await founder.client.addToChannel(organization.id, channel.id, { groupIds: [group.id] });
  await newcomer.client.addToGroup(organization.id, group.id, newcomer.userId);
  const { me, memberCount } = await newcomer.client.getChannel(organization.id, channel.id);
  expectSame(`${newcomer.name} in the channel`, me.member, true);
  seen(`${newcomer.name} is in #${channel.handle} now, one of ${memberCount} members`);

  const refusal = await expectRefusal("Removing one person of the group", "through-group", () =>
    founder.client.removeFromChannel(organization.id, channel.id, newcomer.userId),
  );
  seen(`and is not removed alone: ${refusal.message} (${refusal.rule})`);
}
