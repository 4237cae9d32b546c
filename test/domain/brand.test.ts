import {
  contrastOf,
  DEFAULT_COLORS,
  HEX_COLOR,
  LOGO_LIMITS,
  MIN_CONTRAST,
  mayUseColors,
  mayUseLogo,
} from "@vestibule/domain/brand";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";

test.each([
  ["#000000", "#ffffff", 21],
  ["#777777", "#ffffff", 4.48],
  ["#767676", "#ffffff", 4.54],
  ["#ff0000", "#ffffff", 4],
  ["#0000ff", "#ffffff", 8.59],
  ["#123456", "#123456", 1],
])("BRD-1 the contrast of %s and %s is %d, as WCAG has it", (a, b, expected) => {
  expect(contrastOf(a, b)).toBeCloseTo(expected, 1);
  expect(contrastOf(b, a)).toBe(contrastOf(a, b));
});

test("BRD-1 a button's text is readable, or the colours are refused with their contrast", () => {
  expect(mayUseColors({ buttonColor: "#767676", textColor: "#FFFFFF" })).toEqual({ allowed: true });
  expect(mayUseColors({ buttonColor: "#777777", textColor: "#ffffff" })).toEqual({
    allowed: false,
    code: "colors-too-close",
    rule: "BRD-1",
    details: { contrast: 4.47, minimum: 4.5 },
  });
});

test("BRD-1 of any colours, those that are allowed have enough contrast", () => {
  const color = fc.nat(0xff_ff_ff).map((value) => `#${value.toString(16).padStart(6, "0")}`);
  holds(
    fc.property(color, color, (buttonColor, textColor) => {
      expect(buttonColor).toMatch(HEX_COLOR);
      const contrast = contrastOf(buttonColor, textColor);
      expect(contrast).toBeGreaterThanOrEqual(1);
      expect(contrast).toBeLessThanOrEqual(21);
      expect(mayUseColors({ buttonColor, textColor }).allowed).toBe(contrast >= MIN_CONTRAST);
    }),
  );
});

test("BRD-1 a brand begins with colours that it may have", () => {
  expect(mayUseColors(DEFAULT_COLORS)).toEqual({ allowed: true });
});

test("BRD-1 a logo has at most 270 by 70 pixels, and 32 KB", () => {
  const largest = { widthPixels: 270, heightPixels: 70, bytes: 32_768 };
  expect(mayUseLogo(largest)).toEqual({ allowed: true });
  for (const [name, value] of Object.entries(largest))
    expect(mayUseLogo({ ...largest, [name]: value + 1 })).toMatchObject({
      code: "logo-too-large",
      details: { limits: LOGO_LIMITS },
    });
});
