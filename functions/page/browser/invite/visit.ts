import { call, type Outcome } from "../api.ts";
import { currentIdentity } from "../identity.ts";
import type { Fields } from "../json.ts";
import { during } from "../render.ts";
import { PERSONAL, type Place, placesOf } from "./attach-choice.ts";
import type { Invitation } from "./invitation.ts";
import { say } from "./language.ts";
import type { Draft } from "./registration.ts";

/** An invitation on its way to an answer, with what the invitee has chosen and typed so far. */
export type Visit = { invitation: Invitation; places: readonly Place[]; attachTo: string; draft: Draft };

/** A visit's start, for whoever is signed in, if anybody is. */
export async function visitOf(invitation: Invitation): Promise<Visit> {
  const identity = currentIdentity();
  const isChoice = invitation.kind === "share" && identity !== undefined;
  return {
    invitation,
    places: isChoice ? await during(say().opening, () => placesOf(identity.idToken)) : [],
    attachTo: PERSONAL,
    draft: {
      firstName: identity?.firstName || invitation.firstName,
      lastName: identity?.lastName || invitation.lastName,
      phone: "",
      hasAcceptedTerms: false,
    },
  };
}

/** Sends an answer, once more if it may have been lost (INV-5); the link's secret travels in the body (INV-4). */
export function sendAnswer(
  { door }: Invitation,
  act: "accept" | "decline",
  body: Fields,
  idToken: string,
): Promise<Outcome> {
  if (door.by === "link") {
    return call("POST", `invitations/${act}`, {
      body: { token: door.secret, ...body },
      idToken,
      isRepeatable: true,
    });
  }
  const { invitationId, organizationId } = door;
  return call("POST", `me/invitations/${invitationId}/${act}`, {
    body: { organizationId, ...body },
    idToken,
    isRepeatable: true,
  });
}
