import type { Texts } from "./locales/en.ts";

/** One lazy chunk a language: a file in locales/, named by its tag, is all that a new one takes. */
const TABLES = import.meta.glob<{ default: Texts }>("./locales/*.ts");

/** Which tables to look for, best first: each tag as it is, then without its region; English last. */
export const localeNames = (tags: readonly string[]): string[] =>
  [...tags, "en"].flatMap((tag) => [tag, tag.replace(/-.*/, "")]);

/**
 * The texts for the visitor: as the script tag says, else the page's language, else the browser's.
 * @returns undefined where the table cannot be fetched.
 */
export async function loadTexts(locale = ""): Promise<Texts | undefined> {
  for (const name of localeNames([locale, document.documentElement.lang, ...navigator.languages])) {
    const table = TABLES[`./locales/${name}.ts`];
    if (table) return (await table().catch(() => undefined))?.default;
  }
}
