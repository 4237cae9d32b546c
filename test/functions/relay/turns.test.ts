import { beforeEach, expect, test, vi } from "vitest";
import { logger } from "../../../functions/shell/logger.ts";
import { keys } from "../../../functions/table/keys.ts";
import { messageItem } from "../../../functions/table/messages.ts";
import { GENERAL, ORG, SIDE } from "../message/people.ts";
import { messageRecord, record } from "./records.ts";
import { setup } from "./setup.ts";

const CHANNEL = { organizationId: ORG, channelId: GENERAL };

const stored = (seq: number) =>
  messageItem.parse({
    sk: String(seq).padStart(12, "0"),
    messageId: `msg_${seq}`,
    authorKind: "member",
    authorId: "usr_x",
    authorName: "X",
    text: `text ${seq}`,
    createdAt: "2026-11-22T10:00:00.000Z",
  });

function largeSetup() {
  const made = setup();
  made.large.isLarge.mockResolvedValue(true);
  made.large.messages.mockImplementation(async (_channel, seqs) => seqs.map(stored));
  const seqs = () => (made.received["b1"] ?? []).map(({ seq }) => seq);
  return { ...made, seqs };
}

beforeEach(() => {
  vi.spyOn(logger, "error").mockReturnValue();
});

test("MSG-4 a small channel's messages are told without further ado", async () => {
  const { relay, large, types } = setup();
  await relay(messageRecord(1));
  expect(large.takeTurn).not.toHaveBeenCalled();
  expect(types("b1")).toEqual(["message.posted"]);
});

test("MSG-4 of a large channel a batch leaves its messages to the one that has the turn", async () => {
  const { relay, large, received } = largeSetup();
  large.takeTurn.mockResolvedValue(undefined);
  expect(await relay(messageRecord(1), messageRecord(2))).toEqual({ batchItemFailures: [] });
  expect(large.leave.mock.calls).toEqual([[CHANNEL, [1, 2]]]);
  expect(received).toEqual({});
});

test("MSG-4 whoever has the turn tells what was left to it, until nothing waits", async () => {
  const { relay, large, seqs } = largeSetup();
  large.endTurn.mockResolvedValueOnce([2, 3]).mockResolvedValueOnce([4]);
  expect(await relay(messageRecord(1))).toEqual({ batchItemFailures: [] });
  expect(seqs()).toEqual([1, 2, 3, 4]);
  expect(large.told.mock.calls).toEqual([
    [CHANNEL, [2, 3]],
    [CHANNEL, [4]],
  ]);
  expect(large.endTurn).toHaveBeenCalledTimes(3);
});

test("MSG-4 a batch that can neither take the turn nor leave its messages tells them itself", async () => {
  const { relay, large, seqs } = largeSetup();
  large.takeTurn.mockResolvedValue(undefined);
  large.leave.mockResolvedValue(false);
  await relay(messageRecord(1));
  expect(seqs()).toEqual([1]);
  expect(large.endTurn).not.toHaveBeenCalled();
});

test("MSG-4 changes of messages wait for nobody's turn", async () => {
  const { relay, large, types } = largeSetup();
  large.takeTurn.mockResolvedValue(undefined);
  const { seq: _seq, ...message } = stored(1);
  await relay(
    record(keys.message(ORG, GENERAL, 1), message, { ...message, pinnedBy: "usr_x", pinnedAt: "now" }),
  );
  expect(large.leave).not.toHaveBeenCalled();
  expect(types("b1")).toEqual(["message.pinned"]);
});

test("MSG-4 a turn that the table cuts short fails its batch, which is the same holder when it comes again", async () => {
  const { relay, large, seqs } = largeSetup();
  large.endTurn.mockResolvedValueOnce([2]);
  large.messages.mockRejectedValueOnce(new Error("throttled"));
  const first = messageRecord(1);
  const { batchItemFailures } = await relay(first);
  expect(batchItemFailures).toHaveLength(1);
  expect(large.told).not.toHaveBeenCalled();
  large.endTurn.mockResolvedValueOnce([2]);
  expect(await relay(first)).toEqual({ batchItemFailures: [] });
  const [before, after] = large.takeTurn.mock.calls;
  expect(after).toEqual(before);
  expect(new Set(seqs())).toEqual(new Set([1, 2]));
});

test("MSG-4 what waited when a batch took the turn is told along with its own, so that each attempt gets on", async () => {
  const { relay, large, seqs, directory } = largeSetup();
  large.takeTurn.mockResolvedValueOnce([7, 8]);
  expect(await relay(messageRecord(9))).toEqual({ batchItemFailures: [] });
  expect(seqs()).toEqual([7, 8, 9]);
  expect(large.told.mock.calls).toEqual([[CHANNEL, [7, 8]]]);
  expect(directory.everybody).toHaveBeenCalledTimes(1);
});

test("MSG-4 a batch that cannot tell its own still tells what others have left to it, and gives the turn back", async () => {
  const { relay, large, seqs, directory } = largeSetup();
  large.takeTurn.mockResolvedValueOnce([2]);
  large.endTurn.mockResolvedValueOnce([2, 3]);
  directory.roster.mockRejectedValueOnce(new Error("not this one"));
  const { batchItemFailures } = await relay(messageRecord(1));
  expect(batchItemFailures).toHaveLength(1);
  expect(seqs()).toEqual([2, 3]);
  expect(large.told.mock.calls).toEqual([[CHANNEL, [2, 3]]]);
  expect(large.endTurn).toHaveBeenCalledTimes(2);
});

test("MSG-4 messages told in another's turn reach those alone who are in the channel by then", async () => {
  const { relay, large, side, types } = largeSetup();
  large.endTurn.mockResolvedValueOnce([2]);
  large.messages.mockImplementationOnce(async () => {
    // Gil was there when it was posted, and is taken out while it waits.
    side.splice(1);
    return [stored(2)];
  });
  const { seq: _seq, ...message } = stored(1);
  await relay(record(keys.message(ORG, SIDE, 1), undefined, message));
  expect(types("g1")).toEqual(["message.posted"]);
  expect(types("a1")).toEqual(["message.posted", "message.posted"]);
});
