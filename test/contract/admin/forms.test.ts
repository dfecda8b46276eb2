import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, wrong } from "../../support/asking.ts";
import { capture, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { asAdmin } from "../../support/spam.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const ID = "0197a1b2-0000-8000-8000-000000000000";
const field = (name: string, more: object = {}) => ({ name, type: "text", label: name, ...more });
const post = (body: object) => asAdmin(at, to, "POST", "/forms", body);
const patch = (id: string, body: object) => asAdmin(at, to, "PATCH", `/forms/${id}`, body);
const refused = async (body: object) => wrong(await expectProblem(await post(body), 422, "invalid-fields"));

describe("a form", () => {
  it("is made of its fields with sensible settings, and found again", async () => {
    const made = await post({ id: ID.toUpperCase(), name: "Form", fields: [field("a")] });
    expect(made.status).toBe(201);
    const body = await made.json();
    expect(body).toEqual({
      id: ID,
      owner_id: null,
      pipeline_id: null,
      name: "Form",
      mode: "form",
      fields: [{ ...field("a"), required: false }],
      texts: {},
      theme: { scheme: "auto", position: "end" },
      allowed_origins: [],
      allow_null_origin: false,
      allow_missing_origin: true,
      duplicate_policy: "identical",
      is_processable: false,
      rate_limit_per_minute: 600,
      address_rate_limit_per_minute: 20,
      min_elapsed_ms: 1_500,
      max_links: 3,
      challenge: "suspected",
      lead_type: "Sales",
      created_at: "2026-03-02T10:00:00.000Z",
      updated_at: "2026-03-02T10:00:00.000Z",
    });
    expect(await (await asAdmin(at, to, "GET", `/forms/${ID}`)).json()).toEqual(body);
  });

  it("has an id that names its database, made or given", async () => {
    const { id } = await (await post({ name: "F", fields: [field("a")] })).json<{ id: string }>();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{8}0000$/);
    for (const bad of [crypto.randomUUID(), ID.replace(/0000$/, "0001"), "1"]) {
      expect(await refused({ id: bad, name: "F", fields: [field("a")] })).toEqual(["id format"]);
    }
  });

  it("of a taken id is 409, of one's own and of another's alike", async () => {
    expect((await post({ id: ID, name: "F", fields: [field("a")] })).status).toBe(201);
    await expectProblem(await post({ id: ID, name: "G", fields: [field("a")] }), 409, "conflict");
    const other = await tenant(at);
    const stolen = await asAdmin(at, other, "POST", "/forms", { id: ID, name: "G", fields: [field("a")] });
    await expectProblem(stolen, 409, "conflict");
    await expectProblem(await asAdmin(at, other, "GET", `/forms/${ID}`), 404, "not-found");
  });

  it("changes just what is given, for visitors at once", async () => {
    const before = await (await asAdmin(at, to, "GET", `/forms/${to.formId}`)).json<object>();
    await capture(at, to.formId);
    at.clock.now += 1_000;
    const changed = await patch(to.formId, { fields: [field("only", { required: true })] });
    const fields = [{ ...field("only"), required: true }];
    expect(await changed.json()).toEqual({ ...before, fields, updated_at: "2026-03-02T10:00:01.000Z" });
    expect((await capture(at, to.formId, { data: { only: "x" } })).status).toBe(201);
    await expectProblem(await patch(crypto.randomUUID(), {}), 404, "not-found");
    expect(wrong(await expectProblem(await patch(to.formId, { max_links: -1 }), 422, "invalid-fields"))).toEqual([
      "max_links too_small",
    ]);
  });

  const FIELDS: [what: string, fields: unknown, wrong: string[]][] = [
    ["none", [], ["fields too_small"]],
    ["more than 200", Array.from({ length: 201 }, (_, index) => field(`f${index}`)), ["fields too_big"]],
    ["a name twice", [field("a"), field("a")], ["fields.1.name custom"]],
    [
      "two names of a person",
      [field("a", { maps_to: "email" }), field("b", { maps_to: "email" })],
      ["fields.1.maps_to custom"],
    ],
    ["a select without options", [field("a", { type: "select" })], ["fields.0.options custom"]],
    ["a select with none", [field("a", { type: "select", options: [] })], ["fields.0.options too_small"]],
    ["options of a text", [field("a", { options: [{ value: "x", label: "X" }] })], ["fields.0.options custom"]],
    [
      "a checkbox that names a person",
      [field("a", { type: "checkbox", maps_to: "name" })],
      ["fields.0.maps_to custom"],
    ],
    ["lengths that exclude all", [field("a", { min_length: 5, max_length: 4 })], ["fields.0.min_length custom"]],
    ["a name that begins with _", [field("__proto__")], ["fields.0.name invalid_format"]],
    ["a name with a space", [field("a b")], ["fields.0.name invalid_format"]],
    ["a name past its limit", [field("a".repeat(65))], ["fields.0.name too_big"]],
    ["a type that is none", [field("a", { type: "file" })], ["fields.0.type invalid_value"]],
    ["keys that are none", [field("a", { pattern: ".*" })], ["fields.0.pattern unrecognized_keys"]],
  ];
  it.each(FIELDS)("is refused with fields that have %s", async (_what, fields, expected) => {
    expect(await refused({ name: "F", fields })).toEqual(expected);
  });

  const SETTINGS: [settings: object, wrong: string[]][] = [
    [{ name: "" }, ["name too_small"]],
    [{ mode: "popup" }, ["mode invalid_value"]],
    [{ thank_you_url: "http://shop.example" }, ["thank_you_url invalid_format"]],
    [{ thank_you_url: "javascript:alert(1)" }, ["thank_you_url invalid_format"]],
    [{ consent: { version: "1", text: "x", url: "javascript:alert(1)" } }, ["consent.url invalid_format"]],
    [{ allowed_origins: ["shop.example"] }, ["allowed_origins.0 invalid_format"]],
    [{ allowed_origins: ["https://shop.example/"] }, ["allowed_origins.0 invalid_format"]],
    [{ allowed_origins: ["https://*"] }, ["allowed_origins.0 invalid_format"]],
    [{ allowed_origins: Array(101).fill("*") }, ["allowed_origins too_big"]],
    [{ duplicate_policy: "never" }, ["duplicate_policy invalid_value"]],
    [{ mode: "chat", duplicate_policy: "contact" }, ["duplicate_policy custom"]],
    [{ rate_limit_per_minute: 0 }, ["rate_limit_per_minute too_small"]],
    [{ theme: { accent: "red;}" } }, ["theme.accent invalid_format"]],
    [{ owner: 1, organization_id: 2 }, ["owner unrecognized_keys", "organization_id unrecognized_keys"]],
  ];
  it.each(SETTINGS)("is refused as %j", async (settings, expected) => {
    expect(await refused({ name: "F", fields: [field("a")], ...settings })).toEqual(expected);
  });

  it("with consent keeps the name consent for it; without, a field may have it", async () => {
    const fields = [field("consent")];
    const consent = { version: "1", text: "I agree." };
    expect(await refused({ name: "F", fields, consent })).toEqual(["fields custom"]);
    const { id } = await (await post({ name: "F", fields })).json<{ id: string }>();
    const problem = await expectProblem(await patch(id, { consent }), 422, "invalid-fields");
    expect(wrong(problem)).toEqual(["fields custom"]);
  });

  it("that refuses a person's second request becomes no chat, which is its visitor's", async () => {
    const { id } = await (await post({ name: "F", fields: [field("a")], duplicate_policy: "contact" })).json<{
      id: string;
    }>();
    const problem = await expectProblem(await patch(id, { mode: "chat" }), 422, "invalid-fields");
    expect(wrong(problem)).toEqual(["duplicate_policy custom"]);
    expect((await patch(id, { mode: "chat", duplicate_policy: "off" })).status).toBe(200);
  });
});
