import en, { type Texts } from "./locales/en.ts";

/** One lazy chunk a language: a file in locales/ is all that a new one takes. */
const TABLES = import.meta.glob<{ default: Partial<Texts> }>(["./locales/*.ts", "!./locales/en.ts"]);

/** The first wanted language that there is a table for: exactly, else its base language; else English. */
export function pickLocale(wanted: readonly string[], have: readonly string[]): string {
  for (const tag of wanted) {
    const name = tag.toLowerCase();
    const found = [name, name.split("-")[0] ?? ""].find((key) => have.includes(key));
    if (found) return found;
  }
  return "en";
}

/** The texts for the visitor: as the script tag says, else the page's language, else the browser's. Never fails. */
export async function loadTexts(locale: string | undefined): Promise<Texts> {
  const wanted = [locale, document.documentElement.lang, ...navigator.languages].filter((tag) => !!tag) as string[];
  const have = ["en", ...Object.keys(TABLES).map((path) => path.slice("./locales/".length, -".ts".length))];
  try {
    const table = await TABLES[`./locales/${pickLocale(wanted, have)}.ts`]?.();
    return { ...en, ...table?.default };
  } catch {
    return en;
  }
}
