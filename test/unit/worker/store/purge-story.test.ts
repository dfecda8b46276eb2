/** One person's whole trace, from a real capture to nothing: the database is searched as text. */
import { beforeEach, describe, expect, it } from "vitest";
import { patched } from "../../../support/asking.ts";
import { CONTACT_FIELDS, capture, type Edge, edge, form, type Tenant, tenant } from "../../../support/edge.ts";
import { dump } from "../../../support/rows.ts";
import { asAdmin } from "../../../support/spam.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const TRACES = [
  ...["Zebedee", "Quux", "zebedee.quux@trace.example", "+358 40 9876543", "+358409876543", "Quuxworks", "Headtrace"],
  ...[
    "my first words",
    "my second words",
    "visitor-trace",
    "https://trace.example",
    "Trace title",
    "ref.trace.example",
  ],
  ...["203.0.113.201", "Traceville", "61.2345", "Firefox", "campaign-trace", "hidden-trace", "Tracestreet"],
];
const FIELDS = [
  ...CONTACT_FIELDS,
  { name: "firm", type: "text", label: "Firm", maps_to: "company" },
  { name: "job", type: "text", label: "Job", maps_to: "title" },
  { name: "where", type: "text", label: "Where", maps_to: "location" },
  { name: "ref", type: "hidden", label: "Ref" },
];
const PERSON = {
  ...{ name: "Zebedee Quux", email: "Zebedee.Quux@trace.example", phone: "+358 40 9876543", firm: "Quuxworks" },
  ...{ job: "Headtrace", where: "Tracestreet", ref: "hidden-trace", message: "my first words" },
};

async function leaveTraces(): Promise<string> {
  const id = await form(at, to.id, { fields: FIELDS, duplicate_policy: "contact" });
  const page = {
    url: "https://trace.example/?utm_campaign=campaign-trace",
    title: "Trace title",
    referrer: "https://ref.trace.example",
  };
  const body = {
    submission_id: crypto.randomUUID(),
    visitor_id: "visitor-trace",
    page,
    data: PERSON,
    elapsed_ms: 9_000,
  };
  const headers = {
    "cf-connecting-ip": "203.0.113.201",
    "user-agent": "Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0",
  };
  const cf = { country: "FI", city: "Traceville", latitude: "61.2345" };
  const first = await at.send("POST", `/v1/forms/${id}/leads`, { body, headers, cf });
  const lead = (await first.json<{ id: string }>()).id;
  await capture(at, id, { visitor_id: "visitor-trace", data: { ...PERSON, message: "my second words" } });
  for (const change of [{ assigned_user_id: to.agent.id }, { is_closed: true }]) await patched(at, to, lead, change);
  return lead;
}

const found = async () => {
  const text = JSON.stringify(await dump()).toLowerCase();
  return TRACES.filter((trace) => text.includes(trace.toLowerCase()));
};

describe("a person's trace", () => {
  it("is all there before a purge", async () => {
    await leaveTraces();
    expect(await found()).toEqual(TRACES);
  });

  it.each([
    ["the lead is purged", (lead: string) => ({ lead_id: lead })],
    ["the person is erased by e-mail", () => ({ email: PERSON.email })],
    ["the person is erased by phone", () => ({ phone: PERSON.phone })],
  ])("is gone from the whole database when %s", async (_what, body) => {
    const lead = await leaveTraces();
    const answer = await asAdmin(at, to, "POST", "/purge", body(lead));
    expect(await answer.json()).toEqual({ purged: 1 });
    expect(await found()).toEqual([]);
  });
});
