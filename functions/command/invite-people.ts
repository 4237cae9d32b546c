import type { Command } from "@vestibule/domain/commands";
import type { AddStatus } from "@vestibule/domain/vocabulary";
import type { CommandAnswer } from "../contract/command.ts";
import { addPeople } from "../membership/add-people.ts";
import { timeOf } from "../membership/time-left.ts";
import { notFound } from "../shell/problem.ts";
import type { CommandDeps } from "./command-deps.ts";
import type { CommandInput } from "./command-request.ts";

type Invite = Extract<Command, { name: "invite" }>;

/** What one command has for its transactions. */
const WORK_MS = 10_000;

const SAYS: Record<AddStatus, (handle: string) => string> = {
  added: (handle) => `${handle} is added.`,
  "already-member": (handle) => `${handle} is here already.`,
  "not-found": (handle) => `There is nobody called ${handle}.`,
  "not-allowed": (handle) => `${handle} is a guest: a chat admin gives guests their channels.`,
  busy: (handle) => `${handle} could not be added now. Please try again.`,
};

/** `/invite`: adds people to the channel, as its route does (CH-8), and says what became of each. */
export async function invitePeople(
  { table, peopleByHandle }: CommandDeps,
  { input, command }: { readonly input: CommandInput; readonly command: Invite },
): Promise<CommandAnswer> {
  const { organizationId: org, channelId, userId, sourceIp, now } = input;
  const { name, handles } = command;
  const people = await peopleByHandle(org, handles);
  if (people.size === 0) throw notFound("person", { handles });
  const userIds = [...people.values()].map((person) => person.userId);
  const addition = { org, channelId, userId, sourceIp, now };
  const statuses = await addPeople(table, addition, userIds, timeOf(WORK_MS));
  const results = handles.map((handle) => {
    const id = people.get(handle)?.userId;
    return { handle, status: (id === undefined ? undefined : statuses.get(id)) ?? "not-found" };
  });
  const text = results.map(({ handle, status }) => SAYS[status](`@${handle}`)).join(" ");
  return { command: name, text, results };
}
