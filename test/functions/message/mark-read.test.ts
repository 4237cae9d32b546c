import { expect, test, vi } from "vitest";
import { markRead } from "../../../functions/message/mark-read.ts";
import {
  CHANNEL,
  channel,
  guest,
  member,
  NOW,
  ORG,
  places,
  row,
  SIDE,
  SIDE_CHANNEL,
  userId,
} from "./people.ts";

function setup(world: Parameters<typeof places>[0] = {}) {
  const moveReadMark = vi.fn(
    async (_channel: unknown, { seq }: { seq: number }): Promise<number | "not-there"> => seq,
  );
  const people = [member("ann"), guest("gil"), guest("over", { endsAt: NOW })];
  const deps = { ...places({ people, ...world }), lastSeq: async () => 7, moveReadMark };
  const mark = (seq: number, name = "ann", channelId = CHANNEL.channelId) =>
    markRead(deps, { organizationId: ORG, channelId, userId: userId(name), seq, field: "lastReadSeq" });
  return { mark, moveReadMark, deps };
}

test("CH-11 a mark may be anywhere in the channel", async () => {
  const { mark, moveReadMark } = setup();
  expect([await mark(0), await mark(7)]).toEqual([0, 7]);
  expect(moveReadMark).toHaveBeenCalledWith(CHANNEL, {
    userId: userId("ann"),
    seq: 7,
    isInWithoutRow: true,
  });
});

test("CH-11 a mark beyond the channel's end is refused and names the field", async () => {
  const { mark, moveReadMark } = setup();
  await expect(mark(8)).rejects.toMatchObject({
    status: 400,
    code: "invalid-request",
    data: { errors: [{ path: "lastReadSeq" }] },
  });
  expect(moveReadMark).not.toHaveBeenCalled();
});

test("INV-15 a stranger marks nothing", async () => {
  const { mark, moveReadMark } = setup();
  await expect(mark(1, "eve")).rejects.toMatchObject({ status: 404 });
  expect(moveReadMark).not.toHaveBeenCalled();
});

test("CH-11 a guest marks a channel they were given by their row alone", async () => {
  const { mark, moveReadMark } = setup({ rows: { [userId("gil")]: row({ kind: "guest" }) } });
  expect(await mark(3, "gil", SIDE)).toBe(3);
  expect(moveReadMark).toHaveBeenCalledWith(SIDE_CHANNEL, expect.objectContaining({ isInWithoutRow: false }));
});

test.each([
  ["GST-9 a guest in General without being given it", "gil", CHANNEL.channelId, 404, "GST-9"],
  ["GST-9 a guest in a public channel", "gil", SIDE, 404, "GST-9"],
  ["CH-11 a member in a public channel that they are not in", "ann", SIDE, 403, "CH-11"],
  ["GINV-10 a guest whose access is over", "over", SIDE, 404, "GINV-10"],
])("%s marks nothing", async (_what, name, channelId, status, rule) => {
  const { mark, moveReadMark } = setup({
    channels: [channel("public"), channel("public", { channelId: CHANNEL.channelId, isGeneral: true })],
  });
  await expect(mark(1, name, channelId)).rejects.toMatchObject({ status, rule });
  expect(moveReadMark).not.toHaveBeenCalled();
});

test("MSG-4 who was taken out between the decision and the write marks nothing and is told so", async () => {
  const { mark, moveReadMark } = setup({
    staleRows: { [userId("ann")]: row() },
    channels: [channel("private")],
  });
  moveReadMark.mockResolvedValue("not-there");
  await expect(mark(1, "ann", SIDE)).rejects.toMatchObject({ status: 404, rule: "CH-5" });
});
