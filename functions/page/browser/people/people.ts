import { currentIdentity } from "../identity.ts";
import { declareLanguage, languageMenu } from "../language-menu.ts";
import { type Locale, preferredLocale } from "../languages.ts";
import { onWaiting } from "../patience.ts";
import { during, part, sayMeanwhile, showAgain } from "../render.ts";
import { returnFromSignIn, type SignInEnd } from "../sign-in.ts";
import { showAccount } from "./account.ts";
import { onSignedOut } from "./ask.ts";
import {
  askedOrganization,
  keepOrganization,
  myOrganizations,
  showChoice,
  showSignIn,
} from "./choose-organization.ts";
import { showConnection } from "./connection-note.ts";
import { closeMenusOutside } from "./controls.ts";
import { choose, locale, say, speak } from "./language.ts";
import { openOrganization } from "./open-organization.ts";
import { showRefused } from "./refusal-notice.ts";

function offerLanguages(): void {
  declareLanguage(locale());
  const menu = languageMenu({ label: say().language, locale: locale(), onChoose: changeLanguage });
  part("language").replaceChildren(menu);
}

async function changeLanguage(chosen: Locale): Promise<void> {
  await choose(chosen);
  showAgain();
  offerLanguages();
  showAccount();
  showConnection();
  part("language").querySelector("select")?.focus();
}

async function start(): Promise<void> {
  const answer = new URLSearchParams(location.search);
  let end: SignInEnd | undefined;
  if (answer.has("state")) {
    history.replaceState(null, "", location.pathname);
    end = await during(say().signingIn, () => returnFromSignIn(answer));
  }
  showAccount();
  if (currentIdentity() === undefined) {
    const asked = askedOrganization();
    if (asked !== undefined) keepOrganization(asked);
    return showSignIn(end);
  }
  const asked = askedOrganization();
  if (asked !== undefined) return openOrganization(asked);
  const { organizations, refusal } = await during(say().opening, myOrganizations);
  if (refusal?.status === 401) return showSignIn();
  if (refusal !== undefined) return showRefused(refusal, start);
  const [only] = organizations;
  if (only !== undefined && organizations.length === 1 && !answer.has("choose"))
    return openOrganization(only.id);
  showChoice(organizations, openOrganization);
}

onWaiting(() => sayMeanwhile(say().waiting));
onSignedOut(() => showConnection("ended"));
closeMenusOutside();
addEventListener("pageshow", (event) => event.persisted && location.reload());
await speak(preferredLocale());
offerLanguages();
await start();
