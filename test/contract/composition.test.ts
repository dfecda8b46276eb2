/**
 * Who answers where. Several APIs live below /api/v1, and two of them below one path: each operation of each is answered
 * by its own dialect, in its own words, and whatever is left is refused by whoever owns that part of the tree.
 */
import { describe, expect, test } from "vitest";
import { edge } from "../support/edge.ts";
import { DOCUMENT } from "../support/openapi.ts";

interface Told {
  status: number;
  type: string;
  challenge: string | null;
  body: Record<string, unknown>;
}

/** How a dialect refuses who is nobody: what tells it from all others. */
const STRANGERS: Record<string, (told: Told) => boolean> = {
  admin: ({ body, challenge }) => body.type === "urn:foyer:problem:unauthenticated" && challenge === "Bearer",
  operators: ({ body, challenge }) =>
    body.type === "urn:foyer:problem:unauthenticated" && challenge === 'Bearer realm="operators"',
  "org-user": ({ body, challenge }) => challenge === "Token" && "detail" in body,
  unsorted: ({ body }) => body.type === "https://httpstatus.es/401",
  crm: ({ body }) => body.status_code === 401,
  "lead-summary": ({ body, challenge }) => "message" in body && challenge !== null && /Basic/.test(challenge),
  "get-leads": ({ body, challenge }) => "message" in body && challenge === "Bearer",
};

const GUARDED = Object.entries(DOCUMENT.paths).flatMap(([path, operations]) =>
  Object.entries(operations)
    .filter(([, { tags }]) => (tags[0] as string) in STRANGERS)
    .map(([method, { tags }]) => ({ method: method.toUpperCase(), path, dialect: tags[0] as string })),
);

let strangers = 0;
async function knock(method: string, address: string): Promise<Told> {
  strangers += 1;
  // Each from an address of its own: admin's door counts who knocks wrongly.
  const headers = { "cf-connecting-ip": `2001:db8:${strangers.toString(16)}::1` };
  const response = await edge().send(method, address, { headers });
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const challenge = response.headers.get("www-authenticate");
  return {
    status: response.status,
    type,
    challenge,
    body: /json/.test(type) ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}
const example = (path: string): string => path.replace(/\{(\w+)\}/g, (_, name) => (/lead|form/.test(name) ? "7" : "1"));

describe("every operation of every guarded API is answered by its own dialect", () => {
  test.each(GUARDED)("$method $path: $dialect", async ({ method, path, dialect }) => {
    const told = await knock(method, example(path));
    const who = Object.keys(STRANGERS).filter((name) => STRANGERS[name]?.(told));
    expect([told, told.status, who]).toEqual([told, 401, [dialect]]);
  });

  test("and there are dozens, of seven APIs", () => {
    expect(new Set(GUARDED.map(({ dialect }) => dialect))).toEqual(new Set(Object.keys(STRANGERS)));
    expect(GUARDED.length).toBeGreaterThan(90);
  });
});

describe("an address that nobody knows", () => {
  test.each([
    ["/api/v1/leads/summary", "crm"],
    ["/api/v1/leads/summary/7/x", "crm"],
    ["/api/v1/leads", "crm"],
    ["/api/v1/get-leads/x", "crm"],
    ["/api/v1/v1/leads/list", "crm"],
    ["/api/v1", "crm"],
    ["/leads/summary", "nobody"],
    ["/leads/list", "nobody"],
    ["/get-leads", "nobody"],
    ["/api/v2/leads/list", "nobody"],
    ["/v1/leads/create/lead", "nobody"],
  ])("%s is refused by %s", async (path, owner) => {
    const { status, type, body } = await knock("GET", path);
    expect(status).toBe(404);
    expect(owner === "crm" ? body.status_code : type).toBe(owner === "crm" ? 404 : "application/problem+json");
  });
});
