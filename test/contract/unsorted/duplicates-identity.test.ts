/** What makes two calls, and two forms, the same. */
import { describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { call, request } from "./bodies.ts";
import { added, post, wrong } from "./v4.ts";

type Body = Record<string, unknown>;
async function pair(kind: "sip" | "forms", first: Body, second: Body): Promise<"the same" | "another"> {
  const at = edge();
  const of = await tenant(at);
  await added(at, of, kind, [first]);
  const response = await post(at, of, kind, [second]);
  if (response.status === 200) return "another";
  expect(await wrong(response)).toEqual([`${second.request_id ?? 0}  NotUnique`]);
  return "the same";
}

describe("two calls are", () => {
  const known = { from: "1", phone: "2", called_at: 1_510_261_200 };
  test.each([
    ["the same", "by uniq, whatever else differs", { uniq: "u" }, { uniq: "u", from: "9", called_at: 5, duration: 9 }],
    ["the same", "by a uniq that is a number once and a text then", { uniq: 5 }, { uniq: "5" }],
    ["another", "with another uniq, though from, phone and time are the same", { uniq: "u" }, { uniq: "v" }],
    ["the same", "without uniq, by from, phone and time", {}, { duration: 99, link: null, service_code: "other" }],
    ["the same", "in numbers as in texts", {}, { from: 1, phone: 2, called_at: "1510261200" }],
    ["another", "at another time", {}, { called_at: 1_510_261_201 }],
    ["another", "from another caller", {}, { from: "3" }],
    ["another", "to another number", {}, { phone: "3" }],
    ["another", "where only one has a uniq", { uniq: "u" }, {}],
  ] as const)("%s %s", async (expected, _, first, second) => {
    expect(await pair("sip", call({}, { ...known, ...first }), call({}, { ...known, ...second }))).toBe(expected);
  });
});

describe("two forms are", () => {
  const field = (field_code: string, value: unknown) => ({ field_code, values: [{ value }] });
  const ada = {
    name: "Ada",
    custom_fields_values: [field("EMAIL", "ada@example.com"), field("PHONE", "+358401234567")],
  };
  const said = (contact: object, lead: object = { name: "Fix it" }, over: Body = {}, metadata: Body = {}) =>
    request({ _embedded: { leads: [lead], contacts: [contact] }, ...over }, metadata);
  const first = said(ada);
  const fields = (...custom_fields_values: object[]) => ({ name: "Ada", custom_fields_values });
  test.each([
    [
      "the same",
      "whenever and from wherever they were sent",
      said(ada, undefined, {}, { ip: "1.2.3.4", form_page: "/x", form_sent_at: 1, referer: "r" }),
    ],
    [
      "the same",
      "under another request id, source name and claimed time",
      said(ada, undefined, { request_id: "9", source_name: "S", created_at: 5 }),
    ],
    [
      "the same",
      "whatever the case of an e-mail and the writing of a phone",
      said(fields(field("EMAIL", " ADA@Example.com "), field("PHONE", "+358 40 123 4567"))),
    ],
    ["the same", "with blanks around words", said({ ...ada, name: " Ada " })],
    ["another", "where the person is another", said({ ...ada, name: "Bob" })],
    [
      "another",
      "where the e-mail is another",
      said(fields(field("EMAIL", "eve@example.com"), field("PHONE", "+358401234567"))),
    ],
    ["another", "where the lead says something else", said(ada, { name: "Fix the other" })],
    [
      "another",
      "where a field says something else",
      said(ada, { name: "Fix it", custom_fields_values: [{ field_id: 1, values: [{ value: 1 }] }] }),
    ],
    ["another", "of another form", said(ada, undefined, {}, { form_id: "f2" })],
  ] as const)("%s %s", async (expected, _, second) => {
    expect(await pair("forms", first, second)).toBe(expected);
  });
});
