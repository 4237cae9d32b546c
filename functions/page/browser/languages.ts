import { DEFAULT_LOCALE, LOCALES, type Locale } from "@vestibule/domain/vocabulary";
import { remember, remembered } from "./session.ts";

export type { Locale };

function localeIn(tag: string): Locale | undefined {
  const language = tag.toLowerCase().split("-")[0];
  return LOCALES.find((locale) => locale === language);
}

/** The language chosen in this tab, else the first of the browser's that there are sentences in (INV-16). */
export function preferredLocale(): Locale {
  const tags = [remembered("locale") ?? "", ...navigator.languages];
  return tags.flatMap((tag) => localeIn(tag) ?? []).at(0) ?? DEFAULT_LOCALE;
}

type Load<Sentences> = () => Promise<Sentences>;

/**
 * A page's sentences in the reader's language. English is part of the page; the others are files of their own, so that
 * nobody loads five languages. When one cannot be loaded the page speaks English rather than nothing.
 */
export function languagesOf<Sentences>(
  english: Sentences,
  others: Readonly<Record<Exclude<Locale, "en">, Load<Sentences>>>,
) {
  let spoken: { locale: Locale; sentences: Sentences } = { locale: "en", sentences: english };

  async function speak(locale: Locale): Promise<void> {
    if (locale === "en") {
      spoken = { locale, sentences: english };
    } else {
      spoken = await others[locale]().then(
        (sentences) => ({ locale, sentences }),
        () => ({ locale: "en", sentences: english }),
      );
    }
  }

  return {
    /** The sentences, in the language spoken now. */
    say: (): Sentences => spoken.sentences,
    /** The language spoken now. */
    locale: (): Locale => spoken.locale,
    /** Speaks another language from now on. */
    speak,
    /** Speaks the language that somebody chose, in this tab also after a reload. */
    async choose(locale: Locale): Promise<void> {
      remember("locale", locale);
      await speak(locale);
    },
  };
}
