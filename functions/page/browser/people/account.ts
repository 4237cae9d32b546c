import { currentIdentity } from "../identity.ts";
import { button, element, part } from "../render.ts";
import { forget } from "../session.ts";
import { signIn } from "./choose-organization.ts";
import { say } from "./language.ts";

/** Who is signed in, with the ways elsewhere. */
export function showAccount(): void {
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
export function leaveOrganization(): void {
  forget("organization");
  location.assign(`${location.pathname}?choose`);
}
