import type { Texts } from "./locales/en.ts";

/** The visitor's language, in lower case: as the script tag says, else the page, else the browser. */
export const chosenLanguage = (locale?: string): string =>
  (locale || document.documentElement.lang || navigator.language).toLowerCase().replace("_", "-");

/** Which tables a language is looked for in, best first: of its country, of the language alone, English. */
export const tableNames = (tag: string): string[] => [tag, tag.replace(/-.*/, ""), "en"];

/**
 * The texts for a language, in English where there is no table of it or it cannot be fetched.
 * @param kind Which tables: a form's without a name, a chat's as `chat-`.
 * @returns undefined where English cannot be fetched either.
 */
export async function loadTexts<Table = Texts>(tag: string, kind = ""): Promise<Table | undefined> {
  for (const name of tableNames(tag)) {
    if (!FOYER_LANGUAGES.includes(name)) continue;
    try {
      return (await import(/* @vite-ignore */ `./${kind}${name}-${FOYER_TABLES}.js`)).default;
    } catch {
      // The next one, and English last.
    }
  }
}
