import { call } from "../api.ts";
import { wear, wearAgain } from "../brand.ts";
import { objectIn } from "../json.ts";
import { declareLanguage, languageMenu } from "../language-menu.ts";
import { type Locale, preferredLocale } from "../languages.ts";
import { onWaiting } from "../patience.ts";
import { during, part, sayMeanwhile, showAgain } from "../render.ts";
import { returnFromSignIn, type SignInEnd } from "../sign-in.ts";
import { showInvitation } from "./answer.ts";
import { readArrival } from "./arrival.ts";
import { invitationIn } from "./invitation.ts";
import { choose, locale, say, speak } from "./language.ts";
import { showMine } from "./mine.ts";
import { rememberedOutcome, showOutcome } from "./outcome.ts";
import { showRefusal } from "./refused.ts";
import { signInNotice } from "./sign-in-notice.ts";
import { visitOf } from "./visit.ts";

function offerLanguages(): void {
  declareLanguage(locale());
  const menu = languageMenu({ label: say().language, locale: locale(), onChoose: changeLanguage });
  part("language").replaceChildren(menu);
}

async function changeLanguage(chosen: Locale): Promise<void> {
  await choose(chosen);
  showAgain();
  offerLanguages();
  part("language").querySelector("select")?.focus();
}

/** The start, and what every reload and every return comes back to. */
async function open(): Promise<void> {
  const { secret, answer } = readArrival();
  wearAgain();
  const outcome = rememberedOutcome();
  if (outcome !== undefined) return showOutcome(outcome);
  const end = answer && (await during(say().signingIn, () => returnFromSignIn(answer)));
  if (secret === undefined) await showMine(end);
  else await preview(secret, end);
}

async function preview(secret: string, end?: SignInEnd): Promise<void> {
  const previewed = await during(say().opening, () =>
    call("POST", "invitations/preview", { body: { token: secret }, isRepeatable: true }),
  );
  if (previewed.ok) {
    wear(objectIn(previewed.body, "organization"));
    const visit = await visitOf(invitationIn({ by: "link", secret }, previewed.body));
    return showInvitation(visit, () => end && signInNotice(end));
  }
  // INV-15: whoever holds the link of an invitation that is over still learns whose it was.
  const organization = objectIn(previewed.data, "organization");
  if (organization !== undefined) wear(organization);
  // A link that was cut on its way may be refused for its form alone.
  const refusal = previewed.status === 400 ? { ...previewed, status: 404 } : previewed;
  showRefusal(refusal, { remedies: { again: () => preview(secret, end) } });
}

onWaiting(() => sayMeanwhile(say().waiting));
// Another invitation's link opened in this tab, and the way back from the issuer by the browser's own button.
addEventListener("hashchange", () => open());
addEventListener("pageshow", (event) => event.persisted && open());
await speak(preferredLocale());
offerLanguages();
await open();
