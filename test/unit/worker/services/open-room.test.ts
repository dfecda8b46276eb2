/** A room is opened once, and counts once to the rates of its form. */
import { beforeEach, describe, expect, it } from "vitest";
import { loadForm } from "../../../../worker/services/load-form.ts";
import { openRoom } from "../../../../worker/services/open-room.ts";
import type { FormContext } from "../../../../worker/store/forms.ts";
import { type Edge, edge, firstDatabase, form, START, type Tenant, tenant } from "../../../support/edge.ts";
import { count, row, rows } from "../../../support/rows.ts";
import { visiting } from "../../../support/talks.ts";

const LIMITS = { mode: "chat", rate_limit_per_minute: 3, address_rate_limit_per_minute: 2 };

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const chatForm = async (settings: object): Promise<FormContext> =>
  (await loadForm(
    [firstDatabase(at)],
    await form(at, to.id, { mode: "chat", ...settings }),
    at.clock.now,
  )) as FormContext;
const open = (to: FormContext, roomId: string, ip: string | null = null) =>
  openRoom(visiting(at), { form: to, roomId, visitorId: "v", ip });
const DONE = { ok: true, value: null };
const tooMany = (retryAfterSeconds: number) => ({ ok: false, failure: { kind: "rate-limited", retryAfterSeconds } });

describe("a room", () => {
  it("is known after it was opened, by one statement a row", async () => {
    const asked = await chatForm({});
    at.resetUsage();
    expect(await open(asked, "room", "203.0.113.1")).toEqual(DONE);
    expect(at.usage).toMatchObject({ roundTrips: 1, statements: 1 });
    expect(await row("SELECT id, form_id, visitor_id, status, version, opened_at, lead_id FROM room")).toEqual({
      ...{ id: "room", form_id: asked.form.id, visitor_id: "v", status: "guided", version: 0 },
      ...{ opened_at: START, lead_id: null },
    });
  });

  it("that is opened again is the same, also at the same moment", async () => {
    const asked = await chatForm(LIMITS);
    const again = await Promise.all(Array.from({ length: 10 }, () => open(asked, "room", "203.0.113.1")));
    expect(again).toEqual(Array(10).fill(DONE));
    expect(await rows("SELECT DISTINCT count FROM rate_counter")).toEqual([{ count: 1 }]);
    expect(await count("room")).toBe(1);
  });

  it("that has ended is not opened again", async () => {
    const asked = await chatForm({});
    await open(asked, "room");
    await at.env.DB.prepare("UPDATE room SET status = 'closed'").run();
    expect(await open(asked, "room")).toEqual({ ok: false, failure: { kind: "closed" } });
  });
});

describe("the form's rates", () => {
  it("refuse one address, and then everybody, until the window ends; what was opened before stays open", async () => {
    const asked = await chatForm(LIMITS);
    at.clock.now += 10_000;
    expect(await open(asked, "a", "203.0.113.1")).toEqual(DONE);
    expect(await open(asked, "b", "203.0.113.1")).toEqual(DONE);
    expect(await open(asked, "c", "203.0.113.1")).toEqual(tooMany(50));
    expect(await open(asked, "c", "203.0.113.2")).toEqual(DONE);
    expect(await open(asked, "d", "203.0.113.2")).toEqual(tooMany(50));
    expect(await open(asked, "a", "203.0.113.1")).toEqual(DONE);
    at.clock.now += 50_000;
    expect(await open(asked, "d", "203.0.113.1")).toEqual(DONE);
    expect(await count("room")).toBe(4);
  });

  it("that are known to be full cost no batch, and still let in who was", async () => {
    const asked = await chatForm({ rate_limit_per_minute: 1 });
    await open(asked, "a");
    expect(await open(asked, "b")).toEqual(tooMany(60));
    at.resetUsage();
    expect([await open(asked, "b"), at.usage.rowsWritten]).toEqual([tooMany(60), 0]);
    expect(await open(asked, "a")).toEqual(DONE);
  });
});
