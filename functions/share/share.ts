import { addressKey } from "@vestibule/domain/invitations";
import { mayChangeShare } from "@vestibule/domain/shares";
import * as z from "zod";
import type { Answer, Replay } from "../shell/route.ts";
import { actorWho, demand } from "../shell/standing.ts";
import { getAddress } from "../table/addresses.ts";
import { addSecret, linkOf, mintSecret } from "../table/invitation-secrets.ts";
import { getMember } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import { type ShareDependencies, shareByInvitation } from "./share-by-invitation.ts";
import { shareWithGroup } from "./share-with-group.ts";
import { shareWithMember } from "./share-with-member.ts";
import type { ShareRequest } from "./sharing.ts";

/** SHR-4a: whoever is an active member under this address is given access as one. */
async function memberUnder(table: Table, org: string, email: string): Promise<string | undefined> {
  const address = await getAddress(table, { org, kind: "member", addressKey: addressKey(email) });
  if (address?.userId === undefined) return undefined;
  const member = await getMember(table, org, address.userId);
  return member?.state === "active" ? member.userId : undefined;
}

/** SHR-1, SHR-4: shares a mail address with a member or a group at once, with anybody else by an invitation. */
export async function share(deps: ShareDependencies, request: ShareRequest): Promise<Answer> {
  const { params, body, person, now } = request;
  // Whoever may not share learns nothing of who is a member.
  await actorWho(deps.table, { org: params.org, userId: person.userId, now }, "share.create");
  if (body.groupId !== undefined) return await shareWithGroup(deps.table, request, body.groupId);
  const { email } = body;
  const userId = body.userId ?? (email && (await memberUnder(deps.table, params.org, email)));
  if (userId !== undefined) return await shareWithMember(deps.table, request, userId);
  return await shareByInvitation(deps, request);
}

const answered = z.looseObject({ link: z.string().optional() });

const stored = z.looseObject({
  organizationId: z.string(),
  hadLink: z.boolean(),
  invitation: z.looseObject({ id: z.string() }).optional(),
});

/**
 * Keeps the answer without its link, and makes a new one when the request is repeated by somebody who may still share:
 * only the hash of a secret is ever stored (INV-3), and what gives access asks for a recent sign-in (SHR-2).
 */
export function replayShare({ table, pageBaseUrl }: ShareDependencies): Replay {
  return {
    demand: async ({ params, person, now }) => {
      const where = { org: params["org"] ?? "", userId: person.userId, now };
      const { standing } = await actorWho(table, where, "share.create");
      demand(mayChangeShare({ actor: standing, signedInAt: person.signedInAt, now }));
    },
    store: (body, { params }) => {
      const { link, ...rest } = answered.parse(body);
      return { ...rest, organizationId: params["org"], hadLink: link !== undefined };
    },
    restore: async (body) => {
      const { organizationId: org, hadLink, ...rest } = stored.parse(body);
      if (!hadLink || rest.invitation === undefined) return rest;
      const { secret, hash } = mintSecret(org, rest.invitation.id);
      const isAdded = await addSecret(table, org, rest.invitation.id, hash);
      return isAdded ? { ...rest, link: linkOf(pageBaseUrl, secret) } : rest;
    },
  };
}
