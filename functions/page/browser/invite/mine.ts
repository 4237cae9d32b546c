import { call } from "../api.ts";
import { wear } from "../brand.ts";
import { currentIdentity, type Identity } from "../identity.ts";
import { objectIn, objectsIn, textIn } from "../json.ts";
import { actions, alertOf, button, during, element, paragraph, show } from "../render.ts";
import { forget } from "../session.ts";
import { leaveForSignIn, type SignInEnd } from "../sign-in.ts";
import { showInvitation } from "./answer.ts";
import { dateOf, type Invitation, invitationIn, namesOf } from "./invitation.ts";
import { locale, say } from "./language.ts";
import { showRefusal } from "./refused.ts";
import { signInNotice } from "./sign-in-notice.ts";
import { visitOf } from "./visit.ts";

async function signIn(how?: "switch" | "again"): Promise<void> {
  forget("idToken");
  const wish = { locale: locale(), ...(how !== undefined && { how }) };
  showWithoutLink(await during(say().leadingToSignIn, () => leaveForSignIn(wish)));
}

/** Without a link: where to find it, or to sign in and see what waits for one's address. */
function showWithoutLink(end: SignInEnd = "signed-in"): void {
  show(() => ({
    heading: say().noSecretTitle,
    parts: [
      alertOf(signInNotice(end)),
      paragraph(say().noSecretText),
      paragraph(say().mineSignIn),
      actions(button(say().signIn, "primary", () => signIn())),
    ],
  }));
}

function entryOf(invitation: Invitation): HTMLElement {
  const { kind, sender, expiresAt } = invitation;
  const view = async () => {
    wear(objectIn(invitation.told, "organization"));
    showInvitation(await visitOf(invitation));
  };
  const title = say().invitedTo[kind](namesOf(invitation));
  const open = button(say().show, "", view);
  open.setAttribute("aria-label", `${say().show}: ${title}`);
  return element(
    "li",
    {},
    element("h2", {}, title),
    paragraph(
      [`${say().sender}: ${sender}`, `${say().validUntil}: ${dateOf(expiresAt)}`].join(" · "),
      "soft",
    ),
    open,
  );
}

function showList(invitations: Invitation[], { email }: Identity): void {
  show(() => ({
    heading: say().mineTitle,
    parts: [
      paragraph(invitations.length === 0 ? say().mineNone(email) : say().mineText(email)),
      element("ul", { className: "entries" }, ...invitations.map(entryOf)),
      actions(button(say().anotherAccount, "", () => signIn("switch"))),
    ],
  }));
}

/** The invitations that wait for whoever is signed in, of all organizations (INV-6: a verified address proves it). */
export async function showMine(end?: SignInEnd): Promise<void> {
  const identity = currentIdentity();
  if (identity === undefined) return showWithoutLink(end);
  const { idToken, email } = identity;
  const answer = await during(say().opening, () => call("GET", "me/invitations?limit=100", { idToken }));
  if (!answer.ok) {
    if (answer.status === 401) forget("idToken");
    return showRefusal(answer, {
      about: { signedIn: email },
      remedies: { again: () => showMine(), "sign-in": () => signIn("again") },
    });
  }
  const invitations = objectsIn(answer.body, "items").map((item) => {
    const [invitationId, organizationId] = [textIn(item, "id"), textIn(item, "organizationId")];
    return invitationIn({ by: "address", invitationId, organizationId }, item);
  });
  showList(invitations, identity);
}
