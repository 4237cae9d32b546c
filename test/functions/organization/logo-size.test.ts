import * as fc from "fast-check";
import { expect, test } from "vitest";
import { logoSizeOf } from "../../../functions/organization/logo-size.ts";
import { jpeg, png, webp } from "./images.ts";

const size = { widthPixels: 270, heightPixels: 70 };

/** 1 × 1, as real encoders wrote them. */
const REAL = {
  png: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  webp: "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
};

test.each([
  ["a PNG", png(270, 70), "image/png"],
  ["a baseline JPEG", jpeg(270, 70), "image/jpeg"],
  ["a progressive JPEG", jpeg(270, 70, 0xc2), "image/jpeg"],
  ["a lossy WebP", webp.lossy(270, 70), "image/webp"],
  ["a lossless WebP", webp.lossless(270, 70), "image/webp"],
  ["a WebP with transparency", webp.extended(270, 70), "image/webp"],
] as const)("BRD-1 the size of %s is read from its bytes", (_, bytes, type) => {
  expect(logoSizeOf(bytes, type)).toEqual(size);
});

test("BRD-1 images from elsewhere are read too", () => {
  const one = { widthPixels: 1, heightPixels: 1 };
  expect(logoSizeOf(Buffer.from(REAL.png, "base64"), "image/png")).toEqual(one);
  expect(logoSizeOf(Buffer.from(REAL.webp, "base64"), "image/webp")).toEqual(one);
});

test.each([
  ["a PNG said to be a JPEG", png(9, 9), "image/jpeg"],
  ["a JPEG said to be a WebP", jpeg(9, 9), "image/webp"],
  ["a WebP said to be a PNG", webp.lossy(9, 9), "image/png"],
  ["SVG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), "image/png"],
  ["a PNG of no width", png(0, 9), "image/png"],
  ["a JPEG without a frame", Buffer.from([0xff, 0xd8, 0xff, 0xd9, 0, 0, 0, 0, 0, 0, 0, 0]), "image/jpeg"],
  ["half a PNG", png(9, 9).subarray(0, 20), "image/png"],
  ["half a JPEG", jpeg(9, 9).subarray(0, 25), "image/jpeg"],
] as const)("BRD-1 %s is no logo", (_, bytes, type) => {
  expect(logoSizeOf(bytes, type)).toBeUndefined();
});

test("BRD-1 whatever the bytes are, reading them ends, and throws nothing", async () => {
  const start = fc.constantFrom(
    png(9, 9),
    jpeg(9, 9),
    webp.lossy(9, 9),
    webp.lossless(9, 9),
    Buffer.alloc(0),
  );
  const type = fc.constantFrom("image/png", "image/jpeg", "image/webp");
  await fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), fc.nat(60), type, (image, noise, keep, kind) => {
      const bytes = Buffer.concat([image.subarray(0, keep), noise]);
      const read = logoSizeOf(bytes, kind);
      if (read !== undefined) expect(read.widthPixels * read.heightPixels).toBeGreaterThan(0);
    }),
    { numRuns: 1_000 },
  );
});
