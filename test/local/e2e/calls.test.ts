import { beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { ask } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect, isOf } from "../../support/live-connection.ts";
import { type Office, openOffice } from "../../support/office.ts";
import type { Person } from "../../support/person.ts";
import { expectProblem, refusalOf } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { advance } from "../../support/stack-control.ts";
import { until } from "../../support/until.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let office: Office;
beforeAll(async () => {
  stack = await sharedStack();
  office = await openOffice(stack);
}, PATIENCE_MS);

const ringing = (who: Person) => ({ userId: who.userId, state: "ringing" });
const standing = (who: Person, state: string) => ({ userId: who.userId, state });

/** What the thread of a call's message tells, as it is read in the conversation (CALL-3). */
async function told(by: Person, channel: string, seq: number): Promise<unknown[]> {
  const { items } = await by.client.getThread(office.org, channel, seq);
  return items.slice(1).map(({ system, text }) => system?.kind ?? text);
}

const customOf = async (by: Person, of: Person) =>
  (await by.client.listStatuses(office.org, [of.userId])).items[0]?.custom;

describe("a call between two", () => {
  test("CALL-1 CALL-2 CALL-3 CALL-5 rings, is accepted, is somebody's status while it lasts, and ends with the last one", async () => {
    const { org, ada, bea } = office;
    const channel = await office.direct(ada, bea);
    await bea.client.setStatus(org, { custom: { emoji: "🌴", text: "On holiday" } });
    const [caller, called] = [await connect(ada, org), await connect(bea, org)];
    const call = await ada.client.startCall(org, channel);
    expect(call).toMatchObject({ channelId: channel, state: "ringing", startedBy: ada.userId });
    expect(call.url).toMatch(/^https:\/\/\S+\/vestibule-[a-z0-9]{16}$/u);
    expect(call.participants).toMatchObject([standing(ada, "accepted"), ringing(bea)]);
    const rung = await called.event("call.ringing");
    expect(rung).toMatchObject({
      channelId: channel,
      seq: call.seq,
      call: { callId: call.id, url: call.url },
    });
    expect((await bea.client.getMessage(org, channel, call.seq)).call).toMatchObject({ callId: call.id });

    await bea.client.acceptCall(org, call.id);
    const isRunning = ({ call: shown }: { [name: string]: unknown }) => Object(shown).state === "running";
    expect(await caller.event("call.updated", isRunning)).toMatchObject({
      call: { participants: [standing(ada, "accepted"), standing(bea, "accepted")] },
    });
    expect(await customOf(ada, bea)).toMatchObject({ emoji: "📞" });
    await ada.client.leaveCall(org, call.id);
    expect((await ada.client.getCall(org, call.id)).state).toBe("running");
    await bea.client.leaveCall(org, call.id);
    const over = await caller.event("call.ended");
    expect(over).toMatchObject({ call: { state: "ended", endedAt: expect.any(String) } });
    expect(await customOf(ada, bea)).toMatchObject({ emoji: "🌴", text: "On holiday" });
    await until("both entries", async () => (await told(bea, channel, call.seq)).length === 2);
    expect(await told(bea, channel, call.seq)).toEqual(["call-started", "call-ended"]);
    expect((await bea.client.getMessage(org, channel, call.seq)).call).toMatchObject({
      state: "ended",
      participants: [standing(ada, "left"), standing(bea, "left")],
    });
    expect(await refusalOf(bea.client.acceptCall(org, call.id))).toMatchObject({
      status: 409,
      code: "call-over",
    });
    // It is nobody's to be notified of beside the ringing.
    expect(caller.events.filter(({ type }) => type === "call.ringing")).toEqual([]);
    await bea.client.setStatus(org, { custom: null });
    await Promise.all([caller.close(), called.close()]);
  });

  test("CALL-3 declined, and missed once it has rung for a minute; who missed it may come yet", async () => {
    const { org, ada, bea, cyn } = office;
    const declined = await ada.client.startCall(org, await office.direct(ada, cyn));
    const answer = await cyn.client.declineCall(org, declined.id);
    expect(answer.participants).toMatchObject([{}, standing(cyn, "declined")]);
    await ada.client.endCall(org, declined.id);

    const channel = await office.direct(ada, bea, cyn);
    const call = await ada.client.startCall(org, channel);
    expect(call.participants).toMatchObject([{}, { state: "ringing" }, { state: "ringing" }]);
    await bea.client.acceptCall(org, call.id);
    await advance(stack, 61);
    const shown = async () => (await ada.client.getMessage(org, channel, call.seq)).call;
    expect((await ada.client.getCall(org, call.id)).participants).toContainEqual(
      expect.objectContaining(standing(cyn, "missed")),
    );
    expect(Object((await shown())?.participants)).toContainEqual(
      expect.objectContaining(standing(cyn, "missed")),
    );
    const late = await cyn.client.acceptCall(org, call.id);
    expect(late.participants).toContainEqual(expect.objectContaining(standing(cyn, "accepted")));
    await ada.client.endCall(org, call.id);
    expect((await shown())?.participants.map(({ state }) => state)).toEqual(["left", "left", "left"]);
  });

  test("CALL-2 PRS-4 nobody in DND is rung or notified; the message is theirs all the same", async () => {
    const { org, ada, cyn } = office;
    const channel = await office.direct(ada, cyn);
    await cyn.client.setStatus(org, { presence: "dnd" });
    const called = await connect(cyn, org);
    const call = await ada.client.startCall(org, channel);
    expect(call.participants).toMatchObject([{}, standing(cyn, "missed")]);
    await called.event("message.posted", isOf(call));
    await quietStream(stack);
    const disturbing = called.events.filter(({ type }) => ["call.ringing", "notification"].includes(type));
    expect(disturbing).toEqual([]);
    await ada.client.endCall(org, call.id);
    await cyn.client.setStatus(org, { presence: "online" });
    await called.close();
  });

  test("CALL-6 what is written in the meeting is in the conversation's thread, and the other way round", async () => {
    const { org, ada, bea } = office;
    const channel = await office.direct(ada, bea);
    const inConversation = await connect(bea, org);
    const call = await ada.client.startCall(org, channel);
    const said = await ada.client.postCallMessage(org, call.id, { text: "in the meeting" });
    expect(await inConversation.event("message.posted", isOf(said))).toMatchObject({
      message: { text: "in the meeting", replyTo: call.seq },
    });
    await bea.client.postMessage(org, channel, { text: "in the conversation", replyTo: call.seq });
    const { items } = await ada.client.listCallMessages(org, call.id);
    expect(items.slice(1).map(({ text, system }) => system?.kind ?? text)).toEqual([
      "call-started",
      "in the meeting",
      "in the conversation",
    ]);
    await ada.client.endCall(org, call.id);
    await inConversation.close();
  });
});

