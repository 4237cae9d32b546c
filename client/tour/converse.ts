import type { Channel, Organization } from "../types.ts";
import { askAssistant } from "./ask-assistant.ts";
import { beNotified } from "./be-notified.ts";
import { callEachOther } from "./call-each-other.ts";
import { comeBack } from "./come-back.ts";
import { editAndDelete } from "./edit-and-delete.ts";
import { gather } from "./gather.ts";
import type { LocalStack } from "./local-stack.ts";
import { mentionSomebody } from "./mention-somebody.ts";
import type { Person } from "./person.ts";
import { reactAndPin } from "./react-and-pin.ts";
import { readHistory } from "./read-history.ts";
import { replyInThread } from "./reply-in-thread.ts";
import { showStatus } from "./show-status.ts";
import { typeAMessage } from "./type-a-message.ts";
import { useCommands } from "./use-commands.ts";

/**
 * What people do all day, each with a live session of their own.
 * @returns the channel in which they did it
 */
export async function converse(
  stack: LocalStack,
  organization: Organization,
  people: [Person, Person, Person],
): Promise<Channel> {
  return await gather(organization, people, async (gathering) => {
    await editAndDelete(gathering);
    await replyInThread(gathering, await reactAndPin(gathering));
    await mentionSomebody(gathering);
    await beNotified(gathering);
    await useCommands(gathering);
    await typeAMessage(gathering);
    await showStatus(stack, gathering);
    await callEachOther(gathering);
    await askAssistant(gathering);
    await comeBack(gathering);
    await readHistory(gathering);
  });
}
