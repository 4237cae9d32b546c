import { currentIdentity } from "../identity.ts";
import { declareLanguage, languageMenu } from "../language-menu.ts";
import { type Locale, preferredLocale } from "../languages.ts";
import { during, part, showAgain } from "../render.ts";
import { returnFromSignIn, type SignInEnd } from "../sign-in.ts";
import { choose, locale, say, speak } from "./language.ts";
import { openOrganization } from "./open-organization.ts";
import { service } from "./service.ts";
import { askedOrganization, showChoice, showRefused, showSignIn, signIn } from "./way-in.ts";

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

async function start(): Promise<void> {
  const answer = new URLSearchParams(location.search);
  let end: SignInEnd | undefined;
  if (answer.has("state")) {
    history.replaceState(null, "", location.pathname);
    end = await during(say().signingIn, () => returnFromSignIn(answer));
  }
  if (answer.has("switch")) {
    history.replaceState(null, "", location.pathname);
    return signIn("switch");
  }
  if (currentIdentity() === undefined) return showSignIn(end);
  try {
    const me = await during(say().opening, () => service.getMe());
    const asked = askedOrganization();
    const [only] = me.organizations;
    if (asked !== undefined) return await openOrganization(me, asked);
    if (only !== undefined && me.organizations.length === 1 && !answer.has("choose"))
      return await openOrganization(me, only.id);
    showChoice(me.organizations, (org) => openOrganization(me, org));
  } catch (error) {
    showRefused(error, start);
  }
}

addEventListener("pageshow", (event) => event.persisted && location.reload());
await speak(preferredLocale());
offerLanguages();
await start();