describe("calls in channels", () => {
  test("CALL-4 two that are started at once are one; the second start is told which, and so is a later one", async () => {
    const { org, base, ada, bea, cyn } = office;
    const channel = await office.room(bea, cyn);
    const start = (who: Person) => ask(who, "POST", `${base}/channels/${channel}/calls`, {});
    const answers = await Promise.all([ada, bea, cyn].map(start));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { id } = Object(answers.find(({ status }) => status === 201)?.body) as { id: string };
    for (const answer of [...answers.filter(({ status }) => status === 409), await start(bea)]) {
      expectProblem(answer, 409, "call-running");
      expect(answer.body).toMatchObject({ callId: id, rule: "CALL-4" });
    }
    const messages = (await ada.client.listMessages(org, channel)).items;
    expect(messages.filter(({ call }) => call !== undefined)).toHaveLength(1);
    await ada.client.endCall(org, id);
    const next = await start(bea);
    expect(next.status).toBe(201);
    await bea.client.endCall(org, Object(next.body).id);
  });

  test("CALL-2 a channel never rings, but notifies; others than its starter and managers do not end it", async () => {
    const { org, ada, bea, cyn } = office;
    const channel = await office.room(bea, cyn);
    const reader = await connect(cyn, org);
    const call = await bea.client.startCall(org, channel);
    expect(call).toMatchObject({ state: "running", participants: [standing(bea, "accepted")] });
    expect(call).not.toHaveProperty("warning");
    expect(await reader.event("notification", isOf(call))).toMatchObject({
      reason: "call",
    });
    expect(reader.events.filter(({ type }) => type === "call.ringing")).toEqual([]);
    expect(await refusalOf(cyn.client.endCall(org, call.id))).toMatchObject({
      status: 403,
      code: "not-call-manager",
    });
    expect((await ada.client.endCall(org, call.id)).state).toBe("ended");
    await reader.close();
  });

  test("GST-9 GST-16 a guest takes part in their channel's call, and in no other; removed, they are out of it", async () => {
    const { org, ada, bea, gil } = office;
    const [theirs, other] = [await office.room(bea, gil), await office.room(bea)];
    const hidden = await bea.client.startCall(org, other);
    expect(await refusalOf(gil.client.getCall(org, hidden.id))).toMatchObject({ status: 404 });
    expect(await refusalOf(gil.client.acceptCall(org, hidden.id))).toMatchObject({ status: 404 });
    const call = await gil.client.startCall(org, theirs);
    await bea.client.acceptCall(org, call.id);
    const gone = await connect(gil, org);
    await ada.client.removeFromChannel(org, theirs, gil.userId);
    expect(await refusalOf(gil.client.getCall(org, call.id))).toMatchObject({ status: 404 });
    expect(await refusalOf(gil.client.postCallMessage(org, call.id, { text: "still" }))).toMatchObject({
      status: 404,
    });
    await bea.client.leaveCall(org, call.id);
    // Nobody is left who could leave: the sweep ends it, once its start is a while ago.
    await advance(stack, 150);
    await ask(ada, "POST", "/local/schedules/sweep/run");
    await until("its end", async () => (await bea.client.getCall(org, call.id)).state === "ended");
    const after = gone.events.filter(({ type }) => type === "call.ended");
    expect(after).toEqual([]);
    expect(await customOf(ada, gil)).toBeUndefined();
    await bea.client.endCall(org, hidden.id);
    await gone.close();
  });
});
