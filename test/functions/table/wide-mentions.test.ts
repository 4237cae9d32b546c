import fc from "fast-check";
import { expect, test } from "vitest";
import { takeSeqInput } from "../../../functions/table/channel-heads.ts";
import { memoryOf, nonceHash } from "../../../functions/table/message-nonces.ts";
import { MOST_WIDE, newWide, wideSeqsFor } from "../../../functions/table/wide-mentions.ts";

const SALES = "grp_sales";
const SUPPORT = "grp_support";
const HASH = nonceHash("usr_a", "n", 0);
const GROUNDS = { fence: 1_000 };
const EMPTY = memoryOf(new Map(), 0);

test("MSG-11 mentions of many are noted in the write that takes the seq, and the oldest go with it", () => {
  const held = Object.fromEntries(
    Array.from({ length: MOST_WIDE }, (_, index) => [`c-h${index}`, index + 1]),
  );
  const wide = newWide({ isChannel: false, groupIds: [SALES, SUPPORT, SALES] }, held);
  const input = takeSeqInput(HASH, EMPTY, { grounds: GROUNDS, wide });
  expect(input.UpdateExpression).toBe(
    "SET seq = seq + :one, nonces.#hash = seq + :one, wide.#w0 = seq + :one, wide.#w1 = seq + :one REMOVE wide.#o0, wide.#o1",
  );
  expect(input.ExpressionAttributeNames).toMatchObject({ "#o0": "c-h1", "#o1": "c-h0" });
  expect(wide.tokens(HASH).every((token) => token.endsWith(`-${HASH}`))).toBe(true);
});

test("MSG-11 a plain post notes nothing", () => {
  const { UpdateExpression } = takeSeqInput(HASH, EMPTY, { grounds: GROUNDS });
  expect(UpdateExpression).toBe("SET seq = seq + :one, nonces.#hash = seq + :one");
});

test("MSG-11 everybody finds what mentions the channel, and a group's people what mentions the group", () => {
  const group = newWide({ isChannel: false, groupIds: [SALES] }, {});
  const channel = newWide({ isChannel: true, groupIds: [SALES] }, {});
  const wide = {
    ...Object.fromEntries(group.tokens("a-b_").map((token) => [token, 3])),
    ...Object.fromEntries(channel.tokens("----").map((token) => [token, 5])),
  };
  expect(Object.keys(wide)).toHaveLength(2);
  expect(wideSeqsFor(wide, [])).toEqual([5]);
  expect(wideSeqsFor(wide, [SUPPORT])).toEqual([5]);
  expect(wideSeqsFor(wide, [SUPPORT, SALES])).toEqual([3, 5]);
});

test("MSG-10 the head never keeps more than 16 mentions of many, and always the latest", () => {
  const mention = fc.record({
    isChannel: fc.boolean(),
    groupIds: fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 20 }),
  });
  fc.assert(
    fc.property(fc.array(mention, { maxLength: 30 }), (mentions) => {
      const wide: Record<string, number> = {};
      mentions.forEach((one, index) => {
        const { tokens, outdated } = newWide(one, wide);
        for (const token of outdated) delete wide[token];
        for (const token of tokens(nonceHash("usr_a", String(index), 0))) wide[token] = index + 1;
        expect(Object.keys(wide).length).toBeLessThanOrEqual(MOST_WIDE);
        const isAny = one.isChannel || one.groupIds.length > 0;
        if (isAny) expect(Object.values(wide)).toContain(index + 1);
      });
    }),
  );
});
