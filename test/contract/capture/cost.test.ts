/** What things cost, in the database's own figures: those of SCHEMA.md, among few leads and among many. */
import { beforeEach, describe, expect, it } from "vitest";
import { openRoom } from "../../../worker/services/open-room.ts";
import { saveRoom } from "../../../worker/services/save-room.ts";
import { capture, type Edge, edge, form, lead, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { manyLeads } from "../../support/many-leads.ts";
import type { Usage } from "../../support/meter.ts";
import { declaredCosts } from "../../support/schema-document.ts";
import { asAdmin, drop, release, suspect } from "../../support/spam.ts";
import { opened, visiting } from "../../support/talks.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

async function cost(act: () => Promise<Response>): Promise<Usage> {
  return costOf(async () => {
    const { status } = await act();
    expect([200, 201, 204, 409, 428]).toContain(status);
  });
}
async function costOf(act: () => Promise<unknown>): Promise<Usage> {
  at.resetUsage();
  await act();
  return { ...at.usage };
}
const LIMITS = { rate_limit_per_minute: 1_000, address_rate_limit_per_minute: 1_000 };
const HERE = { "cf-connecting-ip": "203.0.113.1" };
const send = (id: string, body: Record<string, unknown> = {}) => capture(at, id, body, HERE);

/** Every kind of capture, at a warm form with both limits. */
async function captureCosts(): Promise<Record<string, Usage>> {
  const id = await form(at, to.id, LIMITS);
  await send(id);
  const first = { submission_id: crypto.randomUUID(), visitor_id: "v", data: somebody() };
  return {
    capture: await cost(() => send(id, first)),
    replay: await cost(() => send(id, first)),
    repeat: await cost(() => send(id, { ...first, submission_id: crypto.randomUUID() })),
    challenge: await cost(() => send(id, { elapsed_ms: 0, solution: null })),
    "held capture": await cost(() => send(id, { elapsed_ms: 0 })),
  };
}

/** What a chat's room asks of the database, with the visitor of an earlier room and without. */
async function chatCosts(): Promise<Record<string, Usage>> {
  const formId = await form(at, to.id, { mode: "chat", ...LIMITS });
  const ctx = visiting(at);
  const { form: of } = await opened(at, formId);
  const opening = { form: of, roomId: "room", visitorId: "v", ip: "203.0.113.1" };
  const first = (await opened(at, formId, "v")).next({ status: "waiting" });
  const born = first.next({ said: { name: "Ada" } });
  const lead = born.leadUuid;
  const edited = born.next({ said: { email: "a@b.example" }, lead });
  const ended = edited.next({ savedTalk: true, status: "closed", closedAt: at.clock.now, transcript: [] });
  const second = (await opened(at, formId, "v")).next({ said: { name: "Ada" } });
  return {
    "chat opened": await costOf(() => openRoom(ctx, opening)),
    "chat without a lead": await costOf(() => saveRoom(ctx, first)),
    "chat's lead": await costOf(() => saveRoom(ctx, born)),
    "chat's answer": await costOf(() => saveRoom(ctx, edited)),
    "chat continued": await costOf(() => saveRoom(ctx, second)),
    "chat ended": await costOf(() => saveRoom(ctx, ended)),
  };
}

/** What people do with leads, through the doors that they use. */
async function workCosts(): Promise<Record<string, Usage>> {
  const path = `/api/v5/orgs/${to.id}/leads`;
  const { token } = to.admin;
  const uuid = await lead(at, to.formId);
  for (let leads = 0; leads < 25; leads += 1) await lead(at, to.formId);
  const [held, dropped] = [await suspect(at, to.formId), await suspect(at, to.formId)];
  const patch = (body: object) => at.send("PATCH", `${path}/${uuid}`, { token, body });
  await at.send("GET", `${path}/${uuid}`, { token });
  return {
    "page of 25": await cost(() => at.send("GET", path, { token })),
    lead: await cost(() => at.send("GET", `${path}/${uuid}`, { token })),
    pick: await cost(() => patch({ assigned_user_id: to.agent.id })),
    close: await cost(() => patch({ is_closed: true })),
    reopen: await cost(() => patch({ is_closed: false })),
    release: await cost(() => release(at, to, held)),
    drop: await cost(() => drop(at, to, dropped)),
    purge: await cost(() => asAdmin(at, to, "POST", "/purge", { lead_id: uuid })),
    "erase a person": await cost(() => asAdmin(at, to, "POST", "/purge", { email: "nobody@b.example" })),
  };
}

describe("the cost", () => {
  it.each([0, 20_000])(
    "of everything that SCHEMA.md names is what it says there, among %i leads more",
    async (many) => {
      if (many > 0) await manyLeads(to, many);
      expect({ ...(await captureCosts()), ...(await chatCosts()), ...(await workCosts()) }).toEqual(declaredCosts());
    },
  );

  it("of a capture is one round trip, and one more where the form is not known yet", async () => {
    const id = await form(at, to.id, LIMITS);
    const cold = await cost(() => send(id));
    const warm = await cost(() => send(id));
    expect([warm.roundTrips, cold.roundTrips, cold.statements]).toEqual([1, 2, warm.statements + 1]);
  });

  it("of a page of N leads is at most 3N + 5 rows", () => {
    expect(declaredCosts()["page of 25"]?.rowsRead).toBeLessThanOrEqual(3 * 25 + 5);
  });

  it("of the public form is nothing while it is warm", async () => {
    await at.send("GET", `/v1/forms/${to.formId}`);
    const read = await cost(() => at.send("GET", `/v1/forms/${to.formId}`));
    expect(read).toEqual({ roundTrips: 0, statements: 0, rowsRead: 0, rowsWritten: 0 });
  });
});
