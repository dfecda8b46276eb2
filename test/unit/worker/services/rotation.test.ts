/** A new key in front of the ring lets no repeat through and logs nobody out. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { pick } from "../../../support/asking.ts";
import { capture, type Edge, edge, form, somebody, type Tenant, tenant } from "../../../support/edge.ts";
import { count, row, rows } from "../../../support/rows.ts";
import { release, suspect } from "../../../support/spam.ts";

const NEW_KEY = `k2:${btoa("n".repeat(32)).replace(/=+$/, "")}`;
let before: Edge;
let after: Edge;
let to: Tenant;
beforeEach(async () => {
  before = edge();
  after = edge({ FOYER_HMAC_KEYS: `${NEW_KEY},${env.FOYER_HMAC_KEYS}` });
  to = await tenant(before);
});

const status = async (at: Edge, id: string, data: object) => (await capture(at, id, { visitor_id: "v", data })).status;

describe("after a new key was put in front", () => {
  it.each(["identical", "contact"])("a repeat under the policy %s is refused as before", async (policy) => {
    const id = await form(before, to.id, { duplicate_policy: policy });
    const data = somebody();
    expect(await status(before, id, data)).toBe(201);
    expect(await status(after, id, data)).toBe(409);
    expect(await count("lead")).toBe(1);
  });

  it("what was claimed under the new key is refused by whoever has only just the old", async () => {
    const data = somebody();
    expect(await status(after, to.formId, data)).toBe(201);
    expect(await status(before, to.formId, data)).toBe(409);
  });

  it("a repeat counts one attempt, though it meets a claim for each key", async () => {
    const data = somebody();
    await status(after, to.formId, data);
    await status(after, to.formId, data);
    expect([await count("claim"), (await row("SELECT count FROM duplicate_attempt")).count]).toEqual([2, 1]);
  });

  it("a replay is answered as before", async () => {
    const same = { submission_id: crypto.randomUUID(), data: somebody() };
    const first = await (await capture(before, to.formId, same)).text();
    const again = await capture(after, to.formId, same);
    expect([again.status, again.headers.get("idempotent-replayed"), await again.text()]).toEqual([201, "true", first]);
  });

  it("a caller's replay is answered as before", async () => {
    const metadata = { form_id: "f", form_name: "Form", form_page: "https://example.com", form_sent_at: 1_590_830_520 };
    const body = [{ source_uid: "s", source_name: "Site", metadata, _embedded: { contacts: [{ name: "Ada" }] } }];
    const options = { token: to.agent.token, scheme: "Bearer", headers: { "idempotency-key": "k" }, body };
    const post = (at: Edge) => at.send("POST", "/api/v4/leads/unsorted/forms", options);
    const first = await (await post(before)).text();
    const again = await post(after);
    expect([again.status, again.headers.get("idempotent-replayed"), await again.text()]).toEqual([200, "true", first]);
  });

  it("a held lead meets its twin", async () => {
    const data = somebody();
    const held = await suspect(before, to.formId, { data });
    await status(before, to.formId, data);
    expect((await release(after, to, held)).status).toBe(409);
  });

  it("credentials still work, and new ones say which key made them", async () => {
    const { id } = await (await capture(after, to.formId)).json<{ id: string }>();
    await pick(after, to, id);
    const later = await tenant(after);
    expect((await after.send("GET", `/api/v5/orgs/${later.id}/leads`, { token: later.agent.token })).status).toBe(200);
    const keys = await rows("SELECT DISTINCT hash_key_id AS id FROM credential ORDER BY 1");
    expect(keys).toEqual([{ id: "k1" }, { id: "k2" }]);
  });

  it("and after the old one was taken away, what it made is worth nothing", async () => {
    const gone = edge({ FOYER_HMAC_KEYS: NEW_KEY });
    gone.clock.now += 3_600_000;
    expect((await gone.send("GET", `/api/v5/orgs/${to.id}/leads`, { token: to.agent.token })).status).toBe(401);
  });
});
