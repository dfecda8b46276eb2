import { describe, expect, it } from "vitest";
import type { Answers } from "../../../shared/answers.ts";
import { CaptureRequest } from "../../../shared/capture-request.ts";
import type { PublicField, PublicForm } from "../../../shared/lead-fields.ts";
import { ANSWER_LIMIT_CHARS, ELAPSED_LIMIT_MS } from "../../../shared/limits.ts";
import { captureRequest, fieldProblem, formProblems } from "../../../widget/form/request.ts";

const field = (name: string, type: PublicField["type"], more: Partial<PublicField> = {}): PublicField => ({
  name,
  type,
  label: name,
  required: false,
  ...more,
});
const form: PublicForm = {
  id: "f",
  mode: "form",
  fields: [
    field("name", "text", { required: true, min_length: 2 }),
    field("email", "email"),
    field("letter", "checkbox"),
    field("campaign", "hidden", { required: true, query: "utm_campaign" }),
    field("plan", "hidden"),
  ],
  consent: { version: "7", text: "Yes", required: true },
  texts: {},
  theme: { scheme: "auto", position: "end" },
  honeypot: "website_url",
};
const given = {
  submissionId: "2b1d4b1e-6a53-4a3f-9a5e-2f7f2d3c4b5a",
  visitorId: "v",
  page: { url: "https://a.example/" },
  elapsedMs: 1234.5,
  query: (): string | undefined => undefined,
};

const problems = (asked: PublicForm, answers: Answers) => Object.fromEntries(formProblems(asked, answers));

describe("formProblems", () => {
  it("names every field that is wrong, and the consent, and no hidden field", () => {
    expect(problems(form, { email: "x" })).toEqual({
      name: { code: "required", limit: ANSWER_LIMIT_CHARS },
      email: { code: "email", limit: 254 },
      consent: { code: "consent" },
    });
  });

  it("finds nothing in a form that is well filled in", () => {
    expect(problems(form, { name: " Ada ", consent: true })).toEqual({});
  });

  it("asks for no consent where it may be left out", () => {
    const free = { ...form, consent: { version: "7", text: "Yes", required: false } };
    expect(problems(free, { name: "Ada" })).toEqual({});
  });

  it("finds nothing wrong with a field only because its name is one of JavaScript's own", () => {
    const odd = { ...form, fields: [field("constructor", "text"), field("toString", "email")], consent: undefined };
    const found = formProblems(odd, Object.create(null));
    expect(["constructor", "toString"].map((name) => found.get(name))).toEqual([undefined, undefined]);
  });

  it("says which bound was passed", () => {
    const bounded = field("code", "text", { min_length: 3, max_length: 5 });
    expect(fieldProblem(bounded, { code: "ab" })).toEqual({ code: "too_short", limit: 3 });
    expect(fieldProblem(bounded, { code: "abcdef" })).toEqual({ code: "too_long", limit: 5 });
  });
});

describe("captureRequest", () => {
  it("is what the contract asks for", () => {
    const request = captureRequest(form, { name: "Ada", consent: true }, given);
    expect(CaptureRequest.parse(JSON.parse(JSON.stringify(request)))).toMatchObject({
      submission_id: given.submissionId,
      elapsed_ms: 1235,
      consent: { version: "7", given: true },
    });
  });

  it("sends what was filled in, trimmed, and nothing else", () => {
    const { data } = captureRequest(form, { name: " Ada ", email: "  ", letter: false, stranger: "x" }, given);
    expect(data).toEqual({ name: "Ada" });
  });

  it("fills hidden fields from the query or the site, cut to what a field takes", () => {
    const query = (name: string) => (name === "utm_campaign" ? "s".repeat(5_000) : undefined);
    const { data } = captureRequest(form, { plan: "pro" }, { ...given, query });
    expect(data).toEqual({ campaign: "s".repeat(ANSWER_LIMIT_CHARS), plan: "pro" });
  });

  it("carries the field for programs only where a program filled it in", () => {
    expect(captureRequest(form, { website_url: "" }, given).data).toEqual({});
    expect(captureRequest(form, { website_url: "buy" }, given).data).toEqual({ website_url: "buy" });
  });

  it("says that consent was not given where it was not, and nothing where none was asked for", () => {
    expect(captureRequest(form, {}, given).consent).toEqual({ version: "7", given: false });
    expect(captureRequest({ ...form, consent: undefined }, {}, given).consent).toBeUndefined();
  });

  it("keeps within the longest time that is believed", () => {
    expect(captureRequest(form, {}, { ...given, elapsedMs: 1e12 }).elapsed_ms).toBe(ELAPSED_LIMIT_MS);
  });
});
