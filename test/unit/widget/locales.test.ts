/** Every language has every text, says it by its own rules, and is found by what a page or a browser calls it. */
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { directionOf } from "../../../shared/languages.ts";
import { chosenLanguage, tableNames } from "../../../widget/app/locale.ts";
import en, { type Text, type Texts } from "../../../widget/app/locales/en.ts";
import { dateWords, phrase } from "../../../widget/app/phrase.ts";
import chatEn, { type ChatTexts } from "../../../widget/chat/locales/en.ts";
import { problemText } from "../../../widget/form/problems.ts";

const FOLDER = new URL("../../../widget/app/locales/", import.meta.url);
const TAGS = readdirSync(FOLDER).map((file) => basename(file, ".ts"));
const tables = await Promise.all(
  TAGS.map(async (tag) => [tag, (await import(new URL(`${tag}.ts`, FOLDER).href)).default as Texts] as const),
);

const wordings = (text: Text): string[] => (typeof text === "string" ? [text] : Object.values(text));
const places = (words: string): string[] => (words.match(/{\w+}/g) ?? []).sort();
const entries = (table: Texts) => Object.entries(table) as [keyof Texts, Text][];
/** The categories that a language puts counts of things in. */
const categoriesOf = (tag: string): Set<string> => {
  const rules = new Intl.PluralRules(tag);
  return new Set(Array.from({ length: 1_000 }, (_, n) => rules.select(n + 1)));
};

const CHAT_FOLDER = new URL("../../../widget/chat/locales/", import.meta.url);
const chatTables = await Promise.all(
  TAGS.map(async (tag) => [tag, (await import(new URL(`${tag}.ts`, CHAT_FOLDER).href)).default as ChatTexts] as const),
);

it("has a chat in every language that it has forms in", () => {
  expect(readdirSync(CHAT_FOLDER).map((file) => basename(file, ".ts"))).toEqual(TAGS);
});

describe.each(chatTables)("a chat's table of %s", (tag, table) => {
  const texts = Object.entries(table) as [keyof ChatTexts, Text][];

  it("has every text of English, with its values in their places", () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(chatEn).sort());
    for (const [key, text] of texts) {
      for (const words of wordings(text)) {
        expect(words.trim(), key).toBe(words);
        expect(words, key).not.toBe("");
        const isSpeltOut = typeof text !== "string" && !words.includes("{n}");
        if (!isSpeltOut) expect(places(words), `${tag} ${key}`).toEqual(places(wordings(chatEn[key])[0] ?? ""));
      }
    }
  });

  it("is a translation, and has just the plurals that its language has", () => {
    const { unread } = table;
    const known = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    if (typeof unread !== "string") {
      expect(known).toEqual(expect.arrayContaining(Object.keys(unread)));
      for (const category of categoriesOf(tag)) expect(Object.keys(unread)).toContain(category);
    }
    if (tag !== "en")
      expect(texts.filter(([key, text]) => /\w \w/.test(`${chatEn[key]}`) && text === chatEn[key])).toEqual([]);
  });
});

it("has the languages that are promised", () => {
  expect(TAGS).toEqual(expect.arrayContaining(["ar", "de", "en", "es", "fi", "fr", "ja", "pt"]));
});

