import { beforeEach, describe, expect, it } from "vitest";
import { capture, type Edge, edge, form, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";

let at: Edge;
let to: Tenant;
let id: string;

const FIELDS = [
  { name: "name", type: "text", label: "Name", maps_to: "name" },
  { name: "email", type: "email", label: "E-mail", required: true, help: "We answer there.", maps_to: "email" },
  {
    name: "size",
    type: "select",
    label: "Size",
    placeholder: "Which?",
    options: [
      { value: "s", label: "Small" },
      { value: "l", label: "Large" },
    ],
  },
];
const SETTINGS = {
  fields: FIELDS,
  consent: { version: "7", text: "I agree.", url: "https://example.org/privacy" },
  texts: { title: "Talk to us", intro: "We answer soon.", thanks_title: "Thanks", thanks_text: "It is here." },
  locale: "en",
  translations: {
    de: {
      texts: { title: "Sprechen Sie mit uns", thanks_title: "Danke" },
      consent: { text: "Ich stimme zu.", url: "https://example.org/datenschutz" },
      fields: {
        name: { label: "Ihr Name" },
        size: { label: "Größe", placeholder: "Welche?", options: [{ value: "s", label: "Klein" }] },
      },
    },
    "pt-BR": { texts: { title: "Fale conosco" } },
    ar: { texts: { title: "تحدث إلينا", thanks_title: "شكرًا" } },
  },
};

interface Public {
  locale?: string;
  texts: Record<string, string>;
  consent: object;
  fields: { name: string; label: string; help?: string; options?: object[] }[];
}

beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  id = await form(at, to.id, SETTINGS);
});

const get = (query: string, headers: Record<string, string> = {}) =>
  at.send("GET", `/v1/forms/${id}${query}`, { headers });
const read = async (query: string, headers: Record<string, string> = {}) => (await get(query, headers)).json<Public>();
const title = async (query: string, headers: Record<string, string> = {}) => (await read(query, headers)).texts.title;

