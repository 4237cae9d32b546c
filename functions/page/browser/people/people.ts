import { wear } from "../brand.ts";
import { currentIdentity } from "../identity.ts";
import { type Fields, objectIn, textIn } from "../json.ts";
import { declareLanguage, languageMenu } from "../language-menu.ts";
import { type Locale, preferredLocale } from "../languages.ts";
import { actions, button, during, element, part, show, showAgain } from "../render.ts";
import { forget } from "../session.ts";
import { returnFromSignIn, type SignInEnd } from "../sign-in.ts";
import { ask, onSignedOut } from "./ask.ts";
import {
  askedOrganization,
  keepOrganization,
  myOrganizations,
  showChoice,
  showSignIn,
  signIn,
} from "./choose-organization.ts";
import { closeMenusOutside } from "./controls.ts";
import { readUsage } from "./figures.ts";
import { happenings } from "./happenings.ts";
import { choose, locale, say, speak } from "./language.ts";
import { type LiveState, stayConnected } from "./live.ts";
import { refusalNotice } from "./refusal-notice.ts";
import { readOpen } from "./sections.ts";
import { showWorkplace } from "./view.ts";
import { permissionsIn, readChannels, readPermissions, setPlace } from "./workplace.ts";

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
  part("language").querySelector("select")?.focus();
}

function showAccount(): void {
  const identity = currentIdentity();
  part("account").replaceChildren(
    ...(identity === undefined
      ? []
      : [
          element("span", { className: "soft" }, identity.email),
          button(say().organizations, "plain", () => leaveOrganization()),
          button(say().anotherAccount, "plain", () => signIn("switch")),
        ]),
  );
}

/** Back to the choice; a fresh start closes what is open. */
function leaveOrganization(): void {
  forget("organization");
  location.assign(`${location.pathname}?choose`);
}

/** How the live connection is; nothing to say while all is well. */
function showState(state: LiveState): void {
  const words = { live: "", away: say().reconnecting, ended: say().sessionEnded }[state];
  const again = state === "ended" ? [" ", button(say().signInAgain, "plain", () => signIn("again"))] : [];
  part("connection").replaceChildren(...(words === "" ? [] : [words, ...again]));
}

/** What waits for the live connection at first: what happens between reading and connecting would be missed. */
const PATIENCE_MS = 2_000;

function goLive(): Promise<void> {
  const hear = happenings(async () => {
    await readPermissions();
    showAgain();
  });
  return new Promise((resolve) => {
    const readAll = async () => {
      await Promise.all([readUsage(), readOpen()]);
      resolve();
    };
    // Without a connection by then the page reads what there is, and again once it is connected.
    const impatient = setTimeout(readAll, PATIENCE_MS);
    stayConnected({
      onEvent: hear,
      onState: showState,
      onOpen: () => {
        clearTimeout(impatient);
        void readAll();
      },
    });
  });
}

function enter(organization: Fields, me: Fields, permissions: Fields): void {
  const org = textIn(organization, "id");
  const name = textIn(organization, "name");
  setPlace({
    org,
    userId: textIn(me, "userId"),
    name,
    plan: textIn(organization, "plan"),
    permissions: permissionsIn(permissions),
    channels: new Map(),
  });
  const brand = objectIn(objectIn(organization, "settings"), "brand");
  wear({ name, ...(brand?.["isOn"] === true && { brand }) });
}

async function open(org: string): Promise<void> {
  const [organization, me, permissions] = await during(say().opening, () =>
    Promise.all([
      ask("GET", `organizations/${org}`),
      ask("GET", "me"),
      ask("GET", `organizations/${org}/permissions`),
    ]),
  );
  const refusal = [organization, me, permissions].find((answer) => !answer.ok);
  if (!organization.ok || !me.ok || !permissions.ok) {
    if (refusal !== undefined && !refusal.ok) {
      if (refusal.status === 401) return showSignIn();
      show(() => ({
        heading: say().people,
        parts: [refusalNotice(refusal), actions(button(say().organizations, "", leaveOrganization))],
      }));
    }
    return;
  }
  keepOrganization(org);
  enter(organization.body, me.body, permissions.body);
  await readChannels();
  showWorkplace();
  await goLive();
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
  if (asked !== undefined) return open(asked);
  const organizations = await during(say().opening, myOrganizations);
  const [only] = organizations;
  if (only !== undefined && organizations.length === 1 && !answer.has("choose")) return open(only.id);
  showChoice(organizations, open);
}

onSignedOut(() => showState("ended"));
closeMenusOutside();
addEventListener("pageshow", (event) => event.persisted && location.reload());
await speak(preferredLocale());
offerLanguages();
await start();
