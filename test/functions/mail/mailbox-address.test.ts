import { normalAddress } from "@vestibule/domain/mail-address";
import { expect, test } from "vitest";
import { senderAddress } from "../../../functions/mail/mailbox-address.ts";

test.each([
  ["bob@example.com", "bob@example.com"],
  ["Bob.O'Neil+x@Example.com", "Bob.O'Neil+x@example.com"],
  ["bob@bücher.example", "bob@xn--bcher-kva.example"],
])("INV-6 %s is mailed as %s", (given, expected) => {
  expect(normalAddress(given)).toBe(expected);
});

test.each([
  "bob",
  "@example.com",
  "bob@",
  "bob@exa mple.com",
  "a@b.example, c@d.example",
  "a,c@d.example",
  "bob\r\nBcc: x@example.com",
  "bob@example.com\r\nBcc: x",
  "bob <x@example.com",
  '"b b"@example.com',
  "bøb@example.com",
  "a@b@example.com",
])("INV-16 %j is no single address and is never handed on", (given) => {
  expect(normalAddress(given)).toBeUndefined();
});

test("INV-16 the sender is shown as the organization's, by us", () => {
  expect(senderAddress("no-reply@vestibule.example", "Acme")).toBe(
    '"Acme via Vestibule" <no-reply@vestibule.example>',
  );
  expect(senderAddress("Vestibule <no-reply@vestibule.example>", 'A "B" \\ <C>')).toBe(
    '"A \\"B\\" \\\\ <C> via Vestibule" <no-reply@vestibule.example>',
  );
});

test("INV-16 a display name in other letters is encoded in words of 75 characters at most", () => {
  const address = senderAddress("no-reply@vestibule.example", "株".repeat(200));
  const words = address.split(" ").slice(0, -1);
  const decoded = words.map((word) => Buffer.from(word.slice(10, -2), "base64").toString()).join("");
  expect(decoded).toBe(`${"株".repeat(40)} via Vestibule`);
  for (const word of words) expect(word).toMatch(/^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$/u);
  for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
  expect(address.length).toBeLessThanOrEqual(320);
});
