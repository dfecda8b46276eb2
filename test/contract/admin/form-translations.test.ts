import { beforeEach, describe, expect, it } from "vitest";
import { FORM_LANGUAGES_LIMIT, TEXT_LIMIT_CHARS } from "../../../shared/limits.ts";
import { expectProblem, wrong } from "../../support/asking.ts";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { asAdmin } from "../../support/spam.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const FIELDS = [
  { name: "a", type: "text", label: "A" },
  { name: "s", type: "select", label: "S", options: [{ value: "x", label: "X" }] },
];
const make = (settings: object) => asAdmin(at, to, "POST", "/forms", { name: "F", fields: FIELDS, ...settings });
const refused = async (translations: unknown, more: object = {}) =>
  wrong(await expectProblem(await make({ translations, ...more }), 422, "invalid-fields"));

describe("a form's translations", () => {
  it("are kept as they were given, changed as one, and taken away by {}", async () => {
    const translations = {
      de: { texts: { title: "Hallo" }, fields: { s: { label: "Es", options: [{ value: "x", label: "Iks" }] } } },
      "zh-Hant": { consent: { text: "我同意" } },
    };
    const consent = { version: "1", text: "I agree." };
    const made = await make({ locale: "en-GB", consent, translations });
    expect(made.status).toBe(201);
    const { id, ...body } = await made.json<{ id: string }>();
    expect(body).toMatchObject({ locale: "en-GB", translations });
    const patch = (change: object) => asAdmin(at, to, "PATCH", `/forms/${id}`, change);
    expect(await (await patch({ translations: { fi: {} } })).json()).toMatchObject({ translations: { fi: {} } });
    expect(await (await patch({ translations: {}, locale: null })).json()).toMatchObject({
      translations: {},
      locale: null,
    });
  });

  it("name the steps, all of them or none", async () => {
    const steps = [
      { title: "One", fields: ["a"] },
      { title: "Two", fields: ["s"] },
    ];
    expect((await make({ steps, translations: { de: { steps: ["Eins", "Zwei"] } } })).status).toBe(201);
    expect(await refused({ de: { steps: ["Eins"] } }, { steps })).toEqual(["translations.de.steps custom"]);
    expect(await refused({ de: { steps: ["Eins", "Zwei"] } })).toEqual(["translations.de.steps custom"]);
  });

  it.each([
    ["a tag that is none", { german: {} }, ["translations.german invalid_key"]],
    ["a tag with an underscore", { de_DE: {} }, ["translations.de_DE invalid_key"]],
    ["a language twice", { de: {}, DE: {} }, ["translations.DE custom"]],
    ["a key that is none", { de: { labels: {} } }, ["translations.de.labels unrecognized_keys"]],
    ["a text that is none", { de: { texts: { button: "x" } } }, ["translations.de.texts.button unrecognized_keys"]],
    ["a field that is none", { de: { fields: { b: { label: "B" } } } }, ["translations.de.fields.b custom"]],
    [
      "what is no word of a field",
      { de: { fields: { a: { required: true } } } },
      ["translations.de.fields.a.required unrecognized_keys"],
    ],
    [
      "an option that is none",
      { de: { fields: { s: { options: [{ value: "y", label: "Y" }] } } } },
      ["translations.de.fields.s.options.0.value custom"],
    ],
    [
      "an option twice",
      { de: { fields: { s: { options: Array(2).fill({ value: "x", label: "Y" }) } } } },
      ["translations.de.fields.s.options.1.value custom"],
    ],
    [
      "options of a text",
      { de: { fields: { a: { options: [{ value: "x", label: "Y" }] } } } },
      ["translations.de.fields.a.options.0.value custom"],
    ],
    ["consent that is not asked for", { de: { consent: { text: "Ja" } } }, ["translations.de.consent custom"]],
    [
      "a text past its limit",
      { de: { texts: { title: "x".repeat(TEXT_LIMIT_CHARS + 1) } } },
      ["translations.de.texts.title too_big"],
    ],
  ])("are refused with %s", async (_what, translations, expected) => {
    expect(await refused(translations)).toEqual(expected);
  });

  it("are refused in the form's own language, in too many, and with a language of the form that is none", async () => {
    expect(await refused({ EN: {} }, { locale: "en" })).toEqual(["translations.EN custom"]);
    const letters = "abcdefghijklmnopqrstuvwxyz";
    const tags = Array.from({ length: FORM_LANGUAGES_LIMIT + 1 }, (_, n) => `a${letters[n % 26]}${letters[n % 25]}`);
    expect(await refused(Object.fromEntries(tags.map((tag) => [tag, {}])))).toEqual(["translations custom"]);
    expect(await refused({}, { locale: "English!" })).toEqual(["locale invalid_format"]);
  });

  it("may not speak of what a change takes away", async () => {
    const { id } = await (await make({ translations: { de: { fields: { a: { label: "Ah" } } } } })).json<{
      id: string;
    }>();
    const change = { fields: FIELDS.slice(1) };
    const problem = await expectProblem(await asAdmin(at, to, "PATCH", `/forms/${id}`, change), 422, "invalid-fields");
    expect(wrong(problem)).toEqual(["translations.de.fields.a custom"]);
  });
});
