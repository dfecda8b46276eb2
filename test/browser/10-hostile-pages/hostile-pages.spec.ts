import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { picture } from "../support/pictures.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, newEmail, openPopup, send, violations } from "../support/visitor.ts";

const NONCE = "c2l0ZQ";
let stage: Stage;
let form: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form();
});
afterAll(() => stage?.end());

const inHead = (html: string, head: string): string => html.replace("</head>", `${head}</head>`);

/** Opens, makes mistakes, mends them, sends, and finds the one lead; axe has nothing against any state. */
async function fromOpenToSent(page: Page, name: string): Promise<void> {
  const email = newEmail();
  const dialog = await openPopup(page);
  await picture(page, `${name}-open`);
  expect(await violations(page)).toEqual([]);
  await send(dialog);
  await dialog.getByText("Please check the marked fields.").waitFor();
  await picture(page, `${name}-errors`);
  expect(await violations(page)).toEqual([]);
  await fillIn(dialog, email);
  await send(dialog);
  await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
  await picture(page, `${name}-sent`);
  expect(await violations(page)).toEqual([]);
  expect(await stage.leadsOf(email)).toHaveLength(1);
}

describe("a page with a strict policy", () => {
  it("reports no violation in any state", async () => {
    const page = await stage.page({ reducedMotion: "reduce" });
    const policy =
      `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic'; style-src 'self'; ` +
      `connect-src ${stage.server.url}; require-trusted-types-for 'script'; trusted-types 'none'`;
    await page.addInitScript(() => {
      const violated: string[] = [];
      Object.assign(window, { violated });
      document.addEventListener("securitypolicyviolation", (event) => violated.push(event.violatedDirective));
    });
    const html = sitePage(tag(stage.server, form, `nonce="${NONCE}"`));
    await page.goto(await stage.site(html, { "content-security-policy": policy }));
    const dialog = await openPopup(page);
    const email = newEmail();
    await send(dialog);
    await dialog.getByText("Please check the marked fields.").waitFor();
    await fillIn(dialog, email);
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(await page.evaluate(() => (window as unknown as { violated: string[] }).violated)).toEqual([]);
    expect(page.errors).toEqual([]);
  });
});

/** What page authors, resets and old frameworks do to elements they have never met. */
const STYLES: [string, string][] = [
  ["unset on everything", "* { all: unset !important; }"],
  ["empty elements hidden", "div:empty, foyer-form:empty, :empty { display: none !important; visibility: hidden; }"],
  ["a huge root font", "html { font-size: 48px !important; line-height: 3 !important; }"],
  [
    "everything inherited pulled about",
    `* { letter-spacing: 1em !important; word-spacing: 2em !important; text-transform: uppercase !important;
      text-align: justify !important; line-height: 4 !important; visibility: visible; cursor: none !important; }`,
  ],
  [
    "every element in the way",
    `* { position: static !important; float: left !important; width: 20px !important; opacity: .9;
      box-sizing: content-box !important; pointer-events: auto; }`,
  ],
  [
    "hostile hosts and bodies",
    `html { all: initial; transform: none; } body { all: initial; overflow: hidden; height: 20px; }
      button, input, select, textarea, form, label, dialog, section { all: initial !important; display: none !important; }`,
  ],
];

describe("a page whose styles hit everything", () => {
  it.each(STYLES)("%s: the form looks as it does elsewhere", async (name, css) => {
    const look = async (styles: string) => {
      const page = await stage.page({ viewport: { width: 1000, height: 900 }, reducedMotion: "reduce" });
      await page.goto(await stage.site(inHead(sitePage(tag(stage.server, form)), `<style>${styles}</style>`)));
      const launcher = page.locator("foyer-form button").first();
      await launcher.click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").waitFor();
      await picture(page, `hostile-css-${name.replaceAll(" ", "-")}${styles ? "" : "-none"}`);
      const boxes = await dialog.locator("label, input, select, textarea, button, h2").evaluateAll((elements) =>
        elements.map((element) => {
          const { width, height } = element.getBoundingClientRect();
          const { fontSize, letterSpacing, textTransform, color } = getComputedStyle(element);
          return [
            element.tagName,
            Math.round(width),
            Math.round(height),
            fontSize,
            letterSpacing,
            textTransform,
            color,
          ];
        }),
      );
      const found = await violations(page);
      return {
        page,
        boxes,
        launcher: await launcher.boundingBox(),
        ofOurs: found.filter((text) => /foyer/.test(text)),
      };
    };
    const plain = await look("");
    const styled = await look(css);
    expect(styled.boxes).toEqual(plain.boxes);
    expect(styled.launcher).toEqual(plain.launcher);
    expect(styled.ofOurs).toEqual([]);
    expect(styled.page.errors).toEqual([]);
  });

  it("an inline form inside of all: initial keeps its own looks", async () => {
    const page = await stage.page();
    const inline = tag(stage.server, form, `data-mode="inline" data-target="#place"`);
    const css = "<style>main, #place { all: initial !important; } #place * { display: none; }</style>";
    await page.goto(await stage.site(inHead(sitePage(inline), css)));
    await page.getByLabel("Name").waitFor();
    expect(await page.locator("foyer-form").evaluate((host) => getComputedStyle(host).display)).toBe("block");
    await picture(page, "inline-in-all-initial");
  });
});

