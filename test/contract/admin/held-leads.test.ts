import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, orgLeads, pick } from "../../support/asking.ts";
import { capture, type Edge, edge, form, lead, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { count, dump, eventKinds, row } from "../../support/rows.ts";
import { asAdmin, drop, heldLeads, release, suspect } from "../../support/spam.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const state = async (id: string) => (await row("SELECT state FROM lead WHERE uuid = ?", id)).state;

describe("held leads", () => {
  it("are listed oldest first with why, and what was said", async () => {
    const data = somebody();
    const first = await suspect(at, to.formId, { data });
    at.clock.now += 1_000;
    const second = await suspect(at, to.formId);
    const held = await heldLeads(at, to);
    expect(held.map(({ id }) => id)).toEqual([first, second]);
    expect(held[0]).toEqual({
      ...{ id: first, form_id: to.formId, state: "held", reasons: ["too-fast"], data, page_url: "https://giosg.com" },
      received_at: "2026-03-02T10:00:00.000Z",
    });
  });

  it("that are released come in: pending for everyone, with a claim and a place in the queue", async () => {
    const data = { ...somebody(), phone: "+358 40 1234567" };
    const id = await suspect(at, to.formId, { visitor_id: "v", data });
    at.clock.now += 3_600_000;
    const released = await release(at, to, id);
    expect([released.status, await released.json()]).toEqual([200, expect.objectContaining({ id, state: "incoming" })]);
    expect(await heldLeads(at, to)).toEqual([]);
    expect((await orgLeads(at, to)).map(({ id, data, created_at }) => ({ id, data, created_at }))).toEqual([
      { id, data, created_at: "2026-03-02T10:00:00.000Z" },
    ]);
    expect(await row("SELECT created_at FROM incoming_lead")).toEqual({ created_at: at.clock.now - 3_600_000 });
    expect(await eventKinds(id)).toEqual(["created", "release"]);
    expect((await capture(at, to.formId, { visitor_id: "v", data })).status).toBe(409);
    await pick(at, to, id);
    expect((await capture(at, to.formId, { visitor_id: "v", data })).status).toBe(201);
  });

  it("of a processable form are released to be processed: nobody sorts them", async () => {
    const processable = await form(at, to.id, { is_processable: true });
    const id = await suspect(at, processable);
    await release(at, to, id);
    expect([await state(id), await count("incoming_lead"), await count("claim")]).toEqual(["pending", 0, 1]);
  });

  const TWINS: [policy: string, held: object, twin: object][] = [
    ["identical", { email: "Ann@example.org", message: "Hi" }, { email: "ann@example.org", message: "Hi " }],
    ["contact", { email: "ann@example.org", message: "Hi" }, { email: "ANN@example.org", message: "Ho" }],
    ["contact", { email: "a@b.example", phone: "+358401234567" }, { email: "b@b.example", phone: "+358 40 1234567" }],
  ];
  it.each(TWINS)("that meet their twin under the policy %s stay held until it is gone", async (policy, data, twin) => {
    const id = await form(at, to.id, { duplicate_policy: policy });
    const held = await suspect(at, id, { data });
    const standing = await lead(at, id, { data: twin });
    await expectProblem(await release(at, to, held), 409, "duplicate-lead");
    expect([await state(held), await eventKinds(held), await count("incoming_lead")]).toEqual(["held", ["created"], 1]);
    const body = { is_closed: true };
    await at.send("PATCH", `/api/v5/orgs/${to.id}/leads/${standing}`, { token: to.admin.token, body });
    expect((await release(at, to, held)).status).toBe(200);
  });

  it("that are the same among themselves come in once, also at the same moment", async () => {
    const data = somebody();
    const ids = await Promise.all(Array.from({ length: 8 }, () => suspect(at, to.formId, { data })));
    const answers = await Promise.all(ids.map((id) => release(at, to, id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect([await count("incoming_lead"), (await heldLeads(at, to)).length]).toEqual([1, 7]);
  });

  it("that were purged while they were held claim nothing when they are released", async () => {
    const ids = [await suspect(at, to.formId), await suspect(at, to.formId)];
    for (const lead_id of ids) await asAdmin(at, to, "POST", "/purge", { lead_id });
    for (const id of ids) expect((await release(at, to, id)).status).toBe(200);
    expect([await count("claim"), await count("incoming_lead")]).toEqual([0, 2]);
  });

  it("that are released 20 times at once are released once", async () => {
    const id = await suspect(at, to.formId);
    const answers = await Promise.all(Array.from({ length: 20 }, () => release(at, to, id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await eventKinds(id)).toEqual(["created", "release"]);
    expect(await count("incoming_lead")).toBe(1);
  });

  it("that are released and dropped at once end in one of the two", async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => suspect(at, to.formId)));
    await Promise.all(ids.flatMap((id) => [release(at, to, id), drop(at, to, id)]));
    for (const id of ids) {
      const kinds = await eventKinds(id);
      expect(kinds).toEqual((await state(id)) === "dropped" ? ["created", "drop", "purge"] : ["created", "release"]);
    }
  });

  it("that are dropped are emptied in the same batch, and gone for good", async () => {
    const data = { name: "Spam Bot", email: "spam.bot@spam.test", message: "Buy pills." };
    const id = await suspect(at, to.formId, { visitor_id: "spam-visitor", data, page: { url: "https://spam.test" } });
    await heldLeads(at, to);
    at.resetUsage();
    // One finds the organization, one drops and empties.
    expect([(await drop(at, to, id)).status, at.usage.roundTrips]).toEqual([204, 2]);
    expect(await row("SELECT state, purged_at, answers FROM lead")).toEqual({
      ...{ state: "dropped", purged_at: at.clock.now, answers: "[]" },
    });
    expect(JSON.stringify(await dump())).not.toMatch(/spam.?bot|pills|spam-visitor|spam\.test/i);
    for (const again of [await drop(at, to, id), await release(at, to, id)]) {
      await expectProblem(again, 404, "not-found");
    }
    expect(await eventKinds(id)).toEqual(["created", "drop", "purge"]);
    expect([await heldLeads(at, to), await orgLeads(at, to)]).toEqual([[], []]);
  });

  it("are the only ones that are released or dropped: others, foreign and unknown are 404", async () => {
    const other = await tenant(at);
    const ids = [await lead(at, to.formId), await suspect(at, other.formId), crypto.randomUUID(), "1"];
    for (const id of ids) {
      await expectProblem(await release(at, to, id), 404, "not-found");
      await expectProblem(await drop(at, to, id), 404, "not-found");
    }
    expect([await state(ids[0] as string), await state(ids[1] as string)]).toEqual(["incoming", "held"]);
  });
});
