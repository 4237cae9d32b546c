import type { Message } from "../types.ts";
import { expectRefusal, expectSame, expectSoon } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { expectShown, type Listener, toldOf } from "./listen.ts";
import { seen, step } from "./narrator.ts";

const CALLED = { emoji: "📞" };
const HERSELF = { emoji: "📚", text: "Reading" };

/** CALL-1…6: a call in a conversation rings, shows who came, is written in, and ends. */
export async function callEachOther({ organization, founder, first }: Gathering): Promise<void> {
  const { client, name } = founder.person;
  const called = first.person;
  step(`${name} calls ${called.name}`);
  await called.client.setStatus(organization.id, { custom: HERSELF });
  const conversation = await client.openConversation(organization.id, [called.userId]);
  await expectShown("The conversation", founder, conversation.id, ({ isLoaded }) => isLoaded || undefined);
  const call = await client.startCall(organization.id, conversation.id);
  await expectSoon(`The ringing at ${called.name}'s`, () => toldOf(first, "call.ringing")[0]);
  seen(`it rings at ${called.name}'s: ${call.url}`);
  const refusal = await expectRefusal("A second call beside it", "call-running", () =>
    called.client.startCall(organization.id, conversation.id),
  );
  expectSame("The call that runs", refusal.data["callId"], call.id);

  await called.client.acceptCall(organization.id, call.id);
  const answered = await shownCall(founder, conversation.id, call.seq, "running");
  const states = answered.call?.participants.map((one) => `${one.name} ${one.state}`);
  seen(`${name} sees it in the conversation: ${states?.join(", ")}`);
  await expectCustom(first, organization.id, CALLED);
  seen(`while in the call, ${called.name}'s status is ${CALLED.emoji}`);

  const { text } = await called.client.postCallMessage(organization.id, call.id, { text: "Is it Saturday?" });
  const there = founder.session.channel(conversation.id);
  const written = () => there.thread(call.seq).find((message) => message.text === text);
  await expectSoon("What was written in the meeting", written);
  seen(`“${text}”, written in the meeting, is in the conversation's thread`);

  await called.client.leaveCall(organization.id, call.id);
  await client.leaveCall(organization.id, call.id);
  await shownCall(founder, conversation.id, call.seq, "ended");
  await expectCustom(first, organization.id, HERSELF);
  seen(
    `the last one left, which ended it; ${called.name}'s status is ${HERSELF.emoji} ${HERSELF.text} again`,
  );
}

async function shownCall(to: Listener, channelId: string, seq: number, state: string): Promise<Message> {
  return await expectShown(`The call, ${state},`, to, channelId, ({ messages }) =>
    messages.find((message) => message.seq === seq && message.call?.state === state),
  );
}

async function expectCustom({ person }: Listener, organizationId: string, wanted: object): Promise<void> {
  const { items } = await person.client.listStatuses(organizationId, [person.userId]);
  expectSame(`The status of ${person.name}`, items[0]?.custom, wanted);
}
