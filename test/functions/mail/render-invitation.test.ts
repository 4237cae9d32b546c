import { LOCALES, SHARE_RIGHTS } from "@vestibule/domain/vocabulary";
import { describe, expect, test } from "vitest";
import { PHRASES } from "../../../functions/mail/phrases.ts";
import { type InvitationMail, renderInvitation } from "../../../functions/mail/render-invitation.ts";

const LINK = "https://app.example/invite#0123.4567.secret-_";

function setup(changes: Partial<InvitationMail> = {}) {
  return renderInvitation({
    organizationName: "Acme",
    senderName: "Ada Lovelace",
    firstName: "Bob",
    granted: {
      kind: "member",
      orgRole: "user",
      chatRole: "admin",
      rights: { suite: false, chat: true, mail: false, accounting: true },
    },
    channels: [],
    message: "Come in.\nThe door is open.",
    expiresAt: Date.UTC(2026, 11, 1, 15, 30),
    locale: "en",
    link: LINK,
    ...changes,
  });
}

describe.each(LOCALES)("INV-16 in %s", (locale) => {
  const mail = setup({ locale });
  const phrases = PHRASES[locale];

  test("both parts name organization, sender, roles, rights, expiry and the message", () => {
    const said = ["Acme", "Ada Lovelace", "Bob", "2026", "UTC", "Come in.", "The door is open."];
    const granted = [phrases.orgRoles.user, phrases.chatRoles.admin, phrases.rightNames.accounting];
    for (const part of [mail.html, mail.text]) {
      for (const words of [...said, ...granted, phrases.button]) expect(part).toContain(words);
    }
  });

  test("GINV-3 a guest's mail names the channels, says that they come as a guest, and until when", () => {
    const accessUntil = Date.UTC(2027, 4, 2, 8);
    const guest = setup({
      locale,
      granted: { kind: "guest", accessUntil },
      channels: ["Launch", "Press <office>", "www.evil.example"],
    });
    for (const part of [guest.html, guest.text]) {
      for (const words of [phrases.guest, phrases.channels, phrases.accessUntil, "Launch", "2027"])
        expect(part).toContain(words);
      for (const role of [phrases.chatRole, ...Object.values(phrases.orgRoles)])
        expect(part).not.toContain(`${role}:`);
      expect(part).not.toContain("evil");
    }
    expect(guest.html).toContain("Press &lt;office&gt;");
    expect(guest.text).toContain(phrases.guestInvitation("Ada Lovelace", "Acme"));
    expect(setup({ locale, granted: { kind: "guest" } }).text).not.toContain(phrases.accessUntil);
  });

  test("the HTML part says its language, and the subject names sender and organization", () => {
    expect(mail.html).toContain(`<html lang="${locale}"`);
    expect(mail.subject).toContain("Ada Lovelace");
    expect(mail.subject).toContain("Acme");
  });

  test("its phrases need no escaping", () => {
    const words = (value: unknown): string[] => {
      if (typeof value === "string") return [value];
      if (typeof value === "function") return [String(value("A", "B", "C"))];
      return Object.values(value as object).flatMap(words);
    };
    for (const phrase of words(phrases)) expect(phrase).not.toMatch(/[&<>]/u);
  });

  test("a name of nothing but a link is replaced by words", () => {
    const anonymous = setup({ locale, organizationName: "http://x.example", senderName: "www.evil.example" });
    expect(anonymous.subject).toContain(phrases.anOrganization);
    expect(anonymous.subject).toContain(phrases.somebody);
  });
});

test("INV-16 the languages differ in every phrase that is a sentence", () => {
  const subjects = LOCALES.map((locale) => setup({ locale }).subject);
  expect(new Set(subjects).size).toBe(LOCALES.length);
});

test("INV-16 dates are written in the language, in UTC", () => {
  expect(setup({ locale: "en" }).text).toContain("1 December 2026 at 15:30 UTC");
  expect(setup({ locale: "fr" }).text).toContain("1 décembre 2026 à 15:30 UTC");
  expect(setup({ locale: "de" }).text).toContain("1. Dezember 2026 um 15:30 UTC");
});

test("INV-4 the link is the button's and stands plain below it; in the text part it has its own line", () => {
  const { html, text } = setup();
  expect(html.split(`href="${LINK}"`)).toHaveLength(3);
  expect(html).toContain(`>${LINK}</a>`);
  expect(text.split("\n")).toContain(LINK);
});

