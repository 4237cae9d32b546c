import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { expect, test } from "vitest";
import { idSuffix, newSecret, sha256 } from "../../../functions/shell/ids.ts";
import { addSecret, findBySecret, linkOf, mintSecret } from "../../../functions/table/invitation-secrets.ts";
import { endInvitationWrite, newInvitationWrite } from "../../../functions/table/invitations.ts";
import { INV, invitationOf, NOW, ORG, SECRET, stored } from "./items.ts";
import { conditionFailed, mockedTable } from "./mocked-table.ts";

test("MINV-4 a new invitation is listed among the pending ones by its date", () => {
  const invitation = invitationOf({ endsAt: Date.parse("2026-03-08T10:00:00.000Z") });
  expect(newInvitationWrite(invitation)).toMatchObject({
    put: {
      pk: `O#${ORG}#INVITATIONS`,
      sk: `INV#${INV}`,
      gsi1pk: `O#${ORG}#PENDING#member`,
      gsi1sk: `2026-03-08T10:00:00.000Z#${INV}`,
      state: "pending",
    },
    condition: "attribute_not_exists(pk)",
  });
});

test.each([
  [
    { state: "accepted", acceptedBy: "usr_1", givenChannelIds: ["chn_1"] } as const,
    "#state = :pending AND endsAt > :now",
  ],
  [{ state: "declined" } as const, "#state = :pending AND endsAt > :now AND version = :version"],
  [{ state: "expired" } as const, "#state = :pending AND endsAt <= :now AND version = :version"],
  [{ state: "revoked" } as const, "#state = :pending AND version = :version"],
])(
  "INV-1, INV-5 $state is written while the invitation is pending, in its time, and only then",
  (ending, condition) => {
    const write = endInvitationWrite(invitationOf(), ending, NOW);
    expect(write).toMatchObject({ condition, values: { ":state": ending.state, ":pending": "pending" } });
    expect("expression" in write && write.expression).toMatch(
      /version = version \+ :one.* REMOVE gsi1pk, gsi1sk$/u,
    );
  },
);

test("DynamoDB refuses a value that no expression names", () => {
  for (const state of ["declined", "expired", "revoked"] as const) {
    const write = endInvitationWrite(invitationOf(), { state }, NOW);
    const expressions = "expression" in write ? `${write.expression} ${write.condition}` : "";
    for (const name of Object.keys(write.values ?? {})) expect(expressions).toContain(name);
  }
});

test("INV-3 a secret holds its invitation's key and 256 random bits, and is mailed in the fragment", () => {
  const { secret, hash } = mintSecret(ORG, INV);
  const [org, inv, random = ""] = secret.split(".");
  expect([org, inv]).toEqual([idSuffix(ORG), idSuffix(INV)]);
  expect(Buffer.from(random, "base64url")).toHaveLength(32);
  expect(hash).toBe(sha256(secret));
  expect(mintSecret(ORG, INV).secret).not.toBe(secret);
  const link = new URL(linkOf("https://app.example.com", secret));
  expect([link.pathname, link.search, link.hash]).toEqual(["/invite", "", `#${secret}`]);
});

test("INV-15 a secret finds its invitation with one read", async () => {
  const { client, table } = mockedTable([stored.invitation(invitationOf())]);
  expect(await findBySecret(table, SECRET)).toMatchObject({ invitationId: INV });
  expect(client).toHaveReceivedCommandTimes(GetCommand, 1);
});

test("INV-15 a wrong secret and an unknown invitation are alike, in what is answered and in what is read", async () => {
  const { client, table } = mockedTable([stored.invitation(invitationOf())]);
  const [org, inv] = SECRET.split(".");
  expect(await findBySecret(table, `${org}.${inv}.${newSecret()}`)).toBeUndefined();
  expect(await findBySecret(table, `${org}.${"0".repeat(26)}.${newSecret()}`)).toBeUndefined();
  expect(client).toHaveReceivedCommandTimes(GetCommand, 2);
});

test.each(["", "x", "..", `${"0".repeat(26)}.${"0".repeat(26)}`, "a.b.c", `O#.#.${"x".repeat(43)}`])(
  "INV-15 %j opens nothing",
  async (secret) => {
    const { table } = mockedTable([stored.invitation(invitationOf({ secretHashes: new Set(["other"]) }))]);
    expect(await findBySecret(table, secret)).toBeUndefined();
  },
);

test("INV-3 another secret is added as a hash, while the invitation is pending", async () => {
  const { client, table } = mockedTable();
  client.on(UpdateCommand).resolvesOnce({}).rejectsOnce(conditionFailed()).rejects(new Error("away"));
  expect(await addSecret(table, ORG, INV, "hash")).toBe(true);
  expect(client).toHaveReceivedCommandWith(UpdateCommand, {
    UpdateExpression: "ADD secretHashes :hash",
    ConditionExpression: expect.stringContaining("#state = :pending AND "),
    ExpressionAttributeValues: { ":hash": new Set(["hash"]), ":pending": "pending", ":most": 100 },
  });
  expect(await addSecret(table, ORG, INV, "hash")).toBe(false);
  await expect(addSecret(table, ORG, INV, "hash")).rejects.toThrow("away");
});

test("an item that is not what it should be is not served", async () => {
  const { table } = mockedTable([{ ...stored.invitation(invitationOf()), state: "lost" }]);
  await expect(findBySecret(table, SECRET)).rejects.toThrow("state");
});