describe("the public form in the visitor's language", () => {
  it("has the words that the owner wrote, and the same names and values", async () => {
    const german = await read("?locale=de");
    expect(german).toMatchObject({
      locale: "de",
      texts: { title: "Sprechen Sie mit uns", thanks_title: "Danke" },
      consent: { version: "7", text: "Ich stimme zu.", url: "https://example.org/datenschutz", required: true },
      fields: [
        { name: "name", label: "Ihr Name" },
        { name: "email", label: "E-mail", help: "We answer there.", required: true },
        { name: "size", label: "Größe", placeholder: "Welche?" },
      ],
    });
    expect(german.fields[2]?.options).toEqual([
      { value: "s", label: "Klein" },
      { value: "l", label: "Large" },
    ]);
    expect(JSON.stringify(german)).not.toMatch(/maps_to|translations/);
  });

  it("has its steps named in it, with the same fields", async () => {
    const steps = [
      { title: "You", fields: ["name", "email"] },
      { title: "Your size", fields: ["size"] },
    ];
    const { de } = SETTINGS.translations;
    const translations = { de: { ...de, steps: ["Sie", "Ihre Größe"] }, fi: {} };
    const stepped = await form(at, to.id, { ...SETTINGS, steps, translations });
    const stepsIn = async (locale: string) => {
      const answer = await at.send("GET", `/v1/forms/${stepped}?locale=${locale}`);
      return (await answer.json<{ steps: object }>()).steps;
    };
    const [you, size] = steps;
    expect(await stepsIn("de")).toEqual([
      { ...you, title: "Sie" },
      { ...size, title: "Ihre Größe" },
    ]);
    expect(await stepsIn("fi")).toEqual(steps);
  });

  it("has no text of another language where a translation leaves it out", async () => {
    expect((await read("?locale=de")).texts.intro).toBeUndefined();
    expect((await read("?locale=pt")).fields[0]?.label).toBe("Name");
  });

  it.each([
    ["de-AT", "de"],
    ["DE", "de"],
    ["de_CH", "de"],
    ["pt", "pt-BR"],
    ["pt-PT", "pt-BR"],
    ["ar-EG-u-nu-latn", "ar"],
    ["en-GB", "en"],
    ["zh", "en"],
    ["zh,de", "de"],
    ["", "en"],
    ["__proto__", "en"],
    ["constructor", "en"],
    ["x".repeat(5_000), "en"],
    ["*", "en"],
  ])("for ?locale=%s is in the best there is: %s", async (locale, found) => {
    expect((await read(`?locale=${encodeURIComponent(locale)}`)).locale).toBe(found);
  });

  it.each([
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["en;q=0.5, ar;q=0.7", "ar"],
    ["en, de", "en"],
    ["de;q=0, pt;q=0.1", "pt-BR"],
    ["fi, sv;q=0.9", "en"],
    [";;;q=,,de;q=x", "en"],
  ])("for Accept-Language: %s is in %s", async (header, found) => {
    expect((await read("", { "accept-language": header })).locale).toBe(found);
  });

  it("is what the address asks for, whatever the browser prefers", async () => {
    expect(await title("?locale=ar", { "accept-language": "de" })).toBe("تحدث إلينا");
    expect(await title("?locale=fi", { "accept-language": "de" })).toBe("Talk to us");
  });

  it("is one cache entry an address, or one an Accept-Language: each with an ETag of its own", async () => {
    const [german, english] = [await get("?locale=de"), await get("?locale=en")];
    const etag = german.headers.get("etag") as string;
    expect(english.headers.get("etag")).not.toBe(etag);
    expect(german.headers.get("vary")).toBe("Origin");
    expect((await get("")).headers.get("vary")).toBe("Origin, Accept-Language");
    expect((await get("?locale=de-AT", { "if-none-match": etag })).status).toBe(304);
    expect((await get("?locale=en", { "if-none-match": etag })).status).toBe(200);
  });

  it("is the nearest of several kinds of a language, whichever the owner wrote first", async () => {
    const translations = { "zh-Hans": {}, "zh-Hant": {}, zh: {} };
    id = await form(at, to.id, { fields: FIELDS, translations });
    expect((await read("?locale=zh-Hant-TW")).locale).toBe("zh-Hant");
    expect((await read("?locale=zh-SG")).locale).toBe("zh");
  });

  it("says no language where the owner has said none, and is the translation for who reads that", async () => {
    id = await form(at, to.id, { fields: FIELDS, translations: { de: { texts: { title: "Hallo" } } } });
    expect(await read("?locale=en")).not.toHaveProperty("locale");
    expect(await title("", { "accept-language": "en, de;q=0.1" })).toBe("Hallo");
  });

  it("costs nothing more to read", async () => {
    await get("");
    at.resetUsage();
    await get("?locale=de");
    expect(at.usage.roundTrips).toBe(0);
  });
});

interface Thanked {
  thanks: object;
}

