import type { Refusal } from "../api.ts";
import { currentIdentity, type Identity } from "../identity.ts";
import { objectsIn, textIn } from "../json.ts";
import { actions, alertOf, button, during, paragraph, show } from "../render.ts";
import { forget } from "../session.ts";
import { leaveForSignIn, type SignInWish } from "../sign-in.ts";
import { attachChoice } from "./attach-choice.ts";
import { namesOf } from "./invitation.ts";
import { locale, say } from "./language.ts";
import { finish } from "./outcome.ts";
import { showRefusal } from "./refused.ts";
import { type Missing, missingIn, registrationIn } from "./registration.ts";
import { registrationForm } from "./registration-form.ts";
import { signInNotice } from "./sign-in-notice.ts";
import { accountLine, messageOf, summaryOf } from "./summary.ts";
import { sendAnswer, type Visit, visitOf } from "./visit.ts";

/** The invitation with what may be done about it: sign in, or accept and decline. */
export function showInvitation(visit: Visit, notice?: () => string | undefined): void {
  const { invitation, places } = visit;
  const identity = currentIdentity();
  show(() => ({
    heading: say().invitedTo[invitation.kind](namesOf(invitation)),
    parts: [
      alertOf(notice?.()),
      paragraph(say().invitedBy[invitation.kind](namesOf(invitation))),
      messageOf(invitation),
      summaryOf(invitation),
      attachChoice({
        places,
        chosen: visit.attachTo,
        onChoose: (place) => Object.assign(visit, { attachTo: place }),
      }),
      accountLine(invitation, identity, () => signIn(visit, "switch")),
      actions(...answersTo(visit, identity)),
    ],
  }));
}

function answersTo(visit: Visit, identity: Identity | undefined): HTMLElement[] {
  if (identity === undefined) return [button(say().signInToAnswer, "primary", () => signIn(visit))];
  return [
    button(say().accept, "primary", () => accept(visit)),
    button(say().decline, "", () => showDecline(visit)),
  ];
}

async function signIn(visit: Visit, how?: SignInWish["how"]): Promise<void> {
  forget("idToken");
  const { email } = visit.invitation;
  const wish = { email, locale: locale(), ...(how !== undefined && { how }) };
  const end = await during(say().leadingToSignIn, () => leaveForSignIn(wish));
  showInvitation(visit, () => signInNotice(end));
}

/** Asks the service first, which knows who has registered before; only newcomers meet the form (INV-7). */
async function accept(visit: Visit, missing?: Missing): Promise<void> {
  const { invitation, attachTo, draft } = visit;
  const identity = currentIdentity();
  if (identity === undefined) return refused(visit, SIGNED_OUT);
  const body = {
    ...(missing && registrationIn(missing, draft, invitation.terms, locale())),
    ...(invitation.kind === "share" && { attachTo }),
  };
  const accepted = await during(say().sending, () =>
    sendAnswer(invitation, "accept", body, identity.idToken),
  );
  if (accepted.ok) finish({ end: "accepted", told: invitation.told, answer: accepted.body });
  else await refusedToAccept(visit, accepted, missing);
}

async function refusedToAccept(visit: Visit, refusal: Refusal, missing?: Missing): Promise<void> {
  if (textIn(refusal.data, "rule") === "SHR-7") {
    // The organization chosen is no longer theirs: choose among those that are.
    showInvitation(await visitOf(visit.invitation), () => say().checkDetails);
  } else if (refusal.code === "registration-required") {
    showRegistration(visit, missingIn(refusal.data));
  } else if (refusal.status === 400 && missing !== undefined) {
    const paths = objectsIn(refusal.data, "errors").map((error) => textIn(error, "path"));
    const fields = paths.map((path) => path.split(/[./]/u).at(-1) ?? "");
    showRegistration(visit, missing, fields);
  } else {
    refused(visit, refusal, () => accept(visit, missing));
  }
}

function showRegistration(visit: Visit, missing: Missing, refusedFields?: readonly string[]): void {
  const { invitation, draft } = visit;
  show(() => ({
    heading: say().registrationTitle,
    parts: [
      alertOf(refusedFields && say().checkDetails),
      paragraph(say().registrationText(namesOf(invitation))),
      registrationForm({
        missing,
        termsVersion: invitation.terms,
        draft,
        refused: refusedFields ?? [],
        onJoin: () => accept(visit, missing),
        onBack: () => showInvitation(visit),
      }),
    ],
  }));
}

function showDecline(visit: Visit): void {
  show(() => ({
    heading: say().declineTitle,
    parts: [
      paragraph(say().declineText(namesOf(visit.invitation))),
      actions(
        button(say().declineFor, "primary", () => decline(visit)),
        button(say().back, "", () => showInvitation(visit)),
      ),
    ],
  }));
}

async function decline(visit: Visit): Promise<void> {
  const identity = currentIdentity();
  if (identity === undefined) return refused(visit, SIGNED_OUT);
  const declined = await during(say().sending, () =>
    sendAnswer(visit.invitation, "decline", {}, identity.idToken),
  );
  // The first of two attempts may have come through without its answer.
  if (declined.ok || declined.code === "invitation-declined") finish({ end: "declined" });
  else refused(visit, declined, () => decline(visit));
}

/** A token that ran out on this page is what the service would refuse with this. */
const SIGNED_OUT: Refusal = { ok: false, status: 401, code: "unauthenticated", requestId: "", data: {} };

function refused(visit: Visit, refusal: Refusal, again: () => unknown = () => undefined): void {
  const { organization, sender, email } = visit.invitation;
  const signedIn = currentIdentity()?.email ?? "";
  if (refusal.status === 401) forget("idToken");
  showRefusal(refusal, {
    about: { organization, sender, invited: email, signedIn },
    remedies: {
      again,
      switch: () => signIn(visit, "switch"),
      "sign-in": () => signIn(visit, "again"),
      "second-factor": () => signIn(visit, "again"),
    },
    onBack: () => showInvitation(visit),
  });
}
