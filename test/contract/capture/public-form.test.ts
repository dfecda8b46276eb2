import { beforeEach, describe, expect, it } from "vitest";
import { type Edge, edge, form, type Tenant, tenant } from "../../support/edge.ts";

let at: Edge;
let to: Tenant;

const SETTINGS = {
  name: "Inner name of the form",
  fields: [
    { name: "email", type: "email", label: "E-mail", required: true, maps_to: "email", autocomplete: "email" },
    { name: "size", type: "select", label: "Size", options: [{ value: "s", label: "Small" }] },
    { name: "ref", type: "hidden", label: "Ref", query: "utm_ref" },
  ],
  consent: { version: "2026-01", text: "I agree.", url: "https://example.org/privacy" },
  texts: { title: "Talk to us" },
  theme: { accent: "#112233" },
  allowed_origins: ["https://private-customer.example"],
  thank_you_url: "https://private-customer.example/thanks",
  rate_limit_per_minute: 77,
  min_elapsed_ms: 777,
  lead_type: "Inner type",
};

beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

describe("the public form", () => {
  it("is what a page needs and nothing else", async () => {
    const id = await form(at, to.id, SETTINGS);
    const response = await at.send("GET", `/v1/forms/${id}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await response.json()).toEqual({
      id,
      mode: "form",
      fields: [
        { name: "email", type: "email", label: "E-mail", required: true, autocomplete: "email" },
        { name: "size", type: "select", label: "Size", required: false, options: [{ value: "s", label: "Small" }] },
        { name: "ref", type: "hidden", label: "Ref", required: false, query: "utm_ref" },
      ],
      consent: { version: "2026-01", text: "I agree.", url: "https://example.org/privacy", required: true },
      texts: { title: "Talk to us" },
      theme: { scheme: "auto", position: "end", accent: "#112233" },
      honeypot: "homepage",
    });
  });

  it("tells nothing of origins, rates, names, owners and thank-you addresses", async () => {
    const id = await form(at, to.id, SETTINGS);
    const text = await (await at.send("GET", `/v1/forms/${id}`)).text();
    for (const secret of ["private-customer", "maps_to", "77", "Inner", "rate", "owner", "duplicate", to.id]) {
      expect(text.replaceAll(id, "")).not.toContain(secret);
    }
  });

  it("names a honeypot that none of its fields has", async () => {
    const fields = ["homepage", "fax_number"].map((name) => ({ name, type: "text", label: name }));
    const id = await form(at, to.id, { fields });
    expect((await (await at.send("GET", `/v1/forms/${id}`)).json<{ honeypot: string }>()).honeypot).toBe("nickname");
  });

  it("may be cached, and is answered 304 to whoever has it until it changes", async () => {
    const path = `/v1/forms/${to.formId}`;
    const first = await at.send("GET", path);
    const etag = first.headers.get("etag") as string;
    expect(first.headers.get("cache-control")).toBe("public, max-age=60");
    expect(first.headers.get("vary")).toBe("Origin");
    const headers = { "if-none-match": etag, origin: "https://shop.example" };
    const again = await at.send("GET", path, { headers });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(again.headers.get("etag")).toBe(etag);
    expect(again.headers.get("access-control-allow-origin")).toBe("https://shop.example");

    const changed = { token: at.env.FOYER_ROOT_TOKEN as string, body: { texts: { title: "New" } } };
    await at.send("PATCH", `/admin/v1/organizations/${to.id}/forms/${to.formId}`, changed);
    const third = await at.send("GET", path, { headers });
    expect(third.status).toBe(200);
    expect(third.headers.get("etag")).not.toBe(etag);
  });

  it("is answered to HEAD without a body, and with upper-case ids and a trailing slash", async () => {
    const head = await at.send("HEAD", `/v1/forms/${to.formId}`);
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect((await at.send("GET", `/v1/forms/${to.formId.toUpperCase()}`)).status).toBe(200);
    expect((await at.send("GET", `/v1/forms/${to.formId}/`)).status).toBe(200);
  });

  it("stays open when the organization's subscription has lapsed", async () => {
    at.clock.now += 400 * 86_400_000;
    expect((await at.send("GET", `/v1/forms/${to.formId}`)).status).toBe(200);
  });
});
