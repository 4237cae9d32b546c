import { NO_RIGHTS } from "@vestibule/domain/people";
import { LOCALES } from "@vestibule/domain/vocabulary";
import { describe, expect, test } from "vitest";
import { PHRASES } from "../../../functions/mail/phrases.ts";
import { type RoleChangeMail, renderRoleChange } from "../../../functions/mail/render-role-change.ts";

function setup(changes: Partial<RoleChangeMail> = {}) {
  return renderRoleChange({
    organizationName: "Acme",
    actorName: "Ada Lovelace",
    firstName: "Bob",
    change: { kind: "org-role", from: "user", to: "administrator" },
    locale: "en",
    ...changes,
  });
}

describe.each(LOCALES)("ORG-11 in %s", (locale) => {
  const phrases = PHRASES[locale];

  test("both parts say what changed, from what to what, where and by whom", () => {
    const { html, text, subject } = setup({ locale });
    const said = ["Acme", "Ada Lovelace", "Bob", phrases.orgRoles.user, phrases.orgRoles.administrator];
    for (const part of [html, text]) for (const words of said) expect(part).toContain(words);
    expect(subject).toBe(phrases.noticeSubject("Acme"));
    expect(html).toContain(`<html lang="${locale}"`);
  });

  test("rights are listed, and none is said to be none", () => {
    const to = { ...NO_RIGHTS, chat: true, accounting: true };
    const { text } = setup({ locale, change: { kind: "rights", from: NO_RIGHTS, to } });
    for (const words of [phrases.none, phrases.rightNames.chat, phrases.rightNames.accounting])
      expect(text).toContain(words);
  });

  test("a chat role and a guest's place have words of their own", () => {
    expect(setup({ locale, change: { kind: "chat-role", from: "user", to: "admin" } }).text).toContain(
      phrases.chatRoles.admin,
    );
    expect(setup({ locale, change: { kind: "place", from: "member", to: "guest" } }).text).toContain(
      phrases.guest,
    );
  });

  test("what they changed themselves is said to be theirs", () => {
    const { text } = setup({ locale, actorName: undefined });
    expect(text).toContain(phrases.changedByYou("Acme"));
    expect(text).not.toContain(phrases.changedBy);
  });
});

test("ORG-11, INV-16 names are escaped and lose their links; the mail leads nowhere and loads nothing", () => {
  const evil = `<img src=x> https://evil.example/a`;
  const { html, text } = setup({ organizationName: evil, actorName: evil, firstName: evil });
  for (const part of [html, text]) expect(part).not.toMatch(/evil|https?:|href=/u);
  expect(html).not.toContain("<img");
});
