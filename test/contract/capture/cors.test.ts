import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../../support/asking.ts";
import { capture, type Edge, edge, form, type Tenant, tenant } from "../../support/edge.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

interface Origins {
  origins?: string[];
  null?: boolean;
  missing?: boolean;
}
const settings = (rule: Origins) => ({
  allowed_origins: rule.origins ?? [],
  allow_null_origin: rule.null ?? false,
  allow_missing_origin: rule.missing ?? false,
});

const EXACT = { origins: ["https://shop.example"] };
const WILD = { origins: ["https://*.shop.example"] };
const ROWS: [what: string, rule: Origins, origin: string | undefined, allowed: boolean][] = [
  ["the exact origin", EXACT, "https://shop.example", true],
  ["another scheme", EXACT, "http://shop.example", false],
  ["another port", EXACT, "https://shop.example:8443", false],
  ["a subdomain of an exact one", EXACT, "https://www.shop.example", false],
  ["a host that begins like it", EXACT, "https://shop.example.evil.test", false],
  ["a subdomain of a wildcard", WILD, "https://www.shop.example", true],
  ["a deeper subdomain of a wildcard", WILD, "https://a.b.shop.example", true],
  ["the wildcard's own host", WILD, "https://shop.example", false],
  ["a host that ends like the wildcard's", WILD, "https://evilshop.example", false],
  ["a wildcard's host under another scheme", WILD, "http://www.shop.example", false],
  ["another port of a wildcard's subdomain", WILD, "https://www.shop.example:8443", false],
  ["any origin where * is allowed", { origins: ["*"] }, "https://anything.test", true],
  ["null where only * is allowed", { origins: ["*"] }, "null", false],
  ["null where it is allowed", { null: true }, "null", true],
  ["none where it is allowed", { missing: true }, undefined, true],
  ["none where it is not", EXACT, undefined, false],
  ["any origin of a form that allows none", {}, "https://shop.example", false],
];

describe("a form's allowed origins", () => {
  it.each(ROWS)("%s", async (_what, rule, origin, allowed) => {
    const id = await form(at, to.id, settings(rule));
    const response = await capture(at, id, {}, origin === undefined ? {} : { origin });
    expect(response.headers.get("vary")).toBe("Origin");
    expect(response.headers.get("access-control-allow-origin")).toBe(allowed && origin ? origin : null);
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    if (!allowed) await expectProblem(response, 403, "origin-not-allowed");
    else expect(response.status).toBe(201);
  });

  it("guard the public form too, except where a request names no origin", async () => {
    const id = await form(at, to.id, settings(EXACT));
    const get = (headers: Record<string, string>) => at.send("GET", `/v1/forms/${id}`, { headers });
    expect((await get({ origin: "https://shop.example" })).status).toBe(200);
    await expectProblem(await get({ origin: "https://other.example" }), 403, "origin-not-allowed");
    expect((await get({})).status).toBe(200);
  });
});

describe("a preflight", () => {
  const ask = (id: string, origin: string) =>
    at.send("OPTIONS", `/v1/forms/${id}/leads`, {
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
    });

  it("of an allowed origin says what may be sent, for a day", async () => {
    const response = await ask(await form(at, to.id, settings(EXACT)), "https://shop.example");
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(response.headers.get("access-control-allow-methods")).toBe("GET, POST");
    expect(response.headers.get("access-control-allow-headers")?.toLowerCase()).toBe("content-type");
    expect(response.headers.get("access-control-max-age")).toBe("86400");
    expect(response.headers.get("vary")).toBe("Origin");
  });

  it("of another origin is refused without a word that a browser would take for leave", async () => {
    const response = await ask(await form(at, to.id, settings(EXACT)), "https://other.example");
    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("what a page may read", () => {
  const origin = "https://shop.example";
  it("the headers of replays and of limits, and the answer's id", async () => {
    const response = await capture(at, to.formId, {}, { origin });
    const exposed = response.headers.get("access-control-expose-headers")?.split(", ");
    expect(exposed).toEqual(["Idempotent-Replayed", "Retry-After", "X-Request-Id"]);
  });

  it("every problem, and that there is no such form", async () => {
    for (const body of [{ data: {} }, { data: 1 }, { submission_id: "no" }, { data: { email: "x".repeat(300_000) } }]) {
      const response = await capture(at, to.formId, body, { origin });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    }
    const unknown = await at.send("GET", `/v1/forms/${crypto.randomUUID()}`, { headers: { origin } });
    expect(unknown.headers.get("access-control-allow-origin")).toBe("*");
  });
});
