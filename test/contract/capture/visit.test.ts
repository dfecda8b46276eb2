import { beforeEach, describe, expect, it } from "vitest";
import { type Edge, edge, type SendOptions, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { type Row, row } from "../../support/rows.ts";

let at: Edge;
beforeEach(() => {
  at = edge();
});

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** Captures with this page and these headers. @returns the lead's row. */
async function visited(to: Tenant, page: object | undefined, options: SendOptions = {}): Promise<Row> {
  const body = { submission_id: crypto.randomUUID(), data: somebody(), page };
  const response = await at.send("POST", `/v1/forms/${to.formId}/leads`, { ...options, body });
  expect(response.status).toBe(201);
  return row("SELECT * FROM lead WHERE uuid = ?", (await response.json<{ id: string }>()).id);
}
const from = (ip: string): SendOptions => ({ headers: { "cf-connecting-ip": ip } });

describe("what is kept of a visit", () => {
  it("the page, where the visitor came from, and the campaign", async () => {
    const url = "https://shop.example/a?utm_source=news&utm_medium=mail&utm_campaign=may&utm_term=t&utm_content=c&x=1";
    const page = { url, title: "Shop", referrer: "https://search.example/?q=shop" };
    const found = await visited(await tenant(at), page);
    expect(found).toMatchObject({ page_url: url, page_title: "Shop", referrer: "https://search.example/?q=shop" });
    const utm = { source: "news", medium: "mail", campaign: "may", term: "t", content: "c" };
    expect(JSON.parse(found.utm as string)).toEqual(utm);
  });

  it("the Referer header as the page, where the page does not say", async () => {
    const headers = { referer: "https://shop.example/contact?utm_source=ad" };
    const found = await visited(await tenant(at), undefined, { headers });
    expect(found).toMatchObject({ page_url: headers.referer, utm: '{"source":"ad"}' });
  });

  it("addresses and titles cut to their limits, and no campaign from what is no address", async () => {
    const page = { url: `x${"u".repeat(3_000)}?utm_source=a`, title: "t".repeat(600), referrer: "r".repeat(3_000) };
    const found = await visited(await tenant(at), page);
    const lengths = [found.page_url, found.page_title, found.referrer].map((text) => String(text).length);
    expect([lengths, found.utm]).toEqual([[2_048, 500, 2_048], null]);
  });

  it("the place, as the platform knows it", async () => {
    const cf = { country: "FI", region: "Uusimaa", city: "Helsinki", latitude: "60.17", longitude: "24.94" };
    const found = await visited(
      await tenant(at),
      {},
      { cf: { ...cf, timezone: "Europe/Helsinki", asOrganization: "x" } },
    );
    expect(JSON.parse(found.geo as string)).toEqual({ ...cf, time_zone: "Europe/Helsinki" });
  });

  it("a phone number without a country prefix as one of that place", async () => {
    const to = await tenant(at);
    const body = { submission_id: crypto.randomUUID(), data: { email: "a@b.example", phone: "040 1234567" } };
    await at.send("POST", `/v1/forms/${to.formId}/leads`, { body, cf: { country: "FI" } });
    expect((await row("SELECT phone_key FROM contact")).phone_key).toBe("+358401234567");
  });

  it("the browser by its name, and nothing of the rest of its header", async () => {
    const found = await visited(await tenant(at), {}, { headers: { "user-agent": FIREFOX } });
    expect(found.browser).toBe("Firefox");
    expect(JSON.stringify(found)).not.toContain("Gecko");
  });

  it("each visitor's own browser, also of those who have come before", async () => {
    const to = await tenant(at);
    const browsers: unknown[] = [];
    for (const agent of [FIREFOX, "Opera/9.80 Version/12.16", "", "Nothing known", FIREFOX, "Nothing known"]) {
      browsers.push((await visited(to, {}, { headers: { "user-agent": agent } })).browser);
    }
    expect(browsers).toEqual(["Firefox", "Opera", null, null, "Firefox", null]);
  });

  const POLICIES: [policy: string, address: string, kept: string | null][] = [
    ["full", "203.0.113.77", "203.0.113.77"],
    ["full", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"],
    ["truncated", "203.0.113.77", "203.0.113.0"],
    ["truncated", "2001:db8:1:2:3:4:5:6", "2001:db8:1::"],
    ["none", "203.0.113.77", null],
    ["full", "not an address", null],
  ];
  it.each(POLICIES)("the address under the policy %s: %s", async (policy, address, expected) => {
    const to = await tenant(at, { organization: { ip_policy: policy } });
    expect((await visited(to, {}, from(address))).ip).toBe(expected);
    const { metadata } = await row("SELECT metadata FROM incoming_lead");
    expect(JSON.parse(metadata as string).ip).toBe(expected);
  });

  it("only the platform's own word on the address", async () => {
    const headers = { "x-forwarded-for": "203.0.113.77", "x-real-ip": "203.0.113.77", forwarded: "for=203.0.113.77" };
    expect((await visited(await tenant(at), {}, { headers })).ip).toBeNull();
  });
});
