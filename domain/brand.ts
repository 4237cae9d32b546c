import { allow, type Decision, deny } from "./decision.ts";

/** BRD-1; the bytes are ours: a logo travels with every page and every mail. */
export const LOGO_LIMITS = { widthPixels: 270, heightPixels: 70, bytes: 32 * 1_024 } as const;

export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

export const HEX_COLOR = /^#[0-9a-fA-F]{6}$/u;

/** WCAG 2.2, 1.4.3: what text of a button's size needs to be read. */
export const MIN_CONTRAST = 4.5;

/** The colours of an organization's buttons and of the text on them, as `#rrggbb`. */
export type BrandColors = { readonly buttonColor: string; readonly textColor: string };

/** What a brand begins with: ours. */
export const DEFAULT_COLORS: BrandColors = { buttonColor: "#2f5bd7", textColor: "#ffffff" };

/** BRD-1: colours with which a button's text can be read. */
export function mayUseColors({ buttonColor, textColor }: BrandColors): Decision {
  const contrast = contrastOf(buttonColor, textColor);
  if (contrast >= MIN_CONTRAST) return allow();
  // Rounded down, so that what is too little never looks enough.
  return deny("colors-too-close", "BRD-1", {
    contrast: Math.floor(contrast * 100) / 100,
    minimum: MIN_CONTRAST,
  });
}

/** BRD-1: a logo that fits where it is shown. */
export function mayUseLogo(logo: {
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly bytes: number;
}): Decision {
  const { widthPixels, heightPixels, bytes } = LOGO_LIMITS;
  const fits = logo.widthPixels <= widthPixels && logo.heightPixels <= heightPixels && logo.bytes <= bytes;
  return fits ? allow() : deny("logo-too-large", "BRD-1", { limits: LOGO_LIMITS, logo: { ...logo } });
}

/** WCAG 2.2: the contrast ratio of two colours, 1 to 21. */
export function contrastOf(a: string, b: string): number {
  const [darker, lighter] = [luminanceOf(a), luminanceOf(b)].sort((one, other) => one - other);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** WCAG 2.2: relative luminance, of the linear parts of red, green and blue. */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
