import { QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { acceptUseCases } from "../../../functions/accept/use-cases.ts";
import { keys, PREFIXES } from "../../../functions/table/keys.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { storedChannel, storedRow } from "../table/channel-items.ts";
import {
  guestInvitationOf,
  guestOf,
  INV,
  invitationOf,
  memberOf,
  NOW,
  ORG,
  organizationOf,
  SECRET,
  stored,
} from "../table/items.ts";
import { type Item, keyOf, mockedTable } from "../table/mocked-table.ts";

const bob = personWith("bob@example.com");
const REGISTERED = { profile: { firstName: "Bob", lastName: "Low" }, termsVersion: "1" };
const SECRETS = keys.personChannel(ORG, bob.userId, "chn_secrets");

/** Bob was in `chn_secrets` before; the line is there until a transaction takes it away. */
function setup(kind: "guest" | "member", items: readonly Item[] = []) {
  atNow();
  const counted = kind === "guest" ? { pendingGuests: 1, guestsUsed: 1 } : { seatsReserved: 1, seatsUsed: 2 };
  const mocked = mockedTable([
    stored.organization(organizationOf(counted)),
    stored.member(memberOf("usr_sender", { chatRole: "admin" })),
    stored.invitation(kind === "guest" ? guestInvitationOf({ channelIds: ["chn_a"] }) : invitationOf()),
    stored.address("bob@example.com", { invitationId: INV }, kind),
    storedChannel({ channelId: "chn_a" }),
    storedChannel({ channelId: "chn_secrets", type: "private" }),
    ...items,
  ]);
  let isGone = false;
  mocked.client.on(TransactWriteCommand).callsFake(({ TransactItems }) => {
    const written: typeof TransactItems = TransactItems;
    const key = `${SECRETS.pk} / ${SECRETS.sk}`;
    for (const write of written) if (write.Delete !== undefined && keyOf(write) === key) isGone = true;
    return {};
  });
  const values = { ":pk": SECRETS.pk, ":prefix": PREFIXES.channel };
  mocked.client.on(QueryCommand, { ExpressionAttributeValues: values }).callsFake(() => ({
    Items: isGone ? [] : [storedRow("chn_secrets", bob.userId, { kind })],
  }));
  const call = caller(acceptUseCases(mocked.table));
  const accept = async () =>
    await call("POST /v1/invitations/accept", { as: bob, body: { token: SECRET, ...REGISTERED } });
  return { ...mocked, accept };
}

const recordKey = `O#${ORG}#MEMBERS / USER#${bob.userId}`;

test.each(["guest", "member"] as const)(
  "GINV-5, MINV-5 who was removed and comes in again as a %s has lost what they had, whether or not it was swept",
  async (kind) => {
    const { accept, transactions } = setup(kind);
    expect(await accept()).toMatchObject({ status: 200, body: { kind } });
    const [clearing, accepting] = transactions();
    expect(clearing?.get(`${SECRETS.pk} / ${SECRETS.sk}`)?.Delete).toBeDefined();
    expect(clearing?.get(recordKey)?.ConditionCheck?.ConditionExpression).toBe("attribute_not_exists(pk)");
    expect(accepting?.get(recordKey)?.Put?.Item).toMatchObject({ kind });
  },
);

test("GINV-10 who is past their end is no guest to be promoted: their access and channels end first", async () => {
  const over = guestOf(bob.userId, { endsAt: NOW });
  const { accept, transactions, refuse } = setup("member", stored.guest(over));
  refuse(keys.invitation(ORG, INV));
  await accept();
  const [ending, next] = transactions();
  expect(ending?.get(recordKey)?.Delete).toBeDefined();
  expect(next?.get(recordKey)?.Put).toBeUndefined();
});
