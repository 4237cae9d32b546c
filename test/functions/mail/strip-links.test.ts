import { expect, test } from "vitest";
import { stripLinks } from "../../../functions/mail/strip-links.ts";

test.each([
  ["an address with a scheme", "Win https://evil.example/x?a=b#c now", "Win  now"],
  ["a scheme in capitals", "HTTP://EVIL.EXAMPLE", ""],
  ["a scheme with one slash or backslashes", "https:/evil.example http:\\\\evil.example", " "],
  ["a scheme nobody asked for", "slack://open javascript:alert(1) data:text/html,x mailto:a@b", " (1)  "],
  ["an address without a scheme", "see www.evil.example/login", "see "],
  ["a protocol-relative address", "see //evil.example/x", "see "],
  ["a mail address", "write to mallory@evil.example today", "write to  today"],
  ["a domain with a path or a port", "evil.example/login evil.example:8080", " "],
  ["an address of numbers", "go to 10.0.0.1/x", "go to "],
  ["Markdown", "[free](https://evil.example/x) seats", "[free]() seats"],
  ["a link that a removal puts together", "hthttps://x/ttps://evil.example/y", ""],
  ["a bare domain, which keeps its words", "Booking.com", "Booking com"],
  ["a bare domain in another script", "пример.рф", "пример рф"],
  ["a domain of emoji", "i❤.example ❤.example/login", "i❤ example ❤ example/login"],
  ["dots that are normalised to one", "evil․com evil﹒com/x", "evil com "],
  ["full-width and ideographic dots", "evil。com evil．com", "evil com evil com"],
])("INV-16 %s is stripped", (_, given, expected) => {
  expect(stripLinks(given)).toBe(expected);
});

test.each([
  "Müller & Söhne AG",
  "3.50 CHF, 10:30, 1.5.2026, z.B. so, e.g. this",
  "either/or, Tel: by day, wait... no",
  "O'Brien <3",
])("INV-16 %j is no link and stays", (text) => {
  expect(stripLinks(text)).toBe(text);
});

test("INV-16 a hostile text of the greatest length is stripped in no time", () => {
  const started = performance.now();
  for (const piece of ["a", "a.", "a@", "http:", "a-", "://"]) stripLinks(piece.repeat(2_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});
