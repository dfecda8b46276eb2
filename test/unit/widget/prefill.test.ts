import { describe, expect, it } from "vitest";
import type { PublicField } from "../../../shared/lead-fields.ts";
import de from "../../../widget/app/locales/de.ts";
import en, { type Texts } from "../../../widget/app/locales/en.ts";
import { type Given, prefill } from "../../../widget/form/prefill.ts";
import { problemText } from "../../../widget/form/problems.ts";
import { readForm } from "../../../widget/form/request.ts";
import type { FormCore, FormState } from "../../../widget/form/state.ts";
import { bound } from "../../../widget/more/bound.ts";
import * as more from "../../../widget/more/more.ts";

const field = (name: string, type: PublicField["type"], more: Partial<PublicField> = {}): PublicField => ({
  ...{ name, type, label: name, required: false },
  ...more,
});

/** What the fields hold after a prefill. */
function filled(
  fields: PublicField[],
  given: Partial<Given>,
  tag: Record<string, string> = {},
  query: Record<string, string> = {},
) {
  const state = {
    answers: Object.create(null),
    form: { fields },
    more,
    query: (name: string) => query[name],
  } as unknown as FormState;
  state.sender = { read: () => readForm({ fields }, state.answers, state) } as FormState["sender"];
  const script = { getAttribute: (name: string) => tag[name] ?? null };
  prefill({ state, it: { script } } as unknown as FormCore, new Set(["touched"]), {
    prefill: {},
    identify: {},
    ...given,
  });
  return { ...state.answers };
}

describe("prefill", () => {
  it("finds a person's fields by name, by kind, by autocomplete", () => {
    const fields = [field("mail", "email"), field("who", "text", { autocomplete: "name" }), field("company", "text")];
    const person = { email: "a@example.com", name: "Ada", company: "Halyard" };
    expect(filled(fields, { identify: person })).toEqual({ mail: "a@example.com", who: "Ada", company: "Halyard" });
  });

  it("takes the next best source where the best says nothing that the field takes", () => {
    const fields = [field("a", "email"), field("touched", "text")];
    const tag = { "data-prefill-a": "t@b.example", "data-prefill-touched": "x" };
    expect(filled(fields, { prefill: { a: "no address" } }, tag)).toEqual({ a: "t@b.example" });
    expect(filled(fields, { prefill: { a: "" } }, tag, { foyer_a: "q@b.example" })).toEqual({ a: "q@b.example" });
  });

  it("knows what each kind is written as", () => {
    const options = ["x", "y"].map((value) => ({ value, label: value }));
    const fields = [
      ...[field("n", "number"), field("b", "checkbox"), field("off", "checkbox"), field("r", "rating")],
      ...[field("c", "checkboxes", { options }), field("s", "select", { options })],
    ];
    const values = { n: 2.5, b: "on", off: "false", r: 4, c: ["y", "x"], s: "z" };
    expect(filled(fields, { prefill: values })).toEqual({
      n: "2.5",
      b: true,
      off: false,
      r: "4",
      c: ["x", "y"],
      s: undefined,
    });
  });

  it("fills nothing only because a field is called like one of JavaScript's own", () => {
    expect(filled([field("constructor", "text"), field("toString", "checkbox")], {})).toEqual({ toString: false });
  });
});

describe("the bound that was passed", () => {
  const said = (asked: PublicField, code: string, texts: Texts = en) =>
    problemText({ code, limit: bound(asked, code) }, texts);

  it("is named by number, by time, and by day, as the visitor's language writes them", () => {
    const number = field("f", "number", { min: 1, max: 5_000, step: 0.000_5 });
    expect(said(number, "too_small")).toBe("Please enter at least 1.");
    expect(said(number, "too_large")).toBe("Please enter at most 5,000.");
    expect(said(number, "too_large", de)).toContain(" 5.000 ");
    expect(said(number, "step", de)).toContain(" 0,0005 ");
    expect(said(field("f", "time", { max: "17:00" }), "too_late")).toBe("Please choose 17:00 or earlier.");
    const day = field("f", "date", { min: "2026-03-01" });
    expect(said(day, "too_early")).toBe("Please choose March 1, 2026 or later.");
    expect(said(day, "too_early", de)).toContain("1. März 2026");
    expect(said(field("f", "checkboxes", { min: 1 }), "too_few")).toBe("Please choose at least 1 option.");
    expect(bound(field("f", "text", { max_length: 5 }), "too_long")).toBeUndefined();
  });
});