describe("a capture in the visitor's language", () => {
  const send = (query: string, body: object = {}, headers: Record<string, string> = {}) =>
    at.send("POST", `/v1/forms/${id}/leads${query}`, {
      headers,
      body: {
        submission_id: crypto.randomUUID(),
        data: { ...somebody(), message: undefined, size: "s" },
        consent: { version: "7", given: true },
        ...body,
      },
    });

  it("is thanked in it, and again when it is sent again", async () => {
    const submission_id = crypto.randomUUID();
    const body = { submission_id, data: { email: "a@example.org" } };
    const first = await send("?locale=de", body);
    expect(first.status).toBe(201);
    const text = await first.text();
    expect(JSON.parse(text).thanks).toEqual({ title: "Danke" });
    expect(await (await send("?locale=de", body)).text()).toBe(text);
    expect(await (await send("", {}, { "accept-language": "ar" })).json()).toMatchObject({ thanks: { title: "شكرًا" } });
    expect(await (await send("?locale=fi")).json()).toMatchObject({ thanks: { title: "Thanks", text: "It is here." } });
  });

  it("is thanked in the language that its body names, else in what the browser prefers", async () => {
    const headers = { "accept-language": "ar" };
    const thanks = async (body: object, query = "") =>
      (await (await send(query, body, headers)).json<Thanked>()).thanks;
    expect(await thanks({ locale: "de-at" })).toEqual({ title: "Danke" });
    expect(await thanks({ locale: "de" }, "?locale=ar")).toEqual({ title: "شكرًا" });
    expect(await thanks({ locale: null })).toEqual({ title: "شكرًا" });
    expect(await thanks({ locale: `{{ lang }} ${"x".repeat(5_000)}` })).toEqual({
      title: "Thanks",
      text: "It is here.",
    });
    const { consent } = await row("SELECT consent FROM lead ORDER BY id LIMIT 1");
    expect(JSON.parse(consent as string)).toMatchObject({ locale: "de" });
  });

  it("stores values as ever, and with the consent the language that it was read in", async () => {
    await send("?locale=de-AT");
    const { answers, consent } = await row("SELECT answers, consent FROM lead");
    expect(JSON.parse(answers as string)).toContainEqual({ name: "size", value: "s" });
    expect(JSON.parse(consent as string)).toEqual({ version: "7", given: true, locale: "de", at: at.clock.now });
  });

  it("is one lead, whichever language its repeat comes in", async () => {
    const body = { data: { email: "a@example.org", size: "s" }, visitor_id: "v" };
    expect((await send("?locale=de", body)).status).toBe(201);
    expect((await send("?locale=en", body)).status).toBe(409);
  });

  it("does not take an option's label for its value", async () => {
    expect((await send("?locale=de", { data: { email: "a@example.org", size: "Klein" } })).status).toBe(422);
  });

  it("of a form without languages is as it was", async () => {
    const plain = await form(at, to.id, { texts: { thanks_title: "Thanks" } });
    const response = await capture(at, plain, {}, { "accept-language": "de" });
    expect(await response.json()).toMatchObject({ thanks: { title: "Thanks" } });
  });
});

describe("a page for people without script", () => {
  const post = (query: string, values: Record<string, string>, headers: Record<string, string> = {}) =>
    at.send("POST", `/v1/forms/${id}/leads${query}`, { body: new URLSearchParams(values), headers });

  it("says what is wrong in the language of the form", async () => {
    const response = await post("", { name: "Ann" }, { "accept-language": "de-CH, en;q=0.5" });
    const page = await response.text();
    expect(response.headers.get("content-language")).toBe("de");
    expect(page).toContain('<html lang="de" dir="ltr">');
    expect(page).toContain("<b>E-mail</b>: Bitte füllen Sie dieses Feld aus.");
    expect(page).toContain("<b>Ich stimme zu.</b>: Bitte stimmen Sie zu");
  });

  it("leads to thanks in the language that the address asked for, and nothing else of it", async () => {
    const values = { email: "a@example.org", consent: "on" };
    const response = await post("?locale=ar&next=https://evil.test", values);
    expect(response.headers.get("location")).toBe(`https://foyer.test/v1/forms/${id}/thanks?locale=ar`);
    const page = await (await at.send("GET", `/v1/forms/${id}/thanks?locale=ar`)).text();
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain("<h1>شكرًا</h1>");
    expect(page).toContain("وصلتنا رسالتك");
  });

  it("is in the visitor's language where the form says nothing of its own", async () => {
    id = await form(at, to.id);
    const thanks = (headers: Record<string, string>) => at.send("GET", `/v1/forms/${id}/thanks`, { headers });
    expect(await (await thanks({ "accept-language": "fi-FI" })).text()).toContain("<h1>Kiitos</h1>");
    expect(await (await thanks({ "accept-language": "zh" })).text()).toContain("<h1>Thank you</h1>");
  });
});
