/** What a summary tells of a lead's chat, and of its notes. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { TranscriptInput } from "../../../worker/domain/transcript.ts";
import { chat, visitorSaid } from "../../support/chats.ts";
import { admin, type Edge, edge, START, type Tenant, tenant } from "../../support/edge.ts";
import { capturedLead, summary } from "./summary.ts";

const HELSINKI = { organization: { time_zone: "Europe/Helsinki" } };
const texts = (encoded: string): string[] => (JSON.parse(encoded) as { text: string }[]).map(({ text }) => text);

/** Links through the v4 API, as an administrator does. */
async function link(at: Edge, of: Tenant, uid: string, leadId: number): Promise<void> {
  const body = { link: { entity_id: leadId, entity_type: "leads" } };
  const response = await at.send("POST", `/api/v4/leads/unsorted/${uid}/link`, { token: of.admin.token, body });
  expect(response.status).toBe(200);
}
/** A captured lead that takes things in. */
async function accepted(at: Edge, of: Tenant): Promise<number> {
  const id = await capturedLead(at, of);
  await env.DB.prepare("UPDATE lead SET state = 'pending' WHERE id = ?").bind(id).run();
  return id;
}

describe("a chat", () => {
  test("is told with its room, its beginning in the organization's time zone, and no end while it goes on", async () => {
    const at = edge();
    const of = await tenant(at, HELSINKI);
    const { id, roomId } = await chat(at, of);
    const { chat_id, chat_date, chat: shown, analytics } = await summary(at, of, id);
    expect([chat_id, chat_date, shown]).toEqual([roomId, "2026-03-02 12:00:00", null]);
    expect(analytics).toMatchObject({ chat_start_time: "2026-03-02T10:00:00.000000Z", chat_end_time: null });
    await env.DB.prepare("UPDATE room SET closed_at = ?")
      .bind(START + 1_234)
      .run();
    const ended = await summary(at, of, id);
    expect(ended.analytics.chat_end_time).toBe("2026-03-02T10:00:01.234000Z");
  });

  test("is encoded as documented: messages of visitors, operators and the form, and what happened", async () => {
    const at = edge();
    const of = await tenant(at);
    const common = { visibility: "all", at: START } as const;
    const transcript: TranscriptInput = [
      { ...common, seq: 1, kind: "message", text: "Welcome", author: { kind: "bot", id: "form" }, isWelcome: true },
      ...visitorSaid("", 'She said "hi" 😀').slice(1),
      {
        ...{ ...common, seq: 3, at: START + 2_001, kind: "message", visibility: "agents", text: "VIP" },
        author: { kind: "operator", id: of.agent.id, clientId: null },
      },
      { ...common, seq: 4, kind: "system", text: "Idle", type: "routing.idle", textVars: { duration: "10" } },
      { ...common, seq: 5, kind: "system", text: "Closed", type: "room.closed" },
    ];
    const { id, roomId } = await chat(at, of, { transcript });
    const time = "2026-03-02T10:00:00.000000Z";
    expect((await summary(at, of, id)).analytics.chat).toBe(
      JSON.stringify([
        {
          ...{ id: `${roomId}_1`, created_at: time, visibility: "all", type: "message" },
          ...{ properties: { lc2: { welcome_message: true } }, text: "Welcome", author_id: "form" },
        },
        {
          ...{ id: `${roomId}_2`, created_at: "2026-03-02T10:00:01.000000Z", visibility: "all", type: "message" },
          ...{ properties: { source: { client_id: "the-page" } }, text: 'She said "hi" 😀', author_id: "the-visitor" },
          custom_id: "m2",
        },
        {
          ...{ id: `${roomId}_3`, created_at: "2026-03-02T10:00:02.001000Z", visibility: "agents", type: "message" },
          ...{ properties: {}, text: "VIP", author_id: of.agent.id },
        },
        {
          ...{ id: `${roomId}_4`, created_at: time, visibility: "all", type: "system_message", text: "Idle" },
          ...{ system_message_type: "routing.idle", text_vars: { duration: "10" } },
        },
        {
          ...{ id: `${roomId}_5`, created_at: time, visibility: "all", type: "system_message", text: "Closed" },
          ...{ system_message_type: "room.closed", text_vars: {} },
        },
      ]),
    );
  });

  test.each([
    ...["Hello", "", "{", "null", "{}", "[]", '"x"', "[[]]", '[{"kind":"message"}]', "[1,null,{}]"],
    ...['[{"kind":"system","seq":1,"at":1e300,"visibility":"all","text":"","type":""}]'],
    ...['[{"kind":"system","seq":1,"at":-1,"visibility":"all","text":"","type":""}]'],
    ...['[{"kind":"system","seq":1,"at":253402300800000,"visibility":"all","text":"","type":""}]'],
  ])("of which %j is kept is shown without words", async (transcript) => {
    const at = edge();
    const of = await tenant(at);
    const { id, roomId } = await chat(at, of);
    await env.DB.prepare("UPDATE room SET transcript = ?").bind(transcript).run();
    const { chat_id, analytics } = await summary(at, of, id);
    expect([chat_id, analytics.chat]).toEqual([roomId, "[]"]);
  });

  test("keeps what can be read beside what cannot", async () => {
    const at = edge();
    const of = await tenant(at);
    const { id } = await chat(at, of);
    const kept = [{ kind: "a later one" }, ...visitorSaid("Hello"), 7];
    await env.DB.prepare("UPDATE room SET transcript = ?").bind(JSON.stringify(kept)).run();
    expect(texts((await summary(at, of, id)).analytics.chat)).toEqual(["Hello"]);
  });

  test("goes with a link to the lead that takes it in; of several, the latest is shown", async () => {
    const at = edge();
    const of = await tenant(at);
    const target = await accepted(at, of);
    const first = await chat(at, of, { transcript: visitorSaid("First") });
    at.clock.now += 60_000;
    const second = await chat(at, of, { transcript: visitorSaid("Second") });
    await link(at, of, second.uid, target);
    await link(at, of, first.uid, target);
    const taken = await summary(at, of, target);
    expect([taken.chat_id, taken.chat_date, texts(taken.analytics.chat)]).toEqual([
      ...[second.roomId, "2026-03-02 10:01:00", ["Second"]],
    ]);
    // The one that it was made with still says which chat that was.
    const left = await summary(at, of, first.id);
    expect([left.chat_id, left.chat_date, left.analytics.chat]).toEqual([first.roomId, null, "[]"]);
  });

  test("is emptied by a purge; that there was one stays", async () => {
    const at = edge();
    const of = await tenant(at);
    const { id, leadUuid, roomId } = await chat(at, of, { transcript: visitorSaid("Secret") });
    await admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: leadUuid });
    const { chat_id, chat_date, analytics } = await summary(at, of, id);
    expect([chat_id, chat_date, analytics.chat]).toEqual([roomId, "2026-03-02 10:00:00", "[]"]);
  });
});

test("notes are counted, those of this lead only", async () => {
  const at = edge();
  const of = await tenant(at);
  const [one, other] = [await chat(at, of), await chat(at, of)];
  const insert = "INSERT INTO note (organization_id, lead_id, text, created_at) VALUES (?, ?, 'x', 1)";
  for (let times = 0; times < 3; times += 1) await env.DB.prepare(insert).bind(of.accountId, one.id).run();
  expect((await summary(at, of, one.id)).notes_count).toBe(4);
  expect((await summary(at, of, other.id)).notes_count).toBe(1);
});
