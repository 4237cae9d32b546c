import { type Command, type CommandActor, mayUseCommand, readCommand } from "@vestibule/domain/commands";
import { type CommandAnswer, commandAnswerShape } from "../contract/command.ts";
import { type ChannelFacts, channelActor, loadChannelFacts } from "../membership/channel-relation.ts";
import { answerOnce, keyHashOf } from "../shell/idempotent.ts";
import { problemOf } from "../shell/problem.ts";
import { type Answer, implement, type Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { isClaimed } from "../table/idempotency.ts";
import { carryOutCommand } from "./carry-out-command.ts";
import type { CommandDeps } from "./command-deps.ts";
import { type CommandInput, requestAs } from "./command-request.ts";
import { runCommandRoute } from "./contract.ts";

/** The author of a command, as the rules about it take them. */
export function commandActor(facts: ChannelFacts) {
  return { ...channelActor(facts), viaCount: facts.membership?.via?.size ?? 0 };
}

async function authorOf({ table }: CommandDeps, input: CommandInput): Promise<CommandActor> {
  const { organizationId: org, channelId, userId, now } = input;
  return commandActor(await loadChannelFacts(table, { org, channelId, userId, now }));
}

/** These are the same the second time by themselves: a message goes by the nonce (MSG-3), a conversation by its people. */
const IS_ONE_BY_ITSELF: ReadonlySet<Command["name"]> = new Set(["me", "msg", "help"]);

const pathOf = ({ organizationId, channelId }: CommandInput) => `${organizationId}/${channelId}/commands`;

/** Whether this nonce was sent before: somebody who has left may be told again that they have. */
async function isRepeated({ table }: CommandDeps, input: CommandInput): Promise<boolean> {
  const { userId, nonce, now } = input;
  const keyHash = keyHashOf({ route: runCommandRoute, path: pathOf(input), key: nonce });
  return await isClaimed(table, { userId, keyHash, now });
}

/** Runs it once for its nonce: a repetition is told what came of the first, for 24 hours. */
async function once(
  deps: CommandDeps,
  input: CommandInput,
  run: () => Promise<CommandAnswer>,
): Promise<CommandAnswer> {
  const { text, nonce } = input;
  const implementation = implement(runCommandRoute, async () => ({ status: 200, body: await run() }));
  const request = requestAs(input, { text, nonce });
  const { store } = deps;
  const answer = await answerOnce({ implementation, request, key: nonce, path: pathOf(input), store });
  return commandAnswerShape.parse(answer.body);
}

/**
 * MSG-13, GST-2: carries out a slash command by the very use case that its route has, and answers its author alone. By
 * HTTP and by frame it is this one act. Who may not use it is refused before anything is written.
 * @throws Problem of the rule that refuses it, or 400 for what cannot be understood
 */
export async function runCommand(deps: CommandDeps, input: CommandInput): Promise<CommandAnswer> {
  const { text, now, utcOffsetMinutes = 0 } = input;
  const read = readCommand(text, { now, utcOffsetMinutes });
  if (!read.allowed) throw problemOf(read);
  const { command } = read;
  const who = await authorOf(deps, input);
  const decision = mayUseCommand(command.name, who);
  const run = async () => {
    demand(decision);
    return await carryOutCommand(deps, { input, command, who });
  };
  const isOnce = !IS_ONE_BY_ITSELF.has(command.name) && (decision.allowed || (await isRepeated(deps, input)));
  return isOnce ? await once(deps, input, run) : await run();
}

/** `POST …/channels/{chn}/commands`. */
export async function serveCommand(
  deps: CommandDeps,
  { params, person, body, requestId, sourceIp, now }: Request<typeof runCommandRoute>,
): Promise<Answer> {
  const place = { organizationId: params.org, channelId: params.chn, userId: person.userId };
  return { status: 200, body: await runCommand(deps, { ...place, ...body, requestId, sourceIp, now }) };
}
