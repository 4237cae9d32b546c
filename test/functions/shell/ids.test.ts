import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  base32,
  idSuffix,
  isId,
  isUserId,
  newId,
  newSecret,
  sha256,
  userIdOf,
} from "../../../functions/shell/ids.ts";
import { holds } from "../../domain/holds.ts";

test("base32 is Crockford's, in lower case, five bits at a time from the left", () => {
  expect(base32(Uint8Array.of(0b00000_000, 0b01_00010_0, 0b0011_0010, 0b0_00101_00, 0b110_00111), 8)).toBe(
    "01234567",
  );
  expect(base32(Uint8Array.of(0xff, 0xff), 3)).toBe("zzz");
  expect(base32(new Uint8Array(5), 8)).toBe("00000000");
});

test("a person's id follows from issuer and subject alone", () => {
  const id = userIdOf("https://issuer.example.com", "subject-1");
  expect(isUserId(id)).toBe(true);
  expect(userIdOf("https://issuer.example.com", "subject-1")).toBe(id);
  expect(userIdOf("https://issuer.example.com", "subject-2")).not.toBe(id);
  expect(userIdOf("https://issuer.example.com/", "subject-1")).not.toBe(id);
  expect(userIdOf("https://issuer.example.co", "m\nsubject-1")).not.toBe(id);
});

test("ids of one kind sort by their age", () => {
  const time = fc.integer({ min: 0, max: 2 ** 47 });
  holds(
    fc.property(time, time, (one, other) => {
      fc.pre(one !== other);
      expect(newId("audit", one) < newId("audit", other)).toBe(one < other);
    }),
  );
});

test("an id is of its kind only", () => {
  const id = newId("invitation");
  expect(isId("invitation", id)).toBe(true);
  expect(isId("organization", id)).toBe(false);
  expect(isId("invitation", `${id}0`)).toBe(false);
  expect(isId("invitation", id.toUpperCase())).toBe(false);
  expect(id).toBe(`inv_${idSuffix(id)}`);
});

test("no two ids of one millisecond are the same", () => {
  const ids = Array.from({ length: 1_000 }, () => newId("message", 1));
  expect(new Set(ids).size).toBe(ids.length);
});

test("INV-3 a secret has 256 random bits; stored is its SHA-256", () => {
  const secret = newSecret();
  expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  expect(newSecret()).not.toBe(secret);
  expect(sha256("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
});