test("INV-16 names and message are escaped", () => {
  const evil = `<img src=x onerror="a('1')">&`;
  const { html } = setup({ organizationName: evil, senderName: evil, firstName: evil, message: evil });
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x onerror=&quot;a(&#39;1&#39;)&quot;&gt;&amp;");
});

test("INV-16 names and message lose their links", () => {
  const { html, text, subject } = setup({
    organizationName: "Acme https://evil.example/a",
    senderName: "Ada www.evil.example",
    firstName: "Bob evil.example",
    message: "Sign in at evil.example/login or https://evil.example, ask me@evil.example.",
  });
  for (const part of [html, text, subject]) expect(part).not.toContain("evil.example");
  expect(html.match(/https?:\/\//gu)).toHaveLength(3);
});

test("INV-16 a line break in a name makes no header", () => {
  const { subject } = setup({ organizationName: "Acme\r\nBcc: everybody", senderName: "Ada\nX: y" });
  expect(subject).toBe("Ada X: y invites you to Acme Bcc: everybody");
});

test("INV-16 the longest names make a short mail", () => {
  const long = "x".repeat(10_000);
  const { html, subject } = setup({
    organizationName: long,
    senderName: long,
    firstName: long,
    message: long,
  });
  expect(subject.length).toBeLessThan(200);
  expect(html.length).toBeLessThan(12_000);
});

test("INV-16 a name written from right to left keeps its own direction", () => {
  expect(setup({ organizationName: "مؤسسة النور" }).html).toContain("<bdi>مؤسسة النور</bdi>");
});

const LOADED = /<(?:img|link|script|iframe|object|video|form)\b|url\(|@import|src=/giu;
const LOOK = {
  buttonColor: "#ffcc00",
  textColor: "#101010",
  logoUrl: "https://app.example/brand/org_1/a.png",
};

test("INV-16 nothing is loaded from elsewhere", () => {
  expect(setup().html).not.toMatch(LOADED);
});

test("BRD-1 with a brand nothing is loaded but its logo, which names the organization where it is not shown", () => {
  const { html } = setup({ organizationName: 'Acme "& Co"', look: LOOK });
  expect(html.match(LOADED)).toEqual(["<img", "src="]);
  expect(html).toContain(`<img src="${LOOK.logoUrl}" alt="Acme &quot;&amp; Co&quot;"`);
  expect(html.match(/https?:\/\//gu)).toHaveLength(4);
});

test("BRD-1 the button is in the brand's colours; without a logo the organization's name stands above", () => {
  const { html } = setup({ look: { ...LOOK, logoUrl: undefined } });
  expect(html).toContain('bgcolor="#ffcc00"');
  expect(html).toContain("color:#101010");
  expect(html).not.toMatch(LOADED);
  expect(html).toMatch(/<span[^>]*>Acme<\/span>/u);
});

test("BRD-1 a colour that is none gets into no style", () => {
  const { html } = setup({ look: { ...LOOK, buttonColor: "red;background:url(x)" } });
  expect(html).not.toContain("red;");
  expect(html).toContain('bgcolor="#2f5bd7"');
});

test("BRD-1 light and dark: both are declared, and the dark colours override the inlined ones", () => {
  const { html } = setup();
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
  const dark = /prefers-color-scheme:dark\)\{([\s\S]*?)\n\}/u.exec(html)?.[1] ?? "";
  for (const name of ["v-page", "v-card", "v-text", "v-small", "v-link", "v-quote"]) {
    expect(dark).toContain(`.${name}{`);
    expect(html).toMatch(new RegExp(`class="[^"]*\\b${name}\\b`, "u"));
  }
});

const SHARE = { kind: "share", address: "info@acme.example", shareRights: SHARE_RIGHTS } as const;

test.each(LOCALES)(
  "SHR-4, SHR-5 in %s a share's mail names address, rights and what accepting asks for",
  (locale) => {
    const phrases = PHRASES[locale];
    const { html, text, subject } = setup({ locale, granted: SHARE });
    for (const part of [html, text]) {
      for (const right of SHARE_RIGHTS) expect(part).toContain(phrases.shareRightNames[right]);
      for (const words of ["info@acme.example", phrases.shareNeeds, phrases.address])
        expect(part).toContain(words);
      expect(part).not.toContain(phrases.chatRole);
    }
    expect(subject).toBe(phrases.shareSubject("Ada Lovelace", "Acme"));
  },
);

test("INV-16 an address that is none is not shown", () => {
  const { html, text } = setup({ granted: { ...SHARE, address: "<b>https://evil.example</b>" } });
  for (const part of [html, text]) expect(part).not.toContain("evil");
});

test.each(LOCALES)(
  "INV-16 in %s the reminder says that it is one, until when, and all that the mail said",
  (locale) => {
    const phrases = PHRASES[locale];
    const { html, text, subject } = setup({ locale, isReminder: true });
    expect(subject).toBe(phrases.reminderSubject(phrases.subject("Ada Lovelace", "Acme")));
    const reminder = phrases.reminder("…").split("…")[0] ?? "";
    for (const part of [html, text])
      for (const words of [reminder, "Acme", "Ada Lovelace", "The door is open.", phrases.button, LINK])
        expect(part).toContain(words);
  },
);

test("INV-16 without first name, message and rights nothing stands in their place", () => {
  const rights = { suite: false, chat: false, mail: false, accounting: false };
  const granted = { kind: "member", orgRole: "user", chatRole: "user", rights } as const;
  const { html, text } = setup({ firstName: undefined, message: undefined, granted });
  for (const part of [html, text]) {
    expect(part).toContain("Hello,");
    expect(part).not.toContain("writes:");
    expect(part).not.toContain("You manage");
    expect(part).not.toContain("Channels");
    expect(part).not.toContain("undefined");
  }
});
