import type { en } from "./sentences/en.ts";

/** Everything the page says; a language that lacks a sentence does not compile. */
export type Sentences = typeof en;