/** Each breaks something that scripts believe in. */
const SCRIPTS: [string, string][] = [
  [
    "prototypes extended as frameworks did",
    `Object.prototype.extend = function () {}; Object.prototype.each = "each"; Object.prototype.value = undefined;
    Array.prototype.remove = function () {}; Array.prototype.first = "first"; String.prototype.trim2 = function () {};
    Function.prototype.method = function () {}; Element.prototype.show = function () {};`,
  ],
  [
    "polluted with what a form's definition may hold",
    `Object.prototype.theme = { accent: "red" }; Object.prototype.label = "polluted"; Object.prototype.lead = "x";
    Object.prototype.email = "polluted@example.com"; Object.prototype.name2 = 1; Object.prototype.id = "polluted";`,
  ],
  [
    "fetch wrapped, as by a monitor",
    `const own = fetch; window.fetch = async function (...values) { const answer = await own.apply(this, values);
    answer.clone().text(); return answer; };`,
  ],
  [
    "history, timers and listeners wrapped",
    `for (const name of ["setTimeout", "requestAnimationFrame"]) { const own = window[name];
      window[name] = (work, ...rest) => own(() => { try { work(); } catch (error) { throw error; } }, ...rest); }
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, heard, options) {
      return add.call(this, type, heard && function (event) { return (heard.handleEvent ?? heard).call(this, event); }, options); };`,
  ],
  ["Promise overwritten by an old polyfill", `window.Promise = class extends Promise {}; Promise.resolve(1);`],
];

describe("a page whose scripts change the language", () => {
  it.each(SCRIPTS)("%s: the form is sent as ever", async (name, script) => {
    const page = await stage.page({ reducedMotion: "reduce" });
    await page.goto(await stage.site(inHead(sitePage(tag(stage.server, form)), `<script>${script}</script>`)));
    const email = newEmail();
    await page.locator("foyer-form button").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").waitFor();
    await picture(page, `hostile-script-${name.split(" ")[0]}`);
    await fillIn(dialog, email);
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    const [lead, ...more] = await stage.leadsOf(email);
    expect(more).toEqual([]);
    expect(lead?.data).toMatchObject({ name: "Ada Rey", email });
    expect(page.errors).toEqual([]);
  });

  it("JSON broken: says that it could not be sent, and keeps what was entered", async () => {
    const page = await stage.page();
    await page.goto(await stage.site(sitePage(tag(stage.server, form))));
    const dialog = await openPopup(page);
    await fillIn(dialog, newEmail());
    await page.evaluate(() => {
      const own = JSON.stringify;
      // Whoever drives this browser needs it, too.
      JSON.stringify = (value: { submission_id?: string }) => {
        if (value?.submission_id) throw new Error("no JSON here");
        return own(value);
      };
    });
    await send(dialog);
    await dialog.getByRole("alert").filter({ hasText: "This could not be sent." }).waitFor();
    expect(await dialog.getByLabel("Name").inputValue()).toBe("Ada Rey");
  });
});

describe("an ordinary page", () => {
  it("has nothing against any state", async () => {
    const page = await stage.page({ reducedMotion: "reduce" });
    await page.goto(await stage.site(sitePage(tag(stage.server, form))));
    await fromOpenToSent(page, "plain");
  });

  it("loads nothing whose name a blocker's list goes by", async () => {
    const page = await stage.page();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(await stage.site(sitePage(tag(stage.server, form))));
    await fromOpenToSent(page, "names");
    const names = await page.locator("foyer-form").evaluate((host) => {
      const elements = [host, ...(host.shadowRoot?.querySelectorAll("*") ?? [])];
      return elements.flatMap((element) => [element.localName, element.id, ...element.classList]);
    });
    const stored = await page.evaluate(() => Object.keys(localStorage));
    expect(asked.length).toBeGreaterThan(4);
    for (const name of [...asked, ...names, ...stored]) {
      expect(name).not.toMatch(
        /\bads?\b|advert|banner|track|analytic|beacon|pixel|collect|metric|telemetry|sponsor|popup/i,
      );
    }
  });
});
