import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, wrong } from "../../support/asking.ts";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { asAdmin } from "../../support/spam.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const field = (name: string, type: string, more: object = {}) => ({ name, type, label: name, ...more });
const options = ["x", "y"].map((value) => ({ value, label: value }));
const post = (body: object) => asAdmin(at, to, "POST", "/forms", { name: "F", ...body });
const refused = async (body: object) => wrong(await expectProblem(await post(body), 422, "invalid-fields"));
const nested = (depth: number): object => (depth === 0 ? { field: "t", op: "filled" } : { all: [nested(depth - 1)] });

const EVERY = [
  field("t", "text", { min_length: 1, max_length: 9 }),
  field("u", "url", { placeholder: "www.example.com" }),
  field("n", "number", { min: -1.5, max: 10, step: 0.5 }),
  field("r", "radio", { options, maps_to: "title" }),
  field("c", "checkboxes", { options, min: 1, max: 2 }),
  field("d", "date", { min: "2026-01-01", max: "2026-12-31" }),
  field("h", "time", { min: "09:00", max: "17:30" }),
  field("g", "rating", { max: 10 }),
  field("b", "checkbox"),
  field("q", "hidden", { query: "utm_source" }),
];

describe("a form's rare fields", () => {
  it("are taken with everything that their kind knows, served to visitors, and found again", async () => {
    const fields = EVERY.map((given) => ({ ...given, required: false }));
    const made = await (await post({ fields })).json<{ id: string; fields: object[] }>();
    expect(made.fields).toEqual(fields);
    const served = await (await at.send("GET", `/v1/forms/${made.id}`)).json<{
      fields: object[];
      needs_more: unknown;
    }>();
    expect(served.needs_more).toBe(true);
    expect(served.fields).toEqual(fields.map((given) => ({ ...given, maps_to: undefined })));
  });

  const WRONG: [what: string, field: object, wrong: string][] = [
    ["radio buttons without options", field("a", "radio"), "options custom"],
    ["an option twice", field("a", "radio", { options: [...options, ...options] }), "options custom"],
    [
      "an option with space at its end",
      field("a", "radio", { options: [{ value: "x ", label: "" }] }),
      "options custom",
    ],
    ["a length of a number", field("a", "number", { max_length: 5 }), "max_length custom"],
    ["bounds of a text", field("a", "text", { min: 1 }), "min custom"],
    ["a least rating", field("a", "rating", { min: 1 }), "min custom"],
    ["a rating of too few", field("a", "rating", { max: 2 }), "max custom"],
    ["a rating of too many", field("a", "rating", { max: 11 }), "max custom"],
    ["a number's bound as a text", field("a", "number", { min: "1" }), "min custom"],
    ["a bound that is no number of ours", field("a", "number", { max: 1e300 }), "max custom"],
    ["no day of the calendar", field("a", "date", { min: "2026-02-30" }), "min custom"],
    ["a time not as answers have it", field("a", "time", { max: "9:00" }), "max custom"],
    ["more boxes than there are", field("a", "checkboxes", { options, max: 3 }), "max custom"],
    ["bounds that exclude all", field("a", "date", { min: "2026-02-02", max: "2026-02-01" }), "min custom"],
    ["steps of a date", field("a", "date", { step: 1 }), "step custom"],
    ["no step at all", field("a", "number", { step: 0 }), "step too_small"],
    ["a placeholder where there is no room", field("a", "date", { placeholder: "x" }), "placeholder custom"],
    ["a date that names a person", field("a", "date", { maps_to: "name" }), "maps_to custom"],
    ["a hidden field that nobody could mend", field("a", "hidden", { required: true }), "required custom"],
  ];
  it.each(WRONG)("are refused with %s", async (_what, one, expected) => {
    expect(await refused({ fields: [one] })).toEqual([`fields.0.${expected}`]);
  });
});

