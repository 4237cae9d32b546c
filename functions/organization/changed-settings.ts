import { DEFAULT_COLORS, mayUseColors } from "@vestibule/domain/brand";
import type * as z from "zod";
import type { settingsInput } from "../contract/organization.ts";
import { problemOf } from "../shell/problem.ts";
import type { Organization } from "../table/organizations.ts";

type Settings = Organization["settings"];
type Given = z.output<typeof settingsInput>;

/** An organization's settings with what was given in its place. @throws Problem 400 for a brand that nobody could read */
export function changedSettings(before: Settings, given: Given = {}): Settings {
  const { brand, ...plain } = given;
  const kept = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...before,
    ...kept,
    brand: brand === undefined ? before.brand : changedBrand(before.brand, brand),
  };
}

const NEW_BRAND: NonNullable<Settings["brand"]> = { isOn: true, ...DEFAULT_COLORS, logo: null };

/** BRD-1: a brand is switched off and on without losing its colours and its logo. */
function changedBrand(before: Settings["brand"], given: NonNullable<Given["brand"]>): Settings["brand"] {
  const { isOn, buttonColor, textColor, logo } = before ?? NEW_BRAND;
  const after = {
    isOn: given.isOn ?? isOn,
    buttonColor: given.buttonColor ?? buttonColor,
    textColor: given.textColor ?? textColor,
    logo,
  };
  const decision = mayUseColors(after);
  if (decision.allowed) return after;
  const field = given.buttonColor === undefined ? "textColor" : "buttonColor";
  const errors = [{ path: `settings.brand.${field}`, message: "Too little contrast" }];
  throw problemOf({ ...decision, details: { ...decision.details, errors } });
}

/** BRD-1: the settings with another logo, or none; a logo begins a brand where there is none yet. */
export function settingsWithLogo(settings: Settings, logo: NonNullable<Settings["brand"]>["logo"]): Settings {
  return { ...settings, brand: { ...(settings.brand ?? NEW_BRAND), logo } };
}
