import type { Refusal } from "../api.ts";
import { currentIdentity } from "../identity.ts";
import { textIn } from "../json.ts";
import { actions, alertOf, button, during, element, paragraph, show } from "../render.ts";
import { forget, remember, remembered } from "../session.ts";
import { leaveForSignIn, type SignInEnd } from "../sign-in.ts";
import { locale, say } from "./language.ts";
import { everyItem, type Named } from "./workplace.ts";

/** Anybody may write an address: only an id gets into the paths of requests. */
const ORGANIZATION = /^org_[0-9a-z]+$/u;

/** The organization in the address, else the one that was open in this tab. */
export function askedOrganization(): string | undefined {
  const asked = new URLSearchParams(location.search).get("org") ?? remembered("organization");
  return asked !== undefined && ORGANIZATION.test(asked) ? asked : undefined;
}

/** Keeps which organization is open, in the address and for the way to the sign-in page and back. */
export function keepOrganization(org: string): void {
  remember("organization", org);
  const address = new URL(location.href);
  address.searchParams.set("org", org);
  history.replaceState(null, "", address);
}

export async function signIn(how?: "switch" | "again"): Promise<void> {
  forget("idToken");
  if (how === "switch") forget("organization");
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
  show(() => {
    const notice = NOTICES[end];
    return {
      heading: say().people,
      parts: [
        alertOf(notice && say()[notice]),
        paragraph(say().signInText),
        actions(button(say().signIn, "primary", () => signIn())),
      ],
    };
  });
}

/** The organizations that whoever is signed in is a member of (ORG-8). */
export async function myOrganizations(): Promise<{ organizations: Named[]; refusal?: Refusal }> {
  const { items, ...refused } = await everyItem("me/organizations?limit=100");
  const organizations = items.map((item) => ({ id: textIn(item, "id"), name: textIn(item, "name") }));
  return { organizations, ...refused };
}

export function showChoice(organizations: readonly Named[], onChoose: (org: string) => unknown): void {
  show(() => ({
    heading: say().chooseTitle,
    parts: [
      paragraph(organizations.length === 0 ? say().noOrganization(currentIdentity()?.email ?? "") : ""),
      element(
        "ul",
        { className: "entries" },
        ...organizations.map(({ id, name }) =>
          element(
            "li",
            {},
            button(name, "", () => onChoose(id)),
          ),
        ),
      ),
    ],
  }));
}
