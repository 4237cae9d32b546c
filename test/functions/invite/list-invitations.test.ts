import { afterEach, expect, test, vi } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { type InvitingWorld, invitingWorld } from "./invite-world.ts";

const world = invitingWorld();
afterEach(() => void vi.useRealTimers());

const emails = (answer: Awaited<ReturnType<InvitingWorld["list"]>>): string[] =>
  answer.body.items.map(({ email }: { email: string }) => email);

test("MINV-4 those that are pending go on from kind to kind, page by page", async () => {
  const w = await world();
  const channelIds = [await w.channel(w.ada, { name: "A" })];
  for (const name of ["a", "b", "c", "d", "e"]) {
    // Guests expire among the members.
    const isGuest = name === "b" || name === "d";
    await w.invited({
      email: `${name}@example.net`,
      ...(isGuest ? { kind: "guest" as const, channelIds } : {}),
    });
    w.advance(1);
  }
  const found: string[] = [];
  let query: Record<string, string> = { state: "pending", limit: "2" };
  for (let pages = 0; pages < 5; pages += 1) {
    const answer = await w.list(w.ada, query);
    found.push(...emails(answer));
    if (answer.body.nextCursor === null) break;
    query = { ...query, cursor: answer.body.nextCursor };
  }
  expect(found).toEqual(["a", "c", "e", "b", "d"].map((name) => `${name}@example.net`));
});

test("INV-11 invitations are listed by the state of their mail; one with a link alone has none", async () => {
  const w = await world();
  const { inv } = await w.invited({ email: "a@example.net" });
  const { inv: link } = await w.invited({ email: "b@example.net" });
  await w.write({ label: "mail", update: keys.invitation(w.org, link), expression: "REMOVE mail" });
  await w.write({
    label: "mail",
    update: keys.invitation(w.org, inv),
    expression: "SET mail.#state = :state",
    names: { "#state": "state" },
    values: { ":state": "sending" },
  });
  expect(emails(await w.list(w.ada, { deliveryState: "queued" }))).toEqual(["a@example.net"]);
  expect(emails(await w.list(w.ada, { deliveryState: "none" }))).toEqual(["b@example.net"]);
  expect(emails(await w.list(w.ada, { deliveryState: "undelivered" }))).toEqual([]);
  expect(await w.list(w.ada, { deliveryState: "lost" })).toMatchObject({
    status: 400,
    body: { errors: [{ path: "deliveryState" }] },
  });
});

test("a cursor belongs to its filter", async () => {
  const w = await world();
  for (const name of ["a", "b"]) await w.invited({ email: `${name}@example.net` });
  const { nextCursor } = (await w.list(w.ada, { limit: "1" })).body;
  expect(await w.list(w.ada, { limit: "1", cursor: nextCursor })).toMatchObject({ status: 200 });
  expect(await w.list(w.ada, { limit: "1", cursor: nextCursor, deliveryState: "sent" })).toMatchObject({
    status: 400,
    body: { code: "invalid-cursor" },
  });
});
