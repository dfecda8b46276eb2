import type { Text, Texts } from "./locales/en.ts";

/** What stands in a text's places. */
type Values = Readonly<Record<string, number | string | undefined>>;

/**
 * A text with its values in place: numbers as the language writes them, strings as they are. `n` decides on the plural,
 * and stands in every place that has no value of its own.
 */
export function phrase(text: Text, values: Values, tag?: string): string {
  const words =
    typeof text === "string" ? text : (text[new Intl.PluralRules(tag).select(Number(values.n))] ?? text.other);
  return words.replace(/{(\w+)}/g, (_, name) => (values[name] ?? values.n)?.toLocaleString(tag) as string);
}

/** An ISO date, `2026-03-02`, as the language writes it. */
export const dateWords = (date: string, { tag }: Texts): string =>
  new Date(date).toLocaleDateString(tag, { timeZone: "UTC", dateStyle: "long" });
