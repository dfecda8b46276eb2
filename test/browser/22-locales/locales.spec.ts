import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { newEmail, violations } from "../support/visitor.ts";

let stage: Stage;
let plain: string;
let translated: string;
beforeAll(async () => {
  stage = await openStage();
  plain = await stage.form({ texts: {} });
  translated = await stage.form({
    locale: "en",
    translations: {
      de: {
        texts: { title: "Sprechen Sie mit uns", thanks_title: "Danke, wir haben es" },
        consent: { text: "Sie dürfen mir antworten." },
        fields: {
          name: { label: "Vor- und Nachname der Ansprechpartnerin oder des Ansprechpartners" },
          email: { label: "Geschäftliche E-Mail-Adresse für die Auftragsbestätigung" },
          phone: {
            label: "Rückrufnummer",
            help: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.",
          },
          size: {
            label: "Mitarbeiterzahl Ihrer Niederlassung",
            options: [{ value: "s", label: "Kleinstunternehmen mit weniger als zehn Beschäftigten" }],
          },
          message: { label: "Leistungsbeschreibung" },
        },
      },
      ar: {
        texts: { title: "تحدث إلينا", thanks_title: "شكرًا، وصلتنا" },
        consent: { text: "أوافق على أن تردوا عليّ." },
        fields: { name: { label: "الاسم" }, email: { label: "البريد الإلكتروني" } },
      },
    },
  });
});
afterAll(() => stage?.end());

/** Title, button, and what is said of a missing name. */
const WORDS = {
  en: ["Get in touch", "Send", "Please fill in this field."],
  de: ["Kontakt aufnehmen", "Absenden", "Bitte füllen Sie dieses Feld aus."],
  es: ["Póngase en contacto", "Enviar", "Rellene este campo."],
  fr: ["Contactez-nous", "Envoyer", "Veuillez remplir ce champ."],
  fi: ["Ota yhteyttä", "Lähetä", "Täytä tämä kenttä."],
  pt: ["Entre em contato", "Enviar", "Preencha este campo."],
  ar: ["تواصل معنا", "إرسال", "يُرجى ملء هذا الحقل."],
  ja: ["お問い合わせ", "送信する", "この項目を入力してください。"],
} as const;

const site = (form: string, { lang = "en", dir = "ltr", attributes = "" } = {}) =>
  stage.site(
    sitePage(tag(stage.server, form, attributes)).replace(`<html lang="en">`, `<html lang="${lang}" dir="${dir}">`),
  );

/** Opens the popup, in whichever language it speaks. */
async function open(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Contact us" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("#f-name").waitFor();
  return dialog;
}

const languageOf = (dialog: Locator) =>
  dialog.locator("#title").evaluate((title) => ({
    lang: title.closest("[lang]")?.getAttribute("lang"),
    dir: getComputedStyle(title).direction,
  }));

/** Nothing wider than where it stands. */
const overflows = (dialog: Locator) =>
  dialog.evaluate((frame) => {
    const { left, right } = frame.getBoundingClientRect();
    const wide = [...frame.querySelectorAll("*:not(.unseen)")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.left < left - 1 || box.right > right + 1;
    });
    return [
      ...wide.map(({ tagName, id }) => `${tagName}#${id}`),
      ...(frame.scrollWidth > frame.clientWidth ? ["frame"] : []),
    ];
  });

const set = (page: Page, settings: object) =>
  page.evaluate((value) => (window as unknown as { foyer: { set(value: object): void } }).foyer.set(value), settings);

