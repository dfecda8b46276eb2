import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, wrong } from "../../support/asking.ts";
import { capture, type Edge, edge, form, type Tenant, tenant } from "../../support/edge.ts";
import { count } from "../../support/rows.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const post = (body: string, type = "application/json", id = to.formId) =>
  at.send("POST", `/v1/forms/${id}/leads`, { body, headers: { "content-type": type } });
const deep = (levels: number): string => `{"submission_id":"x","data":${"[".repeat(levels)}${"]".repeat(levels)}}`;

describe("a request that cannot be read", () => {
  const key = "0197a1b2-0000-7000-8000-000000000001";
  const MALFORMED: [what: string, body: string][] = [
    ["is no JSON", "{"],
    ["is empty", ""],
    ["is no object", "[]"],
    ["has no submission_id", '{"data":{}}'],
    ["has a submission_id that is no UUID", '{"submission_id":"1","data":{}}'],
    ["has no data", `{"submission_id":"${key}"}`],
    ["has data that is no object", `{"submission_id":"${key}","data":[]}`],
    ["has an empty visitor_id", `{"submission_id":"${key}","visitor_id":"","data":{}}`],
    ["has a visitor_id past its limit", `{"submission_id":"${key}","visitor_id":"${"v".repeat(65)}","data":{}}`],
    ["has an elapsed_ms that is no number", `{"submission_id":"${key}","elapsed_ms":"9","data":{}}`],
    ["has a consent without given", `{"submission_id":"${key}","consent":{"version":"1"},"data":{}}`],
    ["is nested past the limit", deep(33)],
    ["is nested as deep as a body can be", deep(100_000)],
  ];
  it.each(MALFORMED)("is 400 with what is wrong where it %s", async (_what, body) => {
    const problem = await expectProblem(await post(body), 400, "malformed");
    expect(problem.detail?.length).toBeGreaterThan(3);
    expect(await count("lead")).toBe(0);
  });

  it("is 400 where it has more values than any form has fields", async () => {
    const data = Object.fromEntries(Array.from({ length: 202 }, (_, index) => [`f${index}`, "x"]));
    await expectProblem(await capture(at, to.formId, { data }), 400, "malformed");
  });

  it.each(["application/xml", "text/html", "application/jsonx", ""])("is 415 as %s", async (type) => {
    await expectProblem(await post("{}", type || " "), 415, "unsupported-media-type");
  });

  it("is 413 past 256 KiB, whether its length is declared or not", async () => {
    await expectProblem(await post("x".repeat(256 * 1024 + 1)), 413, "payload-too-large");
    const body = `{"pad":"${"x".repeat(256 * 1024 - 10)}"}`;
    expect(body.length).toBe(256 * 1024);
    await expectProblem(await post(body), 400, "malformed");
  });
});

describe("a path that leads nowhere", () => {
  it("is 404 for forms that are unknown, of another database, or no ids", async () => {
    const ids = [crypto.randomUUID(), `${to.formId.slice(0, -4)}0001`, `${to.formId.slice(0, -4)}ffff`, "1", "%00"];
    for (const id of ids) {
      await expectProblem(await post("{}", "application/json", id), 404, "form-not-found");
      await expectProblem(await at.send("GET", `/v1/forms/${id}`), 404, "form-not-found");
    }
  });

  it("is 404 below a form, and 405 with Allow for other methods", async () => {
    await expectProblem(await at.send("GET", `/v1/forms/${to.formId}/nothing`), 404, "not-found");
    await expectProblem(await at.send("GET", "/v1/nothing"), 404, "not-found");
    const leads = await at.send("GET", `/v1/forms/${to.formId}/leads`);
    await expectProblem(leads, 405, "method-not-allowed");
    expect(leads.headers.get("allow")).toBe("POST, OPTIONS");
    const self = await at.send("DELETE", `/v1/forms/${to.formId}`);
    await expectProblem(self, 405, "method-not-allowed");
    expect(self.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });
});

describe("answers that are not valid", () => {
  const fields = [
    { name: "email", type: "email", label: "E-mail", required: true },
    { name: "phone", type: "phone", label: "Phone" },
    { name: "size", type: "select", label: "Size", options: [{ value: "s", label: "Small" }] },
    { name: "agree", type: "checkbox", label: "Agree", required: true },
    { name: "short", type: "text", label: "Short", min_length: 2, max_length: 4 },
    { name: "text", type: "text", label: "Text" },
  ];

  it("are 422 with all of them at once, in the form's order, in words", async () => {
    const id = await form(at, to.id, { fields, consent: { version: "1", text: "I agree." } });
    const data = { more: "x", email: "no", phone: "12a", size: "xl", agree: false, short: "12345", text: { a: 1 } };
    const problem = await expectProblem(await capture(at, id, { data }), 422, "invalid-fields");
    expect(wrong(problem)).toEqual([
      "more unknown",
      "email email",
      "phone phone",
      "size choice",
      "agree required",
      "short too_long",
      "text type",
      "consent consent",
    ]);
    for (const { message } of problem.errors ?? []) expect(message).toMatch(/^[A-Z].*\.$/);
    expect([await count("lead"), await count("idempotency")]).toEqual([0, 0]);
  });

  it("may be mended under the same submission_id, since nothing was stored", async () => {
    const submission_id = crypto.randomUUID();
    expect((await capture(at, to.formId, { submission_id, data: {} })).status).toBe(422);
    expect((await capture(at, to.formId, { submission_id })).status).toBe(201);
  });

  it("never repeat what was entered", async () => {
    const data = { email: "secret-words" };
    expect(await (await capture(at, to.formId, { data })).text()).not.toContain("secret-words");
  });

  it("are not made by consent that was not asked for", async () => {
    const consent = { version: "1", text: "Newsletter?", required: false };
    const id = await form(at, to.id, { consent });
    expect((await capture(at, id, { consent: { version: "1", given: false } })).status).toBe(201);
    expect((await capture(at, id, { consent: null })).status).toBe(201);
  });
});
