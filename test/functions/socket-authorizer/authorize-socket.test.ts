import { expect, test, vi } from "vitest";
import { sha256 } from "../../../functions/shell/ids.ts";
import { authorizerHandler } from "../../../functions/socket-authorizer/create-handler.ts";
import { NOW, ORG, userId } from "../message/people.ts";

const TICKET = `${"0".repeat(26)}.${"a".repeat(43)}`;
const ARN = "arn:aws:execute-api:eu-west-1:123456789012:abc/live/$connect";

function setup({ allowedOrigins = ["https://app.example.com"] } = {}) {
  const tickets = new Map([[`${ORG} ${sha256(TICKET)}`, { userId: userId("ann") }]]);
  const takeTicket = vi.fn(async ({ organizationId, hash }: { organizationId: string; hash: string }) => {
    const key = `${organizationId} ${hash}`;
    const found = tickets.get(key);
    tickets.delete(key);
    return found;
  });
  const authorize = authorizerHandler({ allowedOrigins, takeTicket, now: () => NOW });
  const open = (ticket: string | undefined = TICKET, headers: Record<string, string> = {}) =>
    authorize({
      methodArn: ARN,
      headers,
      queryStringParameters: ticket === "" ? null : { ticket },
    });
  return { open, takeTicket };
}

test("a ticket opens one connection of its person, once", async () => {
  const { open } = setup();
  expect(await open()).toEqual({
    principalId: userId("ann"),
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: ARN }],
    },
    context: { organizationId: ORG, userId: userId("ann") },
  });
  await expect(open()).rejects.toThrow(/^Unauthorized$/u);
});

test.each([
  ["none", ""],
  ["one of no form", "ticket"],
  ["one with another secret", `${"0".repeat(26)}.${"b".repeat(43)}`],
  ["one of another organization", `${"1".repeat(26)}.${"a".repeat(43)}`],
  ["a huge one", "0".repeat(100_000)],
])("%s is refused with 401", async (_what, ticket) => {
  const { open } = setup();
  await expect(open(ticket)).rejects.toThrow(/^Unauthorized$/u);
});

test.each([
  ["Origin", "https://evil.example.com"],
  ["origin", "null"],
  ["ORIGIN", "https://app.example.com.evil.example"],
])("a page of another origin is refused, and the ticket stays (%s: %s)", async (name, origin) => {
  const { open, takeTicket } = setup();
  await expect(open(TICKET, { [name]: origin })).rejects.toThrow(/^Unauthorized$/u);
  expect(takeTicket).not.toHaveBeenCalled();
});

test("pages of the configured origins connect, and clients that are no pages", async () => {
  expect(await setup().open(TICKET, { Origin: "https://app.example.com" })).toMatchObject({ context: {} });
  expect(
    await setup({ allowedOrigins: ["*"] }).open(TICKET, { Origin: "https://any.example" }),
  ).toBeDefined();
  expect(await setup({ allowedOrigins: [] }).open(TICKET)).toBeDefined();
});