describe.each(Object.entries(WORDS))("in %s", (lang, [title, send, required]) => {
  it("the form speaks it throughout, fits a small phone, and axe has nothing against it", async () => {
    const page = await stage.page({ viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
    await page.goto(await site(plain, { lang, dir: lang === "ar" ? "rtl" : "ltr" }));
    const dialog = await open(page);
    await dialog.getByRole("heading", { name: title, exact: true }).waitFor();
    expect(await languageOf(dialog)).toEqual({ lang, dir: lang === "ar" ? "rtl" : "ltr" });
    await dialog.getByRole("button", { name: send, exact: true }).click();
    await dialog.getByText(required, { exact: true }).first().waitFor();
    expect(await overflows(dialog)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await violations(page)).toEqual([]);
    expect(page.errors).toEqual([]);
  });
});

describe("right to left is the form's matter, not the page's", () => {
  it("an Arabic form on an English page reads from the right, and stands where its launcher does", async () => {
    const page = await stage.page({ viewport: { width: 1000, height: 800 } });
    await page.goto(await site(translated, { attributes: `data-locale="ar"` }));
    const launcher = await page.getByRole("button", { name: "Contact us" }).boundingBox();
    const dialog = await open(page);
    await dialog.getByRole("heading", { name: "تحدث إلينا" }).waitFor();
    expect(await languageOf(dialog)).toEqual({ lang: "ar", dir: "rtl" });
    const [frame, close] = [
      await dialog.boundingBox(),
      await dialog.getByRole("button", { name: "إغلاق" }).boundingBox(),
    ];
    expect(frame && launcher && frame.x + frame.width).toBeCloseTo((launcher?.x ?? 0) + (launcher?.width ?? 0), 0);
    expect(close?.x).toBeLessThan((frame?.x ?? 0) + 60);
    // The arrow of the choice stands at its end, which is the left.
    const arrow = await dialog.locator("select").evaluate((select) => getComputedStyle(select).backgroundPositionX);
    expect(arrow).toBe("16px");
    expect(await violations(page)).toEqual([]);
  });

  it("an English form on an Arabic page reads from the left", async () => {
    const page = await stage.page({ viewport: { width: 1000, height: 800 } });
    await page.goto(await site(translated, { lang: "ar", dir: "rtl", attributes: `data-locale="en"` }));
    const dialog = await open(page);
    await dialog.getByRole("heading", { name: "Talk to us" }).waitFor();
    expect(await languageOf(dialog)).toEqual({ lang: "en", dir: "ltr" });
    const [frame, close] = [
      await dialog.boundingBox(),
      await dialog.getByRole("button", { name: "Close" }).boundingBox(),
    ];
    expect(frame?.x).toBeLessThan(40);
    expect(close?.x).toBeGreaterThan((frame?.x ?? 0) + (frame?.width ?? 0) - 70);
    expect(await violations(page)).toEqual([]);
  });
});

describe("the owner's own words", () => {
  it("are the page's language's, however long, with the values of every other", async () => {
    const page = await stage.page({ viewport: { width: 320, height: 640 } });
    const email = newEmail();
    await page.goto(await site(translated, { lang: "de-AT" }));
    const dialog = await open(page);
    await dialog.getByRole("heading", { name: "Sprechen Sie mit uns" }).waitFor();
    await dialog.locator("select").selectOption({ label: "Kleinstunternehmen mit weniger als zehn Beschäftigten" });
    expect(await overflows(dialog)).toEqual([]);
    await dialog.getByLabel("Vor- und Nachname").fill("Ada Rey");
    await dialog.getByLabel("Geschäftliche E-Mail-Adresse").fill(email);
    await dialog.getByLabel("Sie dürfen mir antworten.").check();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Absenden" }).click();
    await dialog.getByRole("heading", { name: "Danke, wir haben es" }).waitFor();
    const [lead] = await stage.leadsOf(email);
    expect(lead?.data).toMatchObject({ name: "Ada Rey", size: "s" });
  });

  it("change with set, and what was typed stays, and what was wrong is said anew", async () => {
    const page = await stage.page();
    const email = newEmail();
    await page.goto(await site(translated));
    const dialog = await open(page);
    await dialog.getByLabel("E-mail").fill(email);
    await dialog.getByLabel("Team").selectOption("l");
    await dialog.getByRole("button", { name: "Send request" }).click();
    await dialog.getByText("Please fill in this field.").waitFor();
    await set(page, { locale: "de" });
    await dialog.getByText("Bitte füllen Sie dieses Feld aus.").waitFor();
    await dialog.getByText("Bitte prüfen Sie die markierten Felder.").waitFor();
    expect(await dialog.getByLabel("Geschäftliche E-Mail-Adresse").inputValue()).toBe(email);
    expect(await dialog.locator("select").inputValue()).toBe("l");
    expect(await languageOf(dialog)).toEqual({ lang: "de", dir: "ltr" });
    await set(page, { locale: "ar" });
    await set(page, { locale: "de" });
    await set(page, { locale: "en" });
    await dialog.getByText("Please fill in this field.").waitFor();
    await dialog.getByLabel("Name").fill("Ada Rey");
    await dialog.getByLabel("You may answer me.").check();
    await set(page, { locale: "de" });
    await dialog.getByRole("button", { name: "Absenden" }).click();
    await dialog.getByRole("heading", { name: "Danke, wir haben es" }).waitFor();
    expect((await stage.leadsOf(email))[0]?.data).toMatchObject({ name: "Ada Rey", size: "l" });
    await set(page, { locale: "ar" });
    await dialog.getByRole("heading", { name: "شكرًا، وصلتنا" }).waitFor();
    expect(page.errors).toEqual([]);
  });

  it("are what it was where the new ones cannot be had", async () => {
    const page = await stage.page();
    await page.goto(await site(translated));
    const dialog = await open(page);
    await dialog.getByLabel("Name").fill("Ada Rey");
    await page.route("**/v1/forms/**", (route) => route.abort());
    await set(page, { locale: "de" });
    await dialog.getByText("freiwillig").first().waitFor();
    expect(await dialog.getByLabel("Name").inputValue()).toBe("Ada Rey");
  });
});

describe("a language without a table", () => {
  it("is answered in English, and the form works", async () => {
    const page = await stage.page({ locale: "de-DE" });
    await page.goto(await site(plain, { lang: "zh-Hant-TW" }));
    const dialog = await open(page);
    await dialog.getByRole("heading", { name: "Get in touch" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("is English too where the table cannot be fetched", async () => {
    const page = await stage.page();
    await page.route(/chunks\/fr-/, (route) => route.abort());
    await page.goto(await site(plain, { lang: "fr" }));
    const dialog = await open(page);
    await dialog.getByRole("button", { name: "Send", exact: true }).waitFor();
  });

  it("is the browser's where neither tag nor page says one", async () => {
    const page = await stage.page({ locale: "fi-FI" });
    await page.goto(await site(plain, { lang: "" }));
    const dialog = await open(page);
    await dialog.getByRole("heading", { name: "Ota yhteyttä" }).waitFor();
  });
});
