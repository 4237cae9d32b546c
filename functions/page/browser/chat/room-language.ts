import { declareLanguage, languageMenu } from "../language-menu.ts";
import { choose, locale, say } from "./language.ts";

let whenChosen: () => void = () => undefined;

/** What is to be drawn again in another language. */
export function onLanguage(react: () => void): void {
  whenChosen = react;
}

/** Where another language is chosen while one is in. */
export function languageChoice(): HTMLElement {
  return languageMenu({
    label: say().language,
    locale: locale(),
    onChoose: async (chosen) => {
      await choose(chosen);
      declareLanguage(locale());
      whenChosen();
    },
  });
}
