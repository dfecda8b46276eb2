/** GET /leads/summary/{lead_id}: what each key says, of a lead of which everything is known and of one of nothing. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { patched } from "../../support/asking.ts";
import { admin, CONTACT_FIELDS, capture, type Edge, edge, form, type Tenant, tenant } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";
import { stand } from "../../support/standing-leads.ts";
import { capturedLead, numberOf, type Summary, summary } from "./summary.ts";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const HELSINKI = { organization: { time_zone: "Europe/Helsinki" } };

const FIELDS = [
  ...CONTACT_FIELDS,
  { name: "company", type: "text", label: "Company", maps_to: "company" },
  { name: "title", type: "text", label: "Title", maps_to: "title" },
];
const DATA = {
  ...{ name: "Ada Lovelace", email: "ada@example.org", phone: "+358 40 1234567", message: "Two, please." },
  ...{ company: "Engines Ltd.", title: "Countess" },
};
const CF = {
  ...{ country: "FI", region: "Uusimaa", city: "Helsinki", latitude: "60.17", longitude: "24.94" },
  timezone: "Europe/Helsinki",
};

async function known(at: Edge): Promise<{ of: Tenant; id: number; uuid: string; shown: Summary }> {
  const of = await tenant(at, HELSINKI);
  const formId = await form(at, of.id, { fields: FIELDS, lead_type: "Partnership" });
  const body = {
    submission_id: crypto.randomUUID(),
    elapsed_ms: 9_000,
    data: DATA,
    page: { url: "https://a.example/p" },
  };
  const response = await at.send("POST", `/v1/forms/${formId}/leads`, {
    ...{ body, cf: CF, headers: { "cf-connecting-ip": "203.0.113.7", "user-agent": FIREFOX } },
  });
  const { id: uuid } = await response.json<{ id: string }>();
  await patched(at, of, uuid, { assigned_user_id: of.agent.id });
  const id = await numberOf(uuid);
  return { of, id, uuid, shown: await summary(at, of, id) };
}

const sourceId = async (of: Tenant, key: string): Promise<string> => {
  const { id } = await row<{ id: number }>(
    "SELECT id FROM lead_source WHERE organization_id = ? AND key = ?",
    of.accountId,
    key,
  );
  return String(id);
};

test("a lead of which everything is known", async () => {
  const at = edge();
  const { of, id, shown } = await known(at);
  expect(shown).toEqual({
    ...{ id: String(id), name: "Ada Lovelace", title: "Countess", company: "Engines Ltd." },
    ...{ phonenumber: "+358 40 1234567", email: "ada@example.org", status: "Prospect", date: "2026-03-02 12:00:00" },
    ...{ chat_id: "", assigned: String(of.agent.user_id), is_public: "0", chat: null, chat_date: null },
    ...{ lead_type: "Partnership", assigned_to: "bob Doe", color: "#0EA5E9" },
    analytics: {
      source: await sourceId(of, "form"),
      analytics: JSON.stringify({
        ...{ city: "Helsinki", country: "FI", country_code: "FI", latitude: "60.17", longitude: "24.94" },
        ...{ region: "Uusimaa", timezone: "Europe/Helsinki" },
      }),
      ...{ browser: "Firefox", source_url: "https://a.example/p", ip: "203.0.113.7" },
      ...{ chat_start_time: null, chat_end_time: null, chat: "[]" },
    },
    ...{ notes_count: 0, attachment_count: 0 },
  });
});

test("what is not known is empty or null, as its documented type has it", async () => {
  const at = edge();
  const of = await tenant(at);
  const data = { email: "ada@example.org" };
  const id = await capturedLead(at, of, { data, page: undefined, visitor_id: undefined });
  await env.DB.prepare("UPDATE contact SET email = NULL").run();
  await env.DB.prepare("UPDATE lead SET geo = NULL, source = 'gone', form_id = NULL").run();
  const unknown = { city: null, country: null, country_code: null, latitude: null, longitude: null };
  expect(await summary(at, of, id)).toEqual({
    ...{ id: String(id), name: "", title: null, company: null, phonenumber: "", email: "", status: "New" },
    ...{ date: "2026-03-02 10:00:00", chat_id: "", assigned: "0", is_public: "0", chat: null, chat_date: null },
    ...{ lead_type: "Sales", assigned_to: null, color: "#84CC16" },
    analytics: {
      ...{ source: "0", analytics: JSON.stringify({ ...unknown, region: null, timezone: null }) },
      ...{ browser: "", source_url: "", ip: "", chat_start_time: null, chat_end_time: null, chat: "[]" },
    },
    ...{ notes_count: 0, attachment_count: 0 },
  });
});

test("a lead without a form's word is for sales", async () => {
  const at = edge();
  const of = await tenant(at);
  expect((await summary(at, of, await capturedLead(at, of))).lead_type).toBe("Sales");
});

describe("status and color are the stage that the lead is shown in", () => {
  const shown = async (at: Edge, of: Tenant, id: number) => {
    const { status, color, assigned } = await summary(at, of, id);
    return [status, color, assigned];
  };

  test("New while it waits, the stage of work between, Closed at the end, and back", async () => {
    const at = edge();
    const of = await tenant(at);
    const id = await capturedLead(at, of);
    const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead WHERE id = ?", id);
    const agent = String(of.agent.user_id);
    expect(await shown(at, of, id)).toEqual(["New", "#84CC16", "0"]);
    await patched(at, of, uuid, { assigned_user_id: of.agent.id });
    expect(await shown(at, of, id)).toEqual(["Prospect", "#0EA5E9", agent]);
    await env.DB.prepare("UPDATE lead SET status_id = (SELECT id FROM status WHERE key = 'potential')").run();
    expect(await shown(at, of, id)).toEqual(["Potential", "#F59E0B", agent]);
    await patched(at, of, uuid, { is_closed: true });
    expect(await shown(at, of, id)).toEqual(["Closed", "#64748B", agent]);
    await patched(at, of, uuid, { is_closed: false, assigned_user_id: null });
    expect(await shown(at, of, id)).toEqual(["Potential", "#F59E0B", "0"]);
    await stand(uuid, "declined");
    expect(await shown(at, of, id)).toEqual(["Potential", "#F59E0B", "0"]);
  });

  test("in the organization's own words", async () => {
    const at = edge();
    const of = await tenant(at);
    const id = await capturedLead(at, of);
    const pipelines = `/organizations/${of.id}/pipelines`;
    const { id: status } = await row<{ id: number }>("SELECT id FROM status WHERE role = 'incoming'");
    const { id: pipeline } = await row<{ id: number }>("SELECT id FROM pipeline");
    await admin(at, "PATCH", `${pipelines}/${pipeline}/statuses/${status}`, { name: "Fresh", colour: "#112233" });
    expect(await shown(at, of, id)).toEqual(["Fresh", "#112233", "0"]);
  });
});

describe("assigned_to", () => {
  test("is the username of who has no other name", async () => {
    const at = edge();
    const { of, id } = await known(at);
    await env.DB.prepare("UPDATE user SET first_name = '', last_name = '' WHERE id = ?").bind(of.agent.user_id).run();
    expect(await summary(at, of, id)).toMatchObject({
      assigned_to: of.agent.username,
      assigned: String(of.agent.user_id),
    });
  });
});

describe("date", () => {
  test.each([
    ["America/New_York", "2026-03-02 05:00:00"],
    ["Asia/Kathmandu", "2026-03-02 15:45:00"],
    ["Pacific/Apia", "2026-03-02 23:00:00"],
  ])("is told in %s as %s, whenever the lead changed", async (time_zone, date) => {
    const at = edge();
    const of = await tenant(at, { organization: { time_zone } });
    const id = await capturedLead(at, of);
    at.clock.now += 86_400_000;
    const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead WHERE id = ?", id);
    await patched(at, of, uuid, { is_closed: true });
    expect((await summary(at, of, id)).date).toBe(date);
  });
});

describe("after a purge", () => {
  test("a lead is emptied of whoever it was, and keeps its stage, owner and time", async () => {
    const at = edge();
    const { of, id, uuid, shown } = await known(at);
    await env.DB.prepare("INSERT INTO note (organization_id, lead_id, text, created_at) VALUES (?, ?, 'Secret', 1)")
      .bind(of.accountId, id)
      .run();
    await admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: uuid });
    const after = await summary(at, of, id);
    const nowhere = { city: null, country: null, country_code: null, latitude: null, longitude: null };
    expect(after).toEqual({
      ...shown,
      ...{ name: "", title: null, company: null, phonenumber: "", email: "", notes_count: 1 },
      analytics: {
        ...shown.analytics,
        analytics: JSON.stringify({ ...nowhere, region: null, timezone: null }),
        ...{ browser: "", source_url: "", ip: "" },
      },
    });
  });
});

test("an address that the organization keeps in part, or not at all, is shown so", async () => {
  const at = edge();
  for (const [ip_policy, ip] of [
    ["truncated", "203.0.113.0"],
    ["none", ""],
  ] as const) {
    const of = await tenant(at, { organization: { ip_policy } });
    const captured = await capture(at, of.formId, {}, { "cf-connecting-ip": "203.0.113.7" });
    const { id } = await captured.json<{ id: string }>();
    expect((await summary(at, of, await numberOf(id))).analytics.ip).toBe(ip);
  }
});
