import { escapeHtml } from "./escape-html.ts";

export type Fact = readonly [label: string, value: string];

/** What a mail says, part by part, in the writing of one of its two forms. */
export type Letter = {
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly facts: readonly Fact[];
  /** What is to be known before acting, below the facts. */
  readonly notes: readonly string[];
  readonly message?: { readonly intro: string; readonly text: string } | undefined;
  readonly action?: { readonly label: string; readonly plainLink: string; readonly href: string } | undefined;
  readonly closing: string;
};

/** How people's own words are written in one form of a mail; the phrases' words are the same in both. */
export type Writing = {
  /** A name within a sentence. */
  readonly name: (name: string) => string;
  /** A value that stands alone. */
  readonly value: (value: string) => string;
  readonly text: (text: string) => string;
};

const asItIs = (text: string): string => text;

export const PLAIN: Writing = { name: asItIs, value: asItIs, text: asItIs };

/** Escaped (INV-16); names and values are set apart, and whole whatever direction they are written in. */
export const MARKUP: Writing = {
  name: (name) => `<strong><bdi>${escapeHtml(name)}</bdi></strong>`,
  value: (value) => `<bdi>${escapeHtml(value)}</bdi>`,
  text: escapeHtml,
};
