import { wear } from "../brand.ts";
import { type Fields, objectIn, textIn } from "../json.ts";
import { button, during, showAgain } from "../render.ts";
import { leaveOrganization } from "./account.ts";
import { ask } from "./ask.ts";
import { keepOrganization, showSignIn } from "./choose-organization.ts";
import { showConnection } from "./connection-note.ts";
import { readUsage } from "./figures.ts";
import { happenings } from "./happenings.ts";
import { say } from "./language.ts";
import { stayConnected } from "./live.ts";
import { showRefused } from "./refusal-notice.ts";
import { readOpen } from "./sections.ts";
import { showWorkplace } from "./view.ts";
import { permissionsIn, readChannels, readPermissions, setPlace } from "./workplace.ts";

/** What waits for the live connection at first: what happens between reading and connecting would be missed. */
const PATIENCE_MS = 2_000;

function goLive(): Promise<void> {
  const hear = happenings(async () => {
    await readPermissions();
    const focused = document.activeElement?.id ?? "";
    showAgain();
    document.getElementById(focused)?.focus();
    await Promise.all([readUsage(), readOpen()]);
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
      onState: showConnection,
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

/** Opens an organization: what it is, what the person may here, and then live what happens. */
export async function openOrganization(org: string): Promise<void> {
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
      showRefused(refusal, () => openOrganization(org), button(say().organizations, "", leaveOrganization));
    }
    return;
  }
  keepOrganization(org);
  enter(organization.body, me.body, permissions.body);
  await readChannels();
  showWorkplace();
  await goLive();
}
