import { domainToASCII } from "node:url";
import { addressKey, sameAddress } from "@vestibule/domain/invitations";
import { normalAddress, parseInvitee } from "@vestibule/domain/mail-address";
import { punycode } from "@vestibule/domain/punycode";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";

/** RFC 3492, section 7.1 (in small letters), and labels known from elsewhere. */
const VECTORS = {
  "ليهمابتكلموشعربي؟": "egbpdaj6bu4bxfgehfvwxn",
  他们为什么不说中文: "ihqwcrb4cv8a8dqg056pqjye",
  他們爲什麽不說中文: "ihqwctvzc91f659drss3x8bo0yb",
  למההםפשוטלאמדבריםעברית: "4dbcagdahymbxekheh6e0a7fei0b",
  यहलोगहिन्दीक्योंनहींबोलसकतेहैं: "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd",
  なぜみんな日本語を話してくれないのか: "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
  세계의모든사람들이한국어를이해한다면얼마나좋을까:
    "989aomsvi5e83db1d2a355cv1e0vak1dwrv93d5xbh15a0dt30a5jpsd879ccm6fea98c",
  почемужеонинеговорятпорусски: "b1abfaaepdrnnbgefbadotcwatmq2g4l",
  "3年b組金八先生": "3b-ww4c5e180e575a65lsy2b",
  "安室奈美恵-with-super-monkeys": "-with-super-monkeys-pc58ag80a8qai00g7n9n",
  bücher: "bcher-kva",
  münchen: "mnchen-3ya",
  faß: "fa-hia",
  ü: "tda",
  "-> $1.00 <-": "-> $1.00 <--",
  "": "",
};

test.each(Object.entries(VECTORS))("INV-10 %s in punycode is %s", (label, expected) => {
  expect(punycode(label)).toBe(expected);
});

