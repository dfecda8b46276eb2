/**
 * The database does what was asked, and its answer is lost. What recognises its own repeat is sent again, and is answered
 * as if nothing had been: nothing is there twice.
 */
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { loadForm } from "../../../worker/services/load-form.ts";
import { openRoom } from "../../../worker/services/open-room.ts";
import { saveRoom } from "../../../worker/services/save-room.ts";
import { capture, firstDatabase, form, somebody } from "../../support/edge.ts";
import { MAYBE_RUN } from "../../support/faulty.ts";
import { deliver, mailbox, message } from "../../support/mail.ts";
import { LEADS, LEADS_RECOUNT } from "../../support/recounts.ts";
import { count, eventKinds, sorted } from "../../support/rows.ts";
import { opened, visiting } from "../../support/talks.ts";
import { createLead, data, hour, post as postCrm } from "../crm/v1.ts";
import { request } from "../unsorted/bodies.ts";
import { post } from "../unsorted/v4.ts";
import { LOST, PERSON, UNREACHABLE, useFaultyScene } from "./faulty-scene.ts";

const scene = useFaultyScene();

describe("a capture with an id", () => {
  test.each(MAYBE_RUN)(
    "whose answer was lost is answered as if nothing had been, and is one lead: %s",
    async (message) => {
      const before = await count("lead");
      const submission_id = crypto.randomUUID();
      const body = { submission_id, data: somebody() };
      scene.d1.fail({ message, after: true });
      const response = await capture(scene.at, scene.of.formId, body);
      const answer = await response.json<{ id: string }>();
      expect([response.status, response.headers.get("idempotent-replayed")]).toEqual([201, null]);
      expect(await count("lead")).toBe(before + 1);
      expect(await eventKinds(answer.id)).toHaveLength(1);
      expect(await sorted(LEADS)).toEqual(await sorted(LEADS_RECOUNT));
      const again = await capture(scene.at, scene.of.formId, body);
      expect([await again.json(), again.headers.get("idempotent-replayed")]).toEqual([answer, "true"]);
    },
  );

  test("that never arrived is sent again, whichever way it failed", async () => {
    for (const message of [LOST, UNREACHABLE]) {
      const before = await count("lead");
      scene.d1.fail({ message }, 2);
      expect((await capture(scene.at, scene.of.formId)).status).toBe(201);
      expect(await count("lead")).toBe(before + 1);
    }
  });

  test("that repeats somebody's request, and whose answer was lost, counts once", async () => {
    const said = somebody();
    await capture(scene.at, scene.of.formId, { data: said });
    scene.d1.heal();
    scene.d1.fail({ message: LOST, after: true, of: /INSERT INTO duplicate_attempt/ });
    // The batch that makes a lead is refused, and by then the fault waits for the one that counts.
    const response = await capture(scene.at, scene.of.formId, { data: said });
    expect(response.status).toBe(201);
    expect(await env.DB.prepare("SELECT sum(count) AS n FROM duplicate_attempt").first()).toEqual({ n: 1 });
  });
});

describe("a write with a key whose answer was lost is done once, and answered with what it has made", () => {
  const key = { "idempotency-key": "k1" };

  test("a program's leads", async () => {
    const before = await count("lead");
    scene.d1.fail({ message: LOST, after: true, of: /INSERT INTO lead\b/ });
    const response = await post(scene.at, scene.of, "forms", [request()], key);
    expect([response.status, response.headers.get("idempotent-replayed")]).toEqual([200, null]);
    expect(await count("lead")).toBe(before + 1);
    expect(await sorted(LEADS)).toEqual(await sorted(LEADS_RECOUNT));
  });

  test("a colleague's lead", async () => {
    const before = await count("lead");
    scene.d1.fail({ message: LOST, after: true, of: /INSERT INTO lead\b/ });
    const made = await data<{ first_name: string }>(
      await postCrm(scene.at, scene.of, "/v1/leads/create/lead/", PERSON, scene.of.admin, key),
    );
    expect(made).toMatchObject({ first_name: "Ada" });
    expect(await count("lead")).toBe(before + 1);
  });

  test("a note, and an appointment", async () => {
    const { slug } = await createLead(scene.at, scene.of);
    for (const [path, table, fields] of [
      ["/leads/create/leadnote/", "note", { slug, note: "Two doors" }],
      ["/leads/create/appointment/", "appointment", { slug, ...hour(24) }],
    ] as const) {
      scene.d1.heal();
      scene.d1.fail({ message: LOST, after: true, of: new RegExp(`INSERT INTO ${table}\\b`) });
      const made = await data(
        await postCrm(scene.at, scene.of, path, fields, scene.of.admin, { "idempotency-key": table }),
      );
      expect(await count(table)).toBe(1);
      expect(
        await data(await postCrm(scene.at, scene.of, path, fields, scene.of.admin, { "idempotency-key": table })),
      ).toEqual(made);
    }
  });

  test("a message", async () => {
    const address = await mailbox(scene.at, scene.of.id);
    const before = await count("lead");
    scene.d1.heal();
    scene.d1.fail({ message: LOST, after: true, of: /INSERT INTO lead\b/ });
    expect(await deliver(scene.at, address, message())).toBeNull();
    expect(await count("lead")).toBe(before + 1);
  });

  test("a room", async () => {
    const chat = await form(scene.at, scene.of.id, { mode: "chat", rate_limit_per_minute: 5 });
    const loaded = await loadForm([firstDatabase(scene.at)], chat, scene.at.clock.now);
    if (loaded === null) throw new Error("there is no form");
    scene.d1.heal();
    scene.d1.fail({ message: LOST, after: true });
    const opened = await openRoom(visiting(scene.at), { form: loaded, roomId: "room", visitorId: "v", ip: null });
    expect(opened).toEqual({ ok: true, value: null });
    expect(await env.DB.prepare("SELECT DISTINCT count FROM rate_counter").first()).toEqual({ count: 1 });
  });

  test("what was said in a room: its lead is born once, and told of", async () => {
    const room = await opened(scene.at, await form(scene.at, scene.of.id, { mode: "chat" }), "the-visitor");
    const [before, ctx] = [await count("lead"), visiting(scene.at)];
    const tell = vi.fn(async () => {});
    const inboxes = { getByName: () => ({ tell, signOut: async () => {} }) };
    scene.d1.heal();
    scene.d1.fail({ message: LOST, after: true, of: /INSERT INTO lead\b/ });
    const said = room.next({ said: { name: "Ada", email: "ada@example.org" } });
    const { lead } = await saveRoom({ ...ctx, live: { ...ctx.live, inboxes } }, said);
    expect(lead).toMatchObject({ person: { name: "Ada" } });
    expect(await count("lead")).toBe(before + 1);
    expect(tell).toHaveBeenCalledTimes(1);
    expect(await sorted(LEADS)).toEqual(await sorted(LEADS_RECOUNT));
  });
});
