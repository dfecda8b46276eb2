/** Which of a form's languages a visitor reads best, and the form in it. */
import type { FieldTranslation } from "../../shared/form-translations.ts";
import type { FormField } from "../../shared/lead-fields.ts";
import type { FormSettings } from "./form.ts";

/** What is read of a list of languages; browsers send a handful. */
const WANTED_LIMIT = 20;
const WANTED_LIMIT_CHARS = 1_000;

/** The languages of an Accept-Language header (RFC 9110, section 12.5.4), best first. What is none is left out. */
export function wantedLanguages(list: string): string[] {
  const wanted = list
    .slice(0, WANTED_LIMIT_CHARS)
    .split(",", WANTED_LIMIT)
    .flatMap((entry) => {
      const [, tag, weight = "1"] =
        /^\s*([a-z]{2,3}(?:[-_][a-z0-9]{1,8})*)\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(entry) ?? [];
      return tag === undefined || !(Number(weight) > 0)
        ? []
        : [{ tag: tag.replaceAll("_", "-").toLowerCase(), weight: Number(weight) }];
    });
  // Stable: of equal weight, the first one named.
  return wanted.sort((a, b) => b.weight - a.weight).map(({ tag }) => tag);
}

/**
 * The best of what there is: for each wanted language itself, then shorter and shorter (RFC 4647, section 3.4), then any
 * other kind of the same language, since whoever reads Portuguese of Portugal also reads that of Brazil.
 */
export function bestLanguage<T extends string>(wanted: readonly string[], offered: readonly T[]): T | undefined {
  for (const tag of wanted) {
    const parts = tag.split("-");
    for (let length = parts.length; length > 0; length -= 1) {
      const shorter = parts.slice(0, length).join("-");
      const found = offered.find((known) => known.toLowerCase() === shorter);
      if (found !== undefined) return found;
    }
    const kin = offered.find((known) => known.toLowerCase().split("-")[0] === parts[0]);
    if (kin !== undefined) return kin;
  }
  return undefined;
}

/**
 * The form with its words in the best language that its owner wrote, named by `locale`. Questions that a translation
 * leaves out stay as they were, and so does what people do not read: names, values, bounds, who may send. Texts that it
 * leaves out are not there at all: the widget and the pages have their own in the visitor's language.
 */
export function inLanguage(settings: FormSettings, wanted: readonly string[]): FormSettings {
  const { translations, locale } = settings;
  if (translations === undefined) return settings;
  const best = bestLanguage(wanted, [...(locale ? [locale] : []), ...Object.keys(translations)]);
  const words = best === undefined || best === locale ? undefined : translations[best];
  if (words === undefined) return settings;
  const { texts = {}, consent, steps = [], fields = {} } = words;
  return {
    ...settings,
    locale: best,
    texts,
    consent: settings.consent && { ...settings.consent, ...consent },
    steps: settings.steps?.map((step, index) => ({ ...step, title: steps[index] ?? step.title })),
    fields: settings.fields.map((field) =>
      Object.hasOwn(fields, field.name) ? translated(field, fields[field.name]) : field,
    ),
  };
}

function translated(field: FormField, { options, ...words }: FieldTranslation = {}): FormField {
  const labels = new Map(options?.map(({ value, label }) => [value, label]));
  return {
    ...field,
    ...words,
    ...(field.options
      ? { options: field.options.map(({ value, label }) => ({ value, label: labels.get(value) ?? label })) }
      : {}),
  };
}