test("INV-10 punycode writes whatever letters as Node does", () => {
  const letter = fc.constantFrom(..."abcxyz059äöüßéñøåžçčšđłαβγωжщюяäöאבגדあいうかきく日本語中文한국어กขค");
  holds(
    fc.property(fc.array(letter, { minLength: 1, maxLength: 12 }), (letters) => {
      const domain = `${letters.join("")}.example`;
      const expected = domainToASCII(domain);
      // Node refuses what mixes directions (RFC 5893); no mail server has such names either way.
      if (expected !== "") expect(normalAddress(`a@${domain}`)).toBe(`a@${expected}`);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["Ada@Example.ORG", "Ada@example.org"],
  ["ada+chat@example.org", "ada+chat@example.org"],
  ["o'hara@sub.example.co.uk", "o'hara@sub.example.co.uk"],
  ["ada@Bücher.example", "ada@xn--bcher-kva.example"],
  ["ada@BÜCHER.example", "ada@xn--bcher-kva.example"],
  ["ada@XN--bcher-KVA.example", "ada@xn--bcher-kva.example"],
  ["ada@ＥＸＡＭＰＬＥ.org", "ada@example.org"],
  ["ada@例え。テスト", "ada@xn--r8jz45g.xn--zckzah"],
  ["ada@ΒΌΛΟΣ.gr", `ada@${domainToASCII("ΒΌΛΟΣ.gr")}`],
  ["ada@faß.de", "ada@xn--fa-hia.de"],
  ["ada@a\u0308b.example", "ada@xn--b-zfa.example"],
  ["a@b.co", "a@b.co"],
])("INV-6 INV-10 %s is mailed to as %s", (typed, expected) => {
  expect(normalAddress(typed)).toBe(expected);
});

test.each([
  "",
  "ada",
  "@example.org",
  "ada@",
  "ada@localhost",
  "ada@example..org",
  "ada@.example.org",
  "ada@example.org.",
  ".ada@example.org",
  "ada.@example.org",
  "a..b@example.org",
  "ada@-example.org",
  "ada@example-.org",
  "ada@exa_mple.org",
  "ada@exa mple.org",
  "ada@exam\nple.org",
  "ada@192.0.2.1",
  "ada@[192.0.2.1]",
  "ada b@example.org",
  '"ada b"@example.org',
  "ädä@example.org",
  "ada@\u0308x.org",
  "ada@exa\u200Bmple.org",
  "ada@exa\u202Emple.org",
  "ada@💩.example",
  "ada@\uD800.example",
  "a@b@c.org, d@e.org",
  `${"a".repeat(65)}@example.org`,
  `ada@${"a".repeat(64)}.org`,
  `ada@${"ü".repeat(60)}.org`,
  `ada@${"a.".repeat(127)}org`,
])("INV-10 %j is no address", (typed) => {
  expect(normalAddress(typed)).toBeUndefined();
  expect(parseInvitee(typed)).toBeUndefined();
});

test("INV-6 INV-10 an address is compared in small letters, its domain in whatever script", () => {
  expect(sameAddress("Ada@bücher.example", "ada@xn--bcher-kva.EXAMPLE")).toBe(true);
  expect(sameAddress("ada@bücher.example", "ada@bucher.example")).toBe(false);
  expect(addressKey("Not an address")).toBe("not an address");
});

test("INV-10 a normal address is normal", () => {
  holds(
    fc.property(fc.emailAddress(), (email) => {
      const normal = normalAddress(email);
      if (normal !== undefined) expect(normalAddress(normal)).toBe(normal);
      expect(addressKey(addressKey(email))).toBe(addressKey(email));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["ada@example.org", { email: "ada@example.org" }],
  ["  Ada@Example.org ", { email: "Ada@Example.org" }],
  ["<ada@example.org>", { email: "ada@example.org" }],
  ['"Ada Lovelace" <ada@example.org>', { email: "ada@example.org", firstName: "Ada", lastName: "Lovelace" }],
  ["Ada Lovelace <ada@example.org>", { email: "ada@example.org", firstName: "Ada", lastName: "Lovelace" }],
  ['"Lovelace, Ada" <ada@example.org>', { email: "ada@example.org", firstName: "Ada", lastName: "Lovelace" }],
  ["Jan van der Berg <j@b.nl>", { email: "j@b.nl", firstName: "Jan", lastName: "van der Berg" }],
  ["Plato <p@b.gr>", { email: "p@b.gr", firstName: "Plato" }],
  ['"Ada \\"Countess\\" King"<a@b.org>', { email: "a@b.org", firstName: "Ada", lastName: '"Countess" King' }],
  ['"" <a@b.org>', { email: "a@b.org" }],
  ['"Ada\r\nBcc: x" <a@b.org>', { email: "a@b.org", firstName: "Ada", lastName: "Bcc: x" }],
  ["Åsa Öberg <asa@bücher.example>", { email: "asa@bücher.example", firstName: "Åsa", lastName: "Öberg" }],
])("INV-10 %j is understood", (text, expected) => {
  expect(parseInvitee(text)).toEqual(expected);
});

test.each([
  '"Ada <ada@example.org>',
  "Ada <ada@example.org> Lovelace",
  "Ada <>",
  "<a@b.org> <c@d.org>",
  "Ada <ada at example.org>",
])("INV-10 %j is not", (text) => {
  expect(parseInvitee(text)).toBeUndefined();
});

test("INV-10 INV-16 whatever is pasted, a name is one line of at most 100 characters", () => {
  holds(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
      const parsed = parseInvitee(`${name.replaceAll(/["<>\\]/gu, "")} <a@b.org>`);
      for (const text of [parsed?.firstName ?? "a", parsed?.lastName ?? "a"]) {
        expect([...text].length).toBeLessThanOrEqual(100);
        expect(text).toMatch(/^[^\p{C}\s](?:[^\p{C}]*[^\p{C}\s])?$/u);
      }
    }),
    { numRuns: 300 },
  );
});

test("INV-6 INV-13 letters that nobody sees make no further address of a domain", () => {
  const all = Array.from({ length: 0x110000 }, (_, point) => point).filter(
    (point) => point < 0xd800 || point > 0xdfff,
  );
  const unseen = all
    .map((point) => String.fromCodePoint(point))
    .filter((letter) => /\p{Default_Ignorable_Code_Point}/u.test(letter));
  expect(unseen.length).toBeGreaterThan(4_000);
  const taken = unseen.filter((letter) => normalAddress(`a@exa${letter}mple.org`) !== undefined);
  expect(taken).toEqual([]);
});
