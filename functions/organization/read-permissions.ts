import { ACTIONS, type PermissionFacts, permit } from "@vestibule/domain/permissions";
import { presentDecision } from "../contract/permissions.ts";
import { loadChannelFacts } from "../membership/channel-relation.ts";
import { isId } from "../shell/ids.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho, demand } from "../shell/standing.ts";
import type { Table } from "../table/table.ts";
import type { checkPermissionRoute, permissionsRoute } from "./person-contract.ts";
import { demandSeen } from "./seen-person.ts";

type Question = {
  readonly org: string;
  readonly userId: string;
  readonly now: number;
  readonly about: { readonly channelId?: string | undefined; readonly userId?: string | undefined };
};

/**
 * The facts of a question. It is answered only about what exists to the asker.
 * @throws Problem 404 for a channel or a person out of their sight (GST-9, GST-16, CH-5)
 */
async function factsOf(table: Table, { about, ...who }: Question): Promise<PermissionFacts> {
  const { channelId } = about;
  const isOwn = about.userId === who.userId;
  const actor = await actorWho(table, who, "permissions.read");
  if (about.userId !== undefined) await demandSeen(table, actor, about.userId, who.now);
  if (channelId === undefined) return { standing: actor.standing, isOwn };
  // What has not the form of an id names nothing: it is answered as a channel that is out of sight.
  if (!isId("channel", channelId)) demand(permit("channel.read", { standing: actor.standing }));
  const { standing, relation, channel } = await loadChannelFacts(table, { ...who, channelId });
  const facts = { standing, relation, channelType: channel.type };
  demand(permit("channel.read", facts));
  return { ...facts, isOwn };
}

/** GST-17: what the caller may do here, action by action, by the same table that every door asks. */
export async function listPermissions(
  table: Table,
  { params, person, query, now }: Request<typeof permissionsRoute>,
): Promise<Answer> {
  const facts = await factsOf(table, { org: params.org, userId: person.userId, now, about: query });
  const items = ACTIONS.map((action) => ({
    action,
    ...presentDecision(action, facts.standing, permit(action, facts)),
  }));
  return { status: 200, body: { items, nextCursor: null } };
}

/** GST-17: one question, answered with the deciding rule and a sentence. */
export async function checkPermission(
  table: Table,
  { params, person, body, now }: Request<typeof checkPermissionRoute>,
): Promise<Answer> {
  const { action, ...about } = body;
  const facts = await factsOf(table, { org: params.org, userId: person.userId, now, about });
  return { status: 200, body: presentDecision(action, facts.standing, permit(action, facts)) };
}