describe.each(tables)("the table of %s", (tag, table) => {
  it("has every text of English and no other, and says whose it is", () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(en).sort());
    expect(table.tag).toBe(tag);
    for (const [key, text] of entries(table)) {
      for (const words of wordings(text)) expect(words.trim(), key).toBe(words);
      expect(wordings(text).join(""), key).not.toBe("");
    }
  });

  it("is a translation: no sentence of English is left in it", () => {
    if (tag === "en") return;
    const same = entries(table).filter(([key, text]) => /\w \w/.test(`${en[key]}`) && text === en[key]);
    expect(same).toEqual([]);
  });

  it("has every value of English in its place, and nothing to be put together from halves", () => {
    for (const [key, text] of entries(table)) {
      const wanted = places(wordings(en[key])[0] ?? "");
      for (const words of wordings(text)) {
        // "One character" and "two characters" need no digit.
        const isSpeltOut = typeof text !== "string" && !words.includes("{n}");
        expect(isSpeltOut ? wanted : places(words), `${tag} ${key}`).toEqual(wanted);
        expect(words, key).not.toMatch(/[:,({]$|^[,.)]/);
      }
    }
  });

  it("has just the plurals that its language has", () => {
    const known = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const [key, text] of entries(table)) {
      if (typeof text === "string") continue;
      expect(known, key).toEqual(expect.arrayContaining(Object.keys(text)));
      for (const category of categoriesOf(tag)) expect(Object.keys(text), key).toContain(category);
    }
  });

  it("spells a form out only where it means one number", () => {
    const rules = new Intl.PluralRules(tag);
    for (const [key, text] of entries(table)) {
      if (typeof text === "string") continue;
      for (const [category, words] of Object.entries(text)) {
        const counts = Array.from({ length: 1_000 }, (_, n) => n + 1).filter((n) => rules.select(n) === category);
        if (!words.includes("{n}")) expect(counts.length, `${tag} ${key} ${category}`).toBe(1);
      }
    }
  });

  it("leaves no place open in what a visitor reads", () => {
    for (const code of ["too_short", "too_long", "too_small", "too_large", "too_few", "too_many"]) {
      for (const limit of [1, 2, 3, 11, 100]) expect(problemText({ code, limit }, table)).not.toMatch(/[{}]|undefined/);
    }
    expect(phrase(table.step_of, { n: 2, of: 4 }, table.tag)).not.toMatch(/[{}]|undefined/);
  });
});

describe("a phrase", () => {
  const tableOf = (tag: string) => tables.find(([known]) => known === tag)?.[1] as Texts;

  it("goes by the plural of its number", () => {
    const short = (tag: string, limit: number) => problemText({ code: "too_short", limit }, tableOf(tag));
    expect([1, 2].map((n) => short("en", n))).toEqual([
      "Please enter at least 1 character.",
      "Please enter at least 2 characters.",
    ]);
    expect([1, 5].map((n) => short("fi", n))).toEqual([
      "Kirjoita vähintään 1 merkki.",
      "Kirjoita vähintään 5 merkkiä.",
    ]);
    expect(new Set([1, 2, 5, 11, 100].map((n) => short("ar", n).replace(/\d+/, ""))).size).toBe(5);
    expect(short("ja", 1)).toBe("1文字以上で入力してください。");
  });

  it("has numbers and dates as the language writes them", () => {
    expect(problemText({ code: "too_long", limit: 20_000 }, tableOf("de"))).toContain("20.000");
    expect(problemText({ code: "too_long", limit: 20_000 }, en)).toContain("20,000");
    expect(dateWords("2026-03-02", tableOf("de"))).toBe("2. März 2026");
    expect(problemText({ code: "too_small", limit: dateWords("2026-03-02", en) }, en)).toBe(
      "Please enter at least March 2, 2026.",
    );
  });

  it("keeps each of several values where it belongs", () => {
    expect(phrase(tableOf("de").step_of, { n: 2, of: 4 }, "de")).toBe("Schritt 2 von 4");
    expect(phrase("{of}, {n}", { n: 1, of: "$&" })).toBe("$&, 1");
  });
});

describe("the language", () => {
  afterEach(() => vi.unstubAllGlobals());
  const chosen = (locale: string | undefined, page: string, browser: string) => {
    vi.stubGlobal("document", { documentElement: { lang: page } });
    vi.stubGlobal("navigator", { language: browser });
    return chosenLanguage(locale);
  };

  it("is the script tag's, else the page's, else the browser's", () => {
    expect(chosen("ja", "de", "fr")).toBe("ja");
    expect(chosen(undefined, "de-AT", "fr")).toBe("de-at");
    expect(chosen("", "", "fr-CA")).toBe("fr-ca");
    expect(chosen("pt_BR", "de", "fr")).toBe("pt-br");
  });

  it("has the table of its country, else of itself, else English", () => {
    expect(tableNames("pt-br")).toEqual(["pt-br", "pt", "en"]);
    expect(tableNames("zh-hant-tw")).toEqual(["zh-hant-tw", "zh", "en"]);
  });

  it("has its direction from itself", () => {
    expect(["ar", "ar-eg", "he", "fa-ir", "ur"].map(directionOf)).toEqual(Array(5).fill("rtl"));
    expect(["en", "de-at", "arn", "ja", "fi", undefined].map(directionOf)).toEqual(Array(6).fill("ltr"));
  });
});
