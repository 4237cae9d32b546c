import { expect, test } from "vitest";
import { readMessages } from "../../../functions/message/read-messages.ts";
import type { Message } from "../../../functions/table/messages.ts";
import { memoryLog } from "./memory-log.ts";
import { channel, guest, member, NOW, ORG, places, row, SIDE, userId } from "./people.ts";

const ANN = userId("ann");
const GIL = userId("gil");
const SAID: Message = {
  seq: 1,
  messageId: "msg_1",
  authorKind: "member",
  authorId: ANN,
  authorName: "Ann",
  text: "after they had gone",
  createdAt: "2026-11-22T09:00:00.000Z",
};

/** Gil has just been taken out of the channel; a replica that lags has still the row. */
function setup() {
  const { log, messages } = memoryLog();
  messages.set(1, SAID);
  const people = [member("ann"), guest("gil")];
  const rows = { [ANN]: row() };
  const staleRows = { ...rows, [GIL]: row({ kind: "guest" }) };
  const deps = { log, ...places({ people, rows, staleRows, channels: [channel("private")] }) };
  return async (user: string, query: Record<string, number> = {}) =>
    await readMessages(deps, {
      params: { org: ORG, chn: SIDE },
      person: {
        userId: user,
        email: "",
        isEmailVerified: true,
        firstName: undefined,
        lastName: undefined,
        signedInAt: undefined,
        hasSecondFactor: false,
      },
      body: undefined,
      query: { limit: 50, ...query },
      ifMatch: undefined,
      requestId: "request-1",
      sourceIp: "192.0.2.1",
      plannedSuffix: undefined,
      now: NOW,
    });
}

test.each([{ after: 0 }, { around: 1 }])(
  "MSG-4, GST-9 a guest who was just taken out reads nothing that follows by %o, whatever a replica still says",
  async (query) => {
    const read = setup();
    await expect(read(GIL, query)).rejects.toMatchObject({ status: 404, rule: "GST-9" });
    expect(await read(ANN, query)).toMatchObject({ body: { items: [{ text: "after they had gone" }] } });
  },
);
