/** POST /leads/unsorted/sip: calls. */
import { describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { rows } from "../../support/rows.ts";
import { addCases } from "./add.case.ts";
import { call } from "./bodies.ts";
import { added, list, post, wrong } from "./v4.ts";

describe("adding calls", () => {
  addCases("sip");

  test("shows the documented metadata, numbers of phones and durations as texts, and neither uniq nor the event flag", async () => {
    const at = edge();
    const of = await tenant(at);
    const metadata = { from: 14155551234, phone: 14155550000, duration: 54, called_at: "1510261200", service_code: 7 };
    const flags = { uniq: "u", is_call_event_needed: true };
    await added(at, of, "sip", [call({}, { ...metadata, ...flags, link: "https://example.com" })]);
    expect((await list(at, of))[0]?.metadata).toEqual({
      ...{ from: "14155551234", phone: "14155550000", called_at: 1510261200, duration: "54" },
      ...{ link: "https://example.com", service_code: "7" },
    });
  });

  test("a recording's link may be missing, and is null then", async () => {
    const at = edge();
    const of = await tenant(at);
    await added(at, of, "sip", [call({}, { link: undefined }), call({}, { link: null })]);
    expect((await list(at, of)).map(({ metadata }) => metadata.link)).toEqual([null, null]);
  });

  test("is_call_event_needed puts a call event on the lead, and nothing else does", async () => {
    const at = edge();
    const of = await tenant(at);
    for (const is_call_event_needed of [true, false]) await added(at, of, "sip", [call({}, { is_call_event_needed })]);
    const events = await rows("SELECT lead_id, version, kind FROM lead_event ORDER BY lead_id, version");
    expect(events.map(({ version, kind }) => `${version} ${kind}`)).toEqual(["1 created", "2 call", "1 created"]);
  });

  test("a caller's number becomes the contact's phone unless the contact brings one", async () => {
    const at = edge();
    const of = await tenant(at);
    const field = (value: unknown) => [{ field_code: "PHONE", values: [{ value, enum_code: "WORK" }] }];
    const contacts = (custom_fields_values?: unknown) => ({ _embedded: { contacts: [{ custom_fields_values }] } });
    const from = { from: "+1 (415) 555-1234" };
    await added(at, of, "sip", [call({}, from), call(contacts(field("+358401234567")), from), call()]);
    const phones = await rows<{ phone: string | null }>("SELECT phone FROM contact ORDER BY id");
    expect(phones.map(({ phone }) => phone)).toEqual([from.from, "+358401234567", null]);
  });

  test("types that no example shows are refused, naming the field", async () => {
    const at = edge();
    const of = await tenant(at);
    const body = [call({}, { called_at: 1.5 }), call({}, { called_at: "noon" }), call({}, { from: {}, duration: [] })];
    expect(await wrong(await post(at, of, "sip", body))).toEqual([
      ...["0 metadata.called_at InvalidType", "1 metadata.called_at InvalidType"],
      ...["2 metadata.from InvalidType", "2 metadata.duration InvalidType"],
    ]);
  });
});
