import { languagesOf } from "../languages.ts";
import { en } from "./sentences/en.ts";

/** What the chat page says, and in which language. */
export const { say, locale, speak, choose } = languagesOf(en, {
  fr: async () => (await import("./sentences/fr.ts")).fr,
  de: async () => (await import("./sentences/de.ts")).de,
  it: async () => (await import("./sentences/it.ts")).it,
  es: async () => (await import("./sentences/es.ts")).es,
});
