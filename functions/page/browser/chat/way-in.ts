import { VestibuleProblem } from "@vestibule/client/problem";
import { currentIdentity } from "../identity.ts";
import { actions, alertOf, button, during, element, paragraph, show } from "../render.ts";
import { forget, remember, remembered } from "../session.ts";
import { leaveForSignIn, type SignInEnd } from "../sign-in.ts";
import { locale, say } from "./language.ts";
import { refusalWords } from "./refusal-words.ts";
import { leaveOrganization } from "./way-in-again.ts";

/** Anybody may write an address: only an id gets into the paths of requests. */
const ORGANIZATION = /^org_[0-9a-z]+$/u;

/** The organization in the address, else the one that was open in this tab. */
export function askedOrganization(): string | undefined {
  const asked = new URLSearchParams(location.search).get("org") ?? remembered("organization");
  return asked !== undefined && ORGANIZATION.test(asked) ? asked : undefined;
}

/** As somebody else, nothing of the one before is kept. */
export async function signIn(how?: "switch"): Promise<void> {
  forget("idToken");
  if (how === "switch") forget("organization", "chat");
  const wish = { locale: locale(), ...(how !== undefined && { how }) };
  showSignIn(await during(say().leadingToSignIn, () => leaveForSignIn(wish)));
}

const NOTICES = {
  "signed-in": undefined,
  cancelled: "signInCancelled",
  failed: "signInFailed",
  unavailable: "signInUnavailable",
} as const satisfies Record<SignInEnd, unknown>;

/** The way in. */
export function showSignIn(end: SignInEnd = "signed-in"): void {
  const asked = askedOrganization();
  if (asked !== undefined) remember("organization", asked);
  show(() => {
    const notice = NOTICES[end];
    return {
      heading: say().chat,
      parts: [
        alertOf(notice && say()[notice]),
        paragraph(say().signInText),
        actions(button(say().signIn, "primary", () => signIn())),
      ],
    };
  });
}

/** The organizations of whoever is signed in, as a member or a guest (ORG-8, GST-7). */
export function showChoice(
  organizations: readonly { id: string; name: string; kind: string }[],
  onChoose: (org: string) => unknown,
): void {
  const tag = (kind: string) =>
    kind === "guest" ? [" ", element("span", { className: "tag" }, say().guest)] : [];
  show(() => ({
    heading: say().chooseTitle,
    parts: [
      paragraph(organizations.length === 0 ? say().noOrganization(currentIdentity()?.email ?? "") : ""),
      element(
        "ul",
        { className: "entries" },
        ...organizations.map(({ id, name, kind }) => {
          const choice = button(name, "", () => onChoose(id));
          choice.append(...tag(kind));
          return element("li", {}, choice);
        }),
      ),
      actions(button(say().anotherAccount, "plain", () => signIn("switch"))),
    ],
  }));
}

/** Instead of what could not be opened: why, with another try. */
export function showRefused(error: unknown, again: () => unknown): void {
  if (error instanceof VestibuleProblem && error.status === 401) {
    showSignIn();
    return;
  }
  show(() => ({
    heading: say().chat,
    parts: [
      element("p", { className: "notice", role: "alert" }, ...refusalWords(error)),
      actions(button(say().again, "primary", again), button(say().organizations, "", leaveOrganization)),
    ],
  }));
}
