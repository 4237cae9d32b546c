import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { idSuffix, isId, newSecret, sha256 } from "../shell/ids.ts";
import { getInvitation, type Invitation } from "./invitations.ts";
import { keys } from "./keys.ts";
import { pastConflicts } from "./past-conflicts.ts";
import type { Table } from "./table.ts";

/**
 * A new secret for an invitation's link (INV-3): `<organization>.<invitation>.<256 random bits>`. It holds the
 * invitation's own key, so that looking it up is one GetItem. Only `hash` is ever stored.
 */
export function mintSecret(
  org: string,
  invitationId: string,
): { readonly secret: string; readonly hash: string } {
  const secret = `${idSuffix(org)}.${idSuffix(invitationId)}.${newSecret()}`;
  return { secret, hash: sha256(secret) };
}

/** The link of a secret: in the fragment, which no server, proxy or log ever sees (INV-4). */
export function linkOf(pageBaseUrl: string, secret: string): string {
  return `${pageBaseUrl}/invite#${secret}`;
}

/** The invitation a secret opens; `undefined` alike for an unknown id and a wrong secret (INV-15). */
export async function findBySecret(table: Table, secret: string): Promise<Invitation | undefined> {
  const [orgSuffix, invitationSuffix] = secret.split(".");
  const org = `org_${orgSuffix}`;
  const id = `inv_${invitationSuffix}`;
  if (!isId("organization", org) || !isId("invitation", id)) return undefined;
  const invitation = await getInvitation(table, org, id);
  return invitation?.secretHashes?.has(sha256(secret)) === true ? invitation : undefined;
}

/** Links of one invitation that open it at a time: whoever repeats a request without end makes no item without end. */
const MOST_SECRETS = 100;

/**
 * Adds a secret to an invitation, for a link that is asked for again; false if it is no longer pending, has as many as it
 * may have, or was sent anew since, which has ended them all (INV-9).
 * @param resentAt when the request that is repeated sent it anew; left out by the one that made it
 */
export async function addSecret(
  table: Table,
  org: string,
  invitationId: string,
  hash: string,
  resentAt?: number,
): Promise<boolean> {
  const isTheSame = resentAt === undefined ? "attribute_not_exists(resentAt)" : "resentAt = :resentAt";
  try {
    const command = new UpdateCommand({
      TableName: table.name,
      Key: keys.invitation(org, invitationId),
      UpdateExpression: "ADD secretHashes :hash",
      ConditionExpression: `#state = :pending AND ${isTheSame} AND (attribute_not_exists(secretHashes) OR size(secretHashes) < :most)`,
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":hash": new Set([hash]),
        ":pending": "pending",
        ":most": MOST_SECRETS,
        ...(resentAt === undefined ? {} : { ":resentAt": resentAt }),
      },
    });
    await pastConflicts(() => table.client.send(command));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
