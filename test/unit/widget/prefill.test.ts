import { describe, expect, it } from "vitest";
import type { PublicField } from "../../../shared/lead-fields.ts";
import { type Given, prefill } from "../../../widget/form/prefill.ts";
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
  it("is named by number, by time, and by day as the browser writes days", () => {
    expect(bound(field("f", "number", { min: 1, max: 5, step: 2 }), "too_small")).toBe(1);
    expect(bound(field("f", "number", { min: 1, max: 5, step: 2 }), "too_large")).toBe(5);
    expect(bound(field("f", "number", { min: 1, max: 5, step: 2 }), "step")).toBe(2);
    expect(bound(field("f", "time", { max: "17:00" }), "too_late")).toBe("17:00");
    const day = new Date(2026, 2, 1).toLocaleDateString();
    expect(bound(field("f", "date", { min: "2026-03-01" }), "too_early")).toBe(day);
    expect(bound(field("f", "text", { max_length: 5 }), "too_long")).toBeUndefined();
  });
});
