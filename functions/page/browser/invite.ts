import { showInvitation } from "./answer.ts";
import { ask } from "./api.ts";
import { readArrival } from "./arrival.ts";
import { invitationIn } from "./invitation.ts";
import { isOver, rememberedOutcome, showOutcome } from "./outcome.ts";
import { noticeOf } from "./refusals.ts";
import { actions, alertOf, button, during, paragraph, show } from "./render.ts";
import { sentences } from "./sentences.ts";
import { returnFromSignIn, signInNotices } from "./sign-in.ts";

/** The start, and what every reload and every return comes back to. */
async function open(): Promise<void> {
  const { secret, answer } = readArrival();
  const outcome = rememberedOutcome();
  if (secret === undefined) return show(sentences.noSecretTitle, paragraph(sentences.noSecretText));
  if (outcome !== undefined) return showOutcome(outcome);
  const end = answer && (await during(sentences.signingIn, () => returnFromSignIn(answer)));
  await preview(secret, end && signInNotices[end]);
}

async function preview(secret: string, notice?: string): Promise<void> {
  const previewed = await during(sentences.opening, () => ask("preview", { token: secret }));
  if (previewed.ok) return showInvitation(invitationIn(secret, previewed.body), notice);
  // A link that was cut on its way may be refused for its form alone.
  if (isOver(previewed.status === 400 ? { ...previewed, status: 404 } : previewed)) return;
  const again = button(sentences.again, "primary", () => preview(secret));
  show(sentences.failedTitle, alertOf(noticeOf(previewed)), actions(again));
}

// Another invitation's link opened in this tab, and the way back from the issuer by the browser's own button.
addEventListener("hashchange", () => open());
addEventListener("pageshow", (event) => event.persisted && open());
await open();
