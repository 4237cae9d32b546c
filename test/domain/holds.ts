import * as fc from "fast-check";

/** `fc.assert` for properties that wait for nothing; its other signature makes the linter want it awaited. */
export const holds: <Facts>(property: fc.IProperty<Facts>, parameters?: { numRuns: number }) => void =
  fc.assert;
