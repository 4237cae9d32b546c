import { type BrandColors, DEFAULT_COLORS, HEX_COLOR } from "@vestibule/domain/brand";

/** How an organization dresses its mails (BRD-1). */
export type Look = BrandColors & {
  /** The logo's address, of our own origin; without one the organization's name stands in its place. */
  readonly logoUrl?: string | undefined;
};

/** A look whose colours may stand in a style attribute; ours in place of any other, and where there is none (BRD-1). */
export function safeLook(look: Look = DEFAULT_COLORS): Look {
  const isSafe = HEX_COLOR.test(look.buttonColor) && HEX_COLOR.test(look.textColor);
  return isSafe ? look : { ...look, ...DEFAULT_COLORS };
}
