import { parseArgs } from "node:util";
import { createClient } from "../http.ts";
import { VestibuleProblem } from "../problem.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { attachGroup, openGroup } from "./attach-group.ts";
import { beRefusedASeat } from "./be-refused-a-seat.ts";
import { beRefusedAsGuest } from "./be-refused-as-guest.ts";
import { callMany } from "./call-many.ts";
import { changeRole } from "./change-role.ts";
import { converse } from "./converse.ts";
import { editAndResend } from "./edit-and-resend.ts";
import { Difference, expectSame } from "./expect.ts";
import { findMyInvitations } from "./find-my-invitations.ts";
import { foundOrganization } from "./found-organization.ts";
import { hideHistory } from "./hide-history.ts";
import { inviteByMail, readMail } from "./invite-by-mail.ts";
import { inviteGuest } from "./invite-guest.ts";
import { localStack } from "./local-stack.ts";
import { failed, seen, step } from "./narrator.ts";
import { openChannels } from "./open-channels.ts";
import { openConversation } from "./open-conversation.ts";
import { pasteAList } from "./paste-a-list.ts";
import { personOf } from "./person.ts";
import { removeGuest } from "./remove-guest.ts";
import { seeABounce } from "./see-a-bounce.ts";
import { acceptShare, shareMailAddress } from "./share-mail-address.ts";
import { showMeter } from "./show-meter.ts";
import { talk } from "./talk.ts";
import { useChannelAsGuest } from "./use-channel-as-guest.ts";

/**
 * The scripted tour against a running local stack: the main job (invite → mail → accept → role → message, live), what
 * a guest may do and may not, a shared mail address, and what people do all day in a channel.
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
  const olga = await personOf(stack, baseUrl, "Olga Outside", run);

  const organization = await foundOrganization(founder, `Tour ${run}`);
  await pasteAList(founder, organization, [ines, ivan], theo);
  await inviteByMail(founder, organization, [ines, ivan]);
  await acceptInvitation(ines, organization, await readMail(stack, ines));
  const resent = await editAndResend(stack, founder, organization, ivan);
  await acceptInvitation(ivan, organization, resent);
  await beRefusedASeat(stack, founder, organization, theo);
  await changeRole(founder, organization, ines);
  await talk(organization, [founder, ines, ivan]);

  const channels = await openChannels(founder, organization, ines, ivan);
  const { shared } = channels;
  await seeABounce(founder, organization, shared);
  await findMyInvitations(founder, organization, shared, theo);
  await inviteGuest(stack, founder, organization, shared, gita);
  const ownSeq = await useChannelAsGuest(gita, organization, shared);
  const group = await openGroup(founder, organization);
  await beRefusedAsGuest(gita, { organization, channels, stranger: ivan, ownSeq, groupId: group.id });
  await openConversation(gita, organization, ines, ivan);
  await attachGroup(founder, organization, shared, group, ivan);
  await removeGuest(founder, organization, channels, gita);
  const address = await shareMailAddress(founder, organization, group.id, olga);
  await acceptShare(stack, organization, address, olga);

  const picnic = await converse(stack, organization, [founder, ines, ivan]);
  const newcomer = (name: string) => personOf(stack, baseUrl, name, run);
  await callMany(founder, organization, picnic, { colleague: ivan, newcomer });
  await hideHistory(stack, founder, organization, picnic);
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