describe("a condition", () => {
  const RIGHT: object[] = [
    { field: "t", op: "contains", value: "x" },
    { field: "u", op: "filled" },
    { field: "n", op: "gte", value: 2.5 },
    { field: "r", op: "not_equals", value: "x" },
    { field: "c", op: "contains", value: "y" },
    { field: "d", op: "lt", value: "2026-06-01" },
    { field: "h", op: "equals", value: "09:30" },
    { field: "g", op: "lte", value: 6 },
    { field: "b", op: "equals", value: true },
    { field: "q", op: "equals", value: "newsletter" },
    { any: [{ all: [nested(0), { field: "b", op: "empty" }] }, nested(1)] },
  ];
  it.each(RIGHT)("may be %j", async (visible_if) => {
    expect((await post({ fields: [...EVERY, field("z", "text", { visible_if })] })).status).toBe(201);
  });

  const WRONG: [what: string, condition: unknown, code: string][] = [
    ["itself", { field: "z", op: "filled" }, "custom"],
    ["a later field", { field: "later", op: "filled" }, "custom"],
    ["a field that is none", { field: "none", op: "filled" }, "custom"],
    ["without the value it needs", { field: "t", op: "equals" }, "custom"],
    ["with a value it does not take", { field: "t", op: "empty", value: "x" }, "custom"],
    ["of what is no option", { field: "r", op: "equals", value: "w" }, "custom"],
    ["whether several options are one", { field: "c", op: "equals", value: "x" }, "custom"],
    ["whether a text is more", { field: "t", op: "gt", value: "x" }, "custom"],
    ["a number by a text", { field: "n", op: "gt", value: "1" }, "custom"],
    ["what a date contains", { field: "d", op: "contains", value: "2026" }, "custom"],
    ["nested too deep", nested(4), "custom"],
    ["too many tests", { all: [{ any: Array(15).fill(nested(0)) }, { any: Array(15).fill(nested(0)) }] }, "custom"],
    ["of an operator that is none", { field: "t", op: "matches", value: "x" }, "invalid_union"],
    ["of nothing", { all: [] }, "too_small"],
    ["of all and any at once", { all: [nested(0)], any: [nested(0)] }, "invalid_union"],
  ];
  it.each(WRONG)("is refused: %s", async (_what, visible_if, code) => {
    const fields = [...EVERY, field("z", "text", { visible_if }), field("later", "text")];
    const at = EVERY.length;
    expect(await refused({ fields })).toEqual([expect.stringMatching(`^fields\\.${at}\\.visible_if.* ${code}$`)]);
  });
});

describe("steps", () => {
  const fields = [field("a", "text"), field("h", "hidden"), field("b", "text"), field("c", "text")];
  const steps = (...names: string[][]) => names.map((fields, index) => ({ title: `Step ${index}`, fields }));

  it("ask every field that people see, in its order; and are given up with null", async () => {
    const asked = steps(["a", "b"], ["c"]);
    const { id } = await (await post({ fields, steps: asked })).json<{ id: string }>();
    const served = async () => (await at.send("GET", `/v1/forms/${id}`)).json();
    expect(await served()).toMatchObject({ steps: asked, needs_more: true });
    await asAdmin(at, to, "PATCH", `/forms/${id}`, { steps: null });
    expect(Object.keys((await served()) as object)).not.toContain("steps");
  });

  it.each([
    ["only one", steps(["a", "b", "c"]), "steps too_small"],
    ["a field left out", steps(["a"], ["b"]), "steps custom"],
    ["a field twice", steps(["a", "b"], ["b", "c"]), "steps custom"],
    ["another order", steps(["b", "a"], ["c"]), "steps custom"],
    ["a field that is none", steps(["a", "b"], ["c", "d"]), "steps custom"],
    ["a hidden field", steps(["a", "h", "b"], ["c"]), "steps custom"],
    ["an empty step", steps(["a", "b", "c"], []), "steps.1.fields too_small"],
    ["a step without a title", [...steps(["a", "b"]), { title: "", fields: ["c"] }], "steps.1.title too_small"],
  ])("are refused with %s", async (_what, given, expected) => {
    expect(await refused({ fields, steps: given })).toEqual([expected]);
  });
});
