import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, orgLeads, pick } from "../../support/asking.ts";
import { capture, type Edge, edge, form, lead, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { count, eventKinds, row, rows } from "../../support/rows.ts";
import { asAdmin, suspect } from "../../support/spam.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const post = (body: object, by = to) => asAdmin(at, by, "POST", "/purge", body);
const purge = async (body: object, by = to): Promise<number> => {
  const answer = await post(body, by);
  expect(answer.status).toBe(200);
  return (await answer.json<{ purged: number }>()).purged;
};
const purged = async () => (await rows("SELECT uuid FROM lead WHERE purged_at IS NOT NULL")).map(({ uuid }) => uuid);

describe("a lead that is purged", () => {
  it("keeps its state, owner and times, and shows when; once", async () => {
    const id = await lead(at, to.formId);
    const before = await pick(at, to, id);
    at.clock.now += 60_000;
    expect(await purge({ lead_id: id.toUpperCase() })).toBe(1);
    expect(await purge({ lead_id: id })).toBe(0);
    expect(await orgLeads(at, to)).toEqual([
      {
        ...before,
        ...{ data: {}, page_url: null, page_title: null, visitor_id: null },
        ...{ sensitive_data_purged_at: "2026-03-02T10:01:00.000Z", updated_at: "2026-03-02T10:01:00.000Z" },
      },
    ]);
    expect(await eventKinds(id)).toEqual(["created", "assign", "purge"]);
  });

  it("can be worked on as before", async () => {
    const id = await lead(at, to.formId);
    await purge({ lead_id: id });
    await pick(at, to, id);
    expect(await eventKinds(id)).toEqual(["created", "purge", "assign"]);
    expect((await row("SELECT slug FROM lead")).slug).toMatch(/^purged-[0-9a-f]{16}$/);
  });

  it("is nobody's twin any more, and still answers its replay", async () => {
    const same = { submission_id: crypto.randomUUID(), visitor_id: "v", data: somebody() };
    const first = await (await capture(at, to.formId, same)).text();
    await purge({ lead_id: JSON.parse(first).id });
    expect(await (await capture(at, to.formId, same)).text()).toBe(first);
    expect((await capture(at, to.formId, { ...same, submission_id: crypto.randomUUID() })).status).toBe(201);
  });

  it("of another organization, or unknown, is 404", async () => {
    const other = await tenant(at);
    const id = await lead(at, other.formId);
    for (const lead_id of [id, crypto.randomUUID()]) await expectProblem(await post({ lead_id }), 404, "not-found");
    expect(await purged()).toEqual([]);
  });

  it("is asked for in words that can be understood", async () => {
    for (const body of [
      {},
      { lead_id: "1" },
      { retention: false },
      { email: "" },
      { lead_id: to.id, email: "a@b.example" },
    ]) {
      await expectProblem(await post(body), 422, "invalid-fields");
    }
  });
});

describe("a person who is erased", () => {
  const ANN = { email: "Ann@Example.org", phone: "+358 40 1234567" };

  it("by e-mail, however it is written, loses every lead of it in the organization", async () => {
    const second = await form(at, to.id);
    const theirs = [
      await lead(at, to.formId, { data: { ...ANN, message: "1" } }),
      await lead(at, second, { data: { email: "ann@example.org" } }),
      await suspect(at, to.formId, { data: { ...ANN, message: "2" } }),
    ];
    await pick(at, to, theirs[0] as string);
    await lead(at, to.formId, { data: { email: "joann@example.org" } });
    await lead(at, (await tenant(at)).formId, { data: ANN });
    expect(await purge({ email: " ANN@example.ORG" })).toBe(3);
    expect((await purged()).sort()).toEqual(theirs.sort());
    expect(await purge({ email: "ann@example.org" })).toBe(0);
  });

  it.each(["+358 40 1234567", "+358(0)40-1234567", "358401234567"])("by phone as %s", async (phone) => {
    const id = await lead(at, to.formId, { data: { ...ANN, phone } });
    await lead(at, to.formId, { data: { email: "b@b.example", phone: "+358 40 7654321" } });
    expect(await purge({ phone })).toBe(1);
    expect(await purged()).toEqual([id]);
  });

  it("by e-mail and phone loses the leads of either", async () => {
    await lead(at, to.formId, { data: { email: ANN.email } });
    await lead(at, to.formId, { data: { email: "other@b.example", phone: ANN.phone } });
    await lead(at, to.formId, { data: { email: "third@b.example", phone: "+358 40 7654321" } });
    expect(await purge({ email: ANN.email, phone: ANN.phone })).toBe(2);
  });

  it("of more leads than one step takes loses all of them", async () => {
    const off = await form(at, to.id, { duplicate_policy: "off" });
    await Promise.all(Array.from({ length: 101 }, () => lead(at, off, { data: ANN })));
    expect(await purge({ email: ANN.email })).toBe(101);
    expect([await count("contact", "email_key IS NOT NULL"), await count("lead", "purged_at IS NULL")]).toEqual([0, 0]);
  });

  it("cannot be erased for another organization", async () => {
    await lead(at, to.formId, { data: ANN });
    expect(await purge({ email: ANN.email }, await tenant(at))).toBe(0);
    expect(await purged()).toEqual([]);
  });
});
