import { expect, test, vi } from "vitest";
import { markRead } from "../../../functions/message/mark-read.ts";
import { CHANNEL, loading, member, userId } from "./people.ts";

function setup(lastSeq: number | undefined = 7) {
  const moveReadMark = vi.fn(async (_channel: unknown, _user: string, seq: number) => seq);
  const deps = { member: loading(member("ann")), lastSeq: async () => lastSeq, moveReadMark };
  const mark = (seq: number, name = "ann") =>
    markRead(deps, { ...CHANNEL, userId: userId(name), seq, field: "lastReadSeq" });
  return { mark, moveReadMark };
}

test("CH-11 a mark may be anywhere in the channel", async () => {
  const { mark, moveReadMark } = setup();
  expect([await mark(0), await mark(7)]).toEqual([0, 7]);
  expect(moveReadMark).toHaveBeenCalledWith(CHANNEL, userId("ann"), 7);
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
