import type { Locale } from "@vestibule/domain/vocabulary";
import { escapeHtml } from "./escape-html.ts";
import { type Letter, MARKUP, PLAIN, type Writing } from "./letter.ts";
import { letterHtml } from "./letter-html.ts";
import { letterText } from "./letter-text.ts";
import { type Look, safeLook } from "./look.ts";

export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string };

/** A mail before it is written: its words come from `compose` alone, for both of its forms. */
export type Draft = {
  readonly locale: Locale;
  readonly subject: string;
  /** What lists of mails show beside the subject. */
  readonly preheader: string;
  readonly organization: string;
  readonly look?: Look | undefined;
  readonly compose: (write: Writing) => Letter;
};

/** Writes a mail in both forms from one source (INV-16). */
export function renderLetter({
  locale,
  subject,
  preheader,
  organization,
  look,
  compose,
}: Draft): RenderedMail {
  const html = letterHtml(compose(MARKUP), {
    locale,
    title: escapeHtml(subject),
    preheader: escapeHtml(preheader),
    organization: escapeHtml(organization),
    isBranded: look !== undefined,
    look: safeLook(look),
  });
  return { subject, html, text: letterText(compose(PLAIN)) };
}
