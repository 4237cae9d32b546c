import { ask, type Refusal } from "./api.ts";
import { currentIdentity } from "./identity.ts";
import { channelNames, type Invitation, roleIn } from "./invitation.ts";
import { type Fields, objectIn, textIn } from "./json.ts";
import { finish, isOver } from "./outcome.ts";
import { noticeOf } from "./refusals.ts";
import { type Missing, missingIn, registrationForm } from "./registration-form.ts";
import { actions, alertOf, button, during, paragraph, show } from "./render.ts";
import { sentences } from "./sentences.ts";
import { forget } from "./session.ts";
import { leaveForSignIn, signInNotices } from "./sign-in.ts";
import { accountLine, messageOf, summaryOf } from "./summary.ts";

/** The invitation with what may be done about it: sign in, or accept and decline. */
export function showInvitation(invitation: Invitation, notice?: string, isWrongAccount = false): void {
  const { organization, sender } = invitation;
  const identity = currentIdentity();
  show(
    sentences.invitedTo(organization),
    alertOf(notice),
    paragraph(
      invitation.isGuest
        ? sentences.invitedAsGuest(sender, organization)
        : sentences.invitedBy(sender, organization),
    ),
    messageOf(invitation),
    summaryOf(invitation),
    accountLine(invitation, identity, isWrongAccount ? undefined : () => signIn(invitation, true)),
    actions(...answersTo(invitation, identity !== undefined, isWrongAccount)),
  );
}

function answersTo(invitation: Invitation, isSignedIn: boolean, isWrongAccount: boolean): HTMLElement[] {
  if (!isSignedIn) return [button(sentences.signInToAnswer, "primary", () => signIn(invitation))];
  if (isWrongAccount) return [button(sentences.anotherAccount, "primary", () => signIn(invitation, true))];
  return [
    button(sentences.accept, "primary", () => accept(invitation)),
    button(sentences.decline, "", () => showDecline(invitation)),
  ];
}

async function signIn(invitation: Invitation, isSwitching = false): Promise<void> {
  forget("idToken");
  const end = await during(sentences.leadingToSignIn, () => leaveForSignIn(invitation.email, isSwitching));
  showInvitation(invitation, signInNotices[end]);
}

/** Asks the service first, which knows who has registered before; only newcomers meet the form (INV-7). */
async function accept(invitation: Invitation, registration?: Fields): Promise<void> {
  const identity = currentIdentity();
  if (identity === undefined) return showInvitation(invitation, sentences.signInEnded);
  const body = { token: invitation.secret, ...registration };
  const accepted = await during(sentences.sending, () => ask("accept", body, identity.idToken));
  if (!accepted.ok) return refused(invitation, accepted, registration);
  const { body: answer } = accepted;
  const channels = channelNames(invitation, answer);
  finish({ end: "accepted", organization: invitation.organization, role: roleIn(answer), channels });
}

function showRegistration(
  invitation: Invitation,
  missing: Missing,
  given: Fields = {},
  notice?: string,
): void {
  const identity = currentIdentity();
  const profile = objectIn(given, "profile");
  const form = registrationForm({
    missing,
    termsVersion: invitation.terms,
    firstName: textIn(profile, "firstName") || identity?.firstName || invitation.firstName,
    lastName: textIn(profile, "lastName") || identity?.lastName || invitation.lastName,
    hasAcceptedTerms: "termsVersion" in given,
    onJoin: (fields) => accept(invitation, fields),
    onBack: () => showInvitation(invitation),
  });
  const text = paragraph(sentences.registrationText(invitation.organization));
  show(sentences.registrationTitle, alertOf(notice), text, form);
}

function showDecline(invitation: Invitation): void {
  show(
    sentences.declineTitle(invitation.organization),
    paragraph(sentences.declineText(invitation.sender)),
    actions(
      button(sentences.declineFor, "primary", () => decline(invitation)),
      button(sentences.back, "", () => showInvitation(invitation)),
    ),
  );
}

async function decline(invitation: Invitation): Promise<void> {
  const identity = currentIdentity();
  if (identity === undefined) return showInvitation(invitation, sentences.signInEnded);
  const body = { token: invitation.secret };
  const declined = await during(sentences.sending, () => ask("decline", body, identity.idToken));
  if (declined.ok) finish({ end: "declined" });
  else refused(invitation, declined);
}

function refused(invitation: Invitation, refusal: Refusal, registration?: Fields): void {
  if (isOver(refusal)) return;
  const notice = noticeOf(refusal, invitation, currentIdentity()?.email);
  const isAboutAccount = refusal.status === 401 || refusal.status === 403;
  if (refusal.status === 401) forget("idToken");
  if (refusal.code === "registration-required") {
    showRegistration(invitation, missingIn(refusal.data), registration);
  } else if (registration !== undefined && !isAboutAccount) {
    const given = { profile: "profile" in registration, terms: "termsVersion" in registration };
    showRegistration(invitation, given, registration, notice);
  } else {
    showInvitation(invitation, notice, refusal.code === "recipient-mismatch");
  }
}
