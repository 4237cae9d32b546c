import { LOCALES, type Locale } from "@vestibule/domain/vocabulary";
import { element } from "./render.ts";

const NAMES: Readonly<Record<Locale, string>> = {
  en: "English",
  fr: "Français",
  de: "Deutsch",
  it: "Italiano",
  es: "Español",
};

type LanguageMenu = { label: string; locale: Locale; onChoose: (locale: Locale) => unknown };

/** Says which language the page is in; screen readers pronounce it so. */
export function declareLanguage(locale: Locale): void {
  document.documentElement.lang = locale;
}

/** Where somebody chooses another language than their browser's. */
export function languageMenu({ label, locale, onChoose }: LanguageMenu): HTMLElement {
  const options = LOCALES.map((value) =>
    element("option", { value, lang: value, selected: value === locale }, NAMES[value]),
  );
  const chosen = (): void => {
    const found = LOCALES.find((value) => value === select.value);
    if (found !== undefined) onChoose(found);
  };
  const select = element("select", { onchange: chosen }, ...options);
  return element("label", { className: "language" }, element("span", {}, label), select);
}
