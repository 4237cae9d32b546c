import fc from "fast-check";
import { expect, test } from "vitest";
import { HANDLE } from "../../../domain/channels.ts";
import { handleCandidate } from "../../../functions/channel/handle-candidates.ts";
import { conversationHash } from "../../../functions/table/conversations.ts";

test("CH-4 every candidate is a handle, and the numbered ones differ", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }), (name) => {
      const candidates = [0, 1, 2, 3, 4, 9].map((attempt) => handleCandidate(name, attempt));
      for (const handle of candidates) expect(handle).toMatch(HANDLE);
      expect(new Set(candidates.slice(0, 4)).size).toBe(4);
    }),
  );
});

test("CH-3 the same people have the same conversation, in whatever order they are named", () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(ids, (people) => {
      expect(conversationHash(people.toReversed())).toBe(conversationHash(people));
      expect(conversationHash([...people, people[0] ?? ""])).toBe(conversationHash(people));
      expect(conversationHash(people.slice(1))).not.toBe(conversationHash(people));
    }),
  );
});
