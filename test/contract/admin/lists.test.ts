import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../../support/asking.ts";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const NUMBERS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)";
const UUID = "printf('0197a1b2-0000-8000-8000-%08x0000', i)";
const root = (path: string) => at.send("GET", path, { token: at.env.FOYER_ROOT_TOKEN as string });

/** 250 more of each kind; many of equal times, so that ties are broken too. */
const MANY: [list: string, sql: string][] = [
  ["", `INSERT INTO organization (uuid, name, created_at, updated_at) SELECT ${UUID}, 'O', 1, 1 FROM n`],
  [
    "/users",
    `INSERT INTO user (organization_id, uuid, username, role, created_at, updated_at)
    SELECT ?1, ${UUID}, 'u' || i, 'agent', 1, 1 FROM n`,
  ],
  [
    "/credentials",
    `INSERT INTO credential (id, organization_id, kind, hash, hash_key_id, created_at)
    SELECT printf('%016d', 7 * i % 1000), ?1, 'api_key', '', 'k1', i / 40 FROM n`,
  ],
  [
    "/forms",
    `INSERT INTO form (id, organization_id, name, mode, settings, created_at, updated_at)
    SELECT ${UUID}, ?1, name, mode, settings, i / 40, 1
    FROM n JOIN (SELECT name, mode, settings FROM form WHERE organization_id = ?1 LIMIT 1)`,
  ],
  [
    "/held-leads",
    `INSERT INTO lead (id, organization_id, uuid, slug, state, change_id, contact_id, pipeline_id, status_id,
    category, received_at, updated_at) SELECT i, ?1, ${UUID}, i, 'held', '', i, 1, 2, 'forms', 1 + i / 40, 1 FROM n`,
  ],
];

async function fill(list: string, sql: string): Promise<void> {
  const statement = env.DB.prepare(`${NUMBERS} ${sql}`);
  await (list === "" ? statement : statement.bind(to.accountId)).run();
  const contacts = `${NUMBERS} INSERT INTO contact (id, organization_id, updated_at) SELECT i, ?1, 1 FROM n`;
  if (list === "/held-leads") await env.DB.prepare(contacts).bind(to.accountId).run();
}

describe("a list", () => {
  it.each(MANY)("of organizations%s is walked by next, every item once", async (list, sql) => {
    const path = list === "" ? "/admin/v1/organizations" : `/admin/v1/organizations/${to.id}${list}`;
    const before = (await (await root(path)).json<{ results: object[] }>()).results.length;
    await fill(list, sql);
    const sizes: number[] = [];
    const ids = new Set<string>();
    for (let next: string | null = path; next !== null; ) {
      const answer = await root(next.replace("https://foyer.test", ""));
      const page: { next: string | null; results: { id: string }[] } = await answer.json();
      sizes.push(page.results.length);
      for (const { id } of page.results) ids.add(id);
      next = page.next;
    }
    expect(sizes).toEqual([100, 100, 50 + before]);
    expect(ids.size).toBe(250 + before);
  });

  it("is empty without a next", async () => {
    const answer = await root(`/admin/v1/organizations/${to.id}/held-leads`);
    expect(await answer.json()).toEqual({ results: [], next: null });
  });

  it.each(["x", "1", "-1.a", "1.a b", "9999999999999999."])("refuses the cursor %j", async (cursor) => {
    for (const list of ["/users", "/credentials", "/forms", "/held-leads"]) {
      const path = `/admin/v1/organizations/${to.id}${list}?cursor=${encodeURIComponent(cursor)}`;
      await expectProblem(await root(path), 400, "malformed");
    }
    await expectProblem(await root(`/admin/v1/organizations?cursor=${encodeURIComponent(cursor)}`), 400, "malformed");
  });
});
