import { parseArgs } from "node:util";
import { createClient } from "../http.ts";
import { VestibuleProblem } from "../problem.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { attachGroup, openGroup } from "./attach-group.ts";
import { beRefusedASeat } from "./be-refused-a-seat.ts";
import { beRefusedAsGuest } from "./be-refused-as-guest.ts";
import { changeRole } from "./change-role.ts";
import { Difference, expectSame } from "./expect.ts";
import { foundOrganization } from "./found-organization.ts";
import { inviteByMail, readMail } from "./invite-by-mail.ts";
import { inviteGuest } from "./invite-guest.ts";
import { localStack } from "./local-stack.ts";
import { failed, seen, step } from "./narrator.ts";
import { openChannels } from "./open-channels.ts";
import { openConversation } from "./open-conversation.ts";
import { personOf } from "./person.ts";
import { removeGuest } from "./remove-guest.ts";
import { showMeter } from "./show-meter.ts";
import { talk } from "./talk.ts";
import { useChannelAsGuest } from "./use-channel-as-guest.ts";

/**
 * The scripted tour against a running local stack: the main job (invite → mail → accept → role → message, live), and what
 * a guest may do and may not.
 */
async function tour(baseUrl: string): Promise<void> {
  step(`The local stack at ${baseUrl}`);
  const stack = localStack(baseUrl);
  const health = await createClient({ baseUrl, retries: 0 }).health();
  expectSame("The health", health.status, "ok");
  seen(`Vestibule ${health.version} answers`);
  const before = await stack.readMeter();

  const run = Date.now().toString(36);
  const founder = await personOf(stack, baseUrl, "Fanny Founder", run);
  const ines = await personOf(stack, baseUrl, "Ines Invited", run);
  const ivan = await personOf(stack, baseUrl, "Ivan Invited", run);
  const theo = await personOf(stack, baseUrl, "Theo Toolate", run);
  const gita = await personOf(stack, baseUrl, "Gita Guest", run);

  const organization = await foundOrganization(founder, `Tour ${run}`);
  await inviteByMail(founder, organization, [ines, ivan]);
  for (const invitee of [ines, ivan]) {
    const secret = await readMail(stack, invitee);
    await acceptInvitation(invitee, organization, secret);
  }
  await beRefusedASeat(stack, founder, organization, theo);
  await changeRole(founder, organization, ines);
  await talk(organization, [founder, ines, ivan]);

  const channels = await openChannels(founder, organization, ines, ivan);
  const { shared } = channels;
  await inviteGuest(stack, founder, organization, shared, gita);
  const ownSeq = await useChannelAsGuest(gita, organization, shared);
  const group = await openGroup(founder, organization);
  await beRefusedAsGuest(gita, { organization, channels, stranger: ivan, ownSeq, groupId: group.id });
  await openConversation(gita, organization, ines, ivan);
  await attachGroup(founder, organization, shared, group, ivan);
  await removeGuest(founder, organization, channels, gita);
  await showMeter(stack, before);
}

/** What went wrong, in one sentence. */
function sentenceFor(error: unknown, baseUrl: string): string {
  if (error instanceof Difference) return error.message;
  if (error instanceof VestibuleProblem) {
    return `The service refused what it should have done: ${error.message} ${JSON.stringify(error.data)}`;
  }
  if (error instanceof TypeError && error.message === "fetch failed") {
    return `Nothing answers at ${baseUrl}. Start the local stack with npm start, or name it with --base.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const { values } = parseArgs({ options: { base: { type: "string", default: "http://127.0.0.1:3000" } } });
const baseUrl = values.base.replace(/\/+$/u, "");
try {
  await tour(baseUrl);
  console.log("\nThe tour is complete: everything was as it should be.");
} catch (error) {
  failed(sentenceFor(error, baseUrl));
  process.exitCode = 1;
}
