import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, orgLeads, wrong } from "../../support/asking.ts";
import { capture, type Edge, edge, form, lead, somebody, type Tenant, tenant } from "../../support/edge.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const text = (name: string, more: object = {}) => ({ name, type: "text", label: name, ...more });
const raw = (id: string, data: string) =>
  at.send("POST", `/v1/forms/${id}/leads`, { body: `{"submission_id":"${crypto.randomUUID()}","data":${data}}` });
const collected = async () => (await orgLeads(at, to)).map(({ data }) => data);

describe("strange input", () => {
  const NAMES = ["constructor", "toString", "hasOwnProperty", "valueOf", "isPrototypeOf"];

  it("in fields that are called like what every object has is an answer like any other", async () => {
    const id = await form(at, to.id, { fields: NAMES.map((name) => text(name)) });
    const data = Object.fromEntries(NAMES.map((name) => [name, `value of ${name}`]));
    await lead(at, id, { data });
    expect(await collected()).toEqual([data]);
  });

  it("in such fields is missing where it is missing", async () => {
    const id = await form(at, to.id, { fields: NAMES.map((name) => text(name, { required: true })) });
    const problem = await expectProblem(await capture(at, id, { data: {} }), 422, "invalid-fields");
    expect(wrong(problem)).toEqual(NAMES.map((name) => `${name} required`));
  });

  it("that is called like a prototype reaches none, and is not kept", async () => {
    const person = `"email":"a@b.example"`;
    await raw(to.formId, `{${person},"__proto__":{"email":"x","polluted":"yes"}}`);
    await raw(to.formId, `{${person},"constructor":{"prototype":{"polluted":"yes"}}}`);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    for (const data of await collected()) expect(data).toEqual({ email: "a@b.example" });
  });

  it("with NUL and lone surrogates is kept well-formed, and can be read and found again", async () => {
    const response = await raw(
      to.formId,
      `{"email":"a@b.example","message":"a\\u0000b \\ud800 c \\udc00\\ud83d\\ude00"}`,
    );
    expect(response.status).toBe(201);
    expect(await collected()).toEqual([{ email: "a@b.example", message: "ab \ufffd c \ufffd😀" }]);
  });

  it("that differs by NUL alone is the same request", async () => {
    expect((await raw(to.formId, `{"email":"a@b.example","message":"a"}`)).status).toBe(201);
    await raw(to.formId, `{"email":"a@b.example","message":"a\\u0000"}`);
    expect(await collected()).toHaveLength(1);
  });

  it("in any script and of any length of name is kept as it came", async () => {
    const data = {
      ...somebody(),
      name: "Þórhildur Ægisdóttir-李小龍 👩‍👩‍👧 محمد",
      message: "שלום\u200f — “ok”\n\t\\ \" ' %_ ; --",
    };
    await lead(at, to.formId, { data });
    expect(await collected()).toEqual([data]);
  });

  it("of 200 fields is one lead with all of them", async () => {
    const names = Array.from({ length: 200 }, (_, index) => `f${index}`);
    const id = await form(at, to.id, { fields: names.map((name) => text(name)) });
    const data = Object.fromEntries(names.map((name, index) => [name, `${"v".repeat(900)} ${index}`]));
    await lead(at, id, { data });
    expect(await collected()).toEqual([data]);
  });

  it("as deep as the limit allows is judged as an answer, not as nesting", async () => {
    const nested = `${"[".repeat(30)}${"]".repeat(30)}`;
    await expectProblem(await raw(to.formId, `{"email":${nested}}`), 422, "invalid-fields");
    await expectProblem(await raw(to.formId, `{"email":[${nested}]}`), 400, "malformed");
  });

  it("with the same key twice counts the last, as JSON says", async () => {
    await raw(to.formId, `{"email":"first@b.example","email":"last@b.example"}`);
    expect(await collected()).toEqual([{ email: "last@b.example" }]);
  });
});
