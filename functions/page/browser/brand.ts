import { type Fields, fieldsIn, objectIn, textIn } from "./json.ts";
import { element, part } from "./render.ts";
import { remember, remembered } from "./session.ts";

const COLOR = /^#[0-9a-f]{6}$/iu;

/** The service serves logos itself; an address of another origin is none (and the page's policy would refuse it). */
function isOwn(address: string): boolean {
  return /^\/(?![/\\])/u.test(address);
}

function paint(property: "--button" | "--on-button", color: string): void {
  const { style } = document.documentElement;
  if (COLOR.test(color)) style.setProperty(property, color);
  else style.removeProperty(property);
}

/**
 * BRD-1: takes on the look of an organization `{name, brand?}` as the service tells it, and keeps it for this tab. Styles
 * are set property by property, which the policy allows, and no other way.
 */
export function wear(organization: Fields = {}): void {
  remember("brand", JSON.stringify(organization));
  const brand = objectIn(organization, "brand");
  const name = textIn(organization, "name");
  const logoUrl = textIn(brand, "logoUrl");
  paint("--button", textIn(brand, "buttonColor"));
  paint("--on-button", textIn(brand, "textColor"));
  const logo = isOwn(logoUrl) ? element("img", { className: "logo", src: logoUrl, alt: name }) : name;
  part("brand").replaceChildren(brand === undefined || name === "" ? "Vestibule" : logo);
}

/** The look that this tab had before a reload or the way to the sign-in page. */
export function wearAgain(): void {
  const organization = fieldsIn(remembered("brand") ?? "");
  if (organization !== undefined) wear(organization);
}
