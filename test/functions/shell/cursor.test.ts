import { expect, test } from "vitest";
import { cursorOf, readCursor } from "../../../functions/shell/cursor.ts";

const scope = ["invitations", "org_1", "pending", undefined];

test("a cursor leads on where its page ended", () => {
  expect(readCursor(scope, cursorOf(scope, "INV#inv_9ü") ?? undefined)).toBe("INV#inv_9ü");
});

test("the end of a list has none, and the first page is asked for without one", () => {
  expect(cursorOf(scope, undefined)).toBeNull();
  expect(readCursor(scope, undefined)).toBeUndefined();
});

test.each([
  [["members", "org_1", "pending", undefined], "another route"],
  [["invitations", "org_2", "pending", undefined], "another organization"],
  [["invitations", "org_1", "revoked", undefined], "another filter"],
  [["invitations", "org_1", "pending", "a@example.com"], "a filter more"],
  [["invitations", "org_1", undefined, "pending"], "the same words in another place"],
])("a cursor of %j is refused: %s", (other) => {
  const cursor = cursorOf(other, "INV#inv_9") ?? undefined;
  expect(() => readCursor(scope, cursor)).toThrow(
    expect.objectContaining({ status: 400, code: "invalid-cursor" }),
  );
});

test.each([
  "",
  "x",
  "not base64 at all!",
  Buffer.from("0".repeat(12)).toString("base64url"),
  "A".repeat(2_000),
])("%j is refused", (cursor) => {
  expect(() => readCursor(scope, cursor)).toThrow(expect.objectContaining({ code: "invalid-cursor" }));
});

test("a cursor whose key was changed is refused", () => {
  const cursor = Buffer.from(cursorOf(scope, "INV#inv_1") ?? "", "base64url").toString();
  const moved = Buffer.from(cursor.replace("inv_1", "inv_2")).toString("base64url");
  expect(() => readCursor(scope, moved)).toThrow(expect.objectContaining({ code: "invalid-cursor" }));
});
