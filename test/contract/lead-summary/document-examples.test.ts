/** The document's example, word for word in test/fixtures/lead-summary, against a real answer about the same lead. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { TranscriptInput } from "../../../worker/domain/transcript.ts";
import EXAMPLE from "../../fixtures/lead-summary/retrieve.response.json" with { type: "json" };
import { chat } from "../../support/chats.ts";
import { type Edge, edge, tenant } from "../../support/edge.ts";
import { ask } from "./summary.ts";

/** Its chat: the documented encoding read back into what a room keeps. */
interface Said {
  id: string;
  created_at: string;
  visibility: "all" | "agents";
  type: string;
  properties?: { lc2?: object; source?: { client_id: string } };
  text: string;
  author_id?: string;
  custom_id?: string;
  system_message_type?: string;
  text_vars?: Record<string, string>;
}
const { data: LEAD } = EXAMPLE;
const CHAT = JSON.parse(LEAD.analytics.chat) as Said[];
const ROOM = (CHAT[0] as Said).id.split("_")[0] as string;

/** Foyer's clocks tell milliseconds; the example's microseconds are cut. */
const cut = (time: string): string => time.replace(/\d{3}Z$/, "000Z");

const transcript: TranscriptInput = CHAT.map((said) => {
  const { visibility, text, properties, author_id, custom_id, system_message_type: type } = said;
  const common = { seq: Number(said.id.split("_")[1]), at: Date.parse(said.created_at), visibility, text };
  if (type !== undefined) return { ...common, kind: "system", type, textVars: said.text_vars };
  const clientId = properties?.source?.client_id ?? null;
  const author = { kind: custom_id === undefined ? "bot" : "visitor", id: author_id as string, clientId } as const;
  return { ...common, kind: "message", author, customId: custom_id ?? null, isWelcome: properties?.lc2 !== undefined };
});

/** A chat's lead at the example's time, and what only the original can have made put in afterwards. */
async function answered(at: Edge) {
  at.clock.now = Date.parse(LEAD.analytics.chat_end_time);
  const organization = { time_zone: "Asia/Karachi", subscription_until: "2025-01-01T00:00:00Z" };
  const of = await tenant(at, { organization });
  const { name, email, phonenumber: phone, analytics: seen } = LEAD;
  const made = await chat(at, of, { transcript, contact: { name, phone } });
  const { country, timezone: time_zone, ...place } = JSON.parse(seen.analytics);
  const geo = JSON.stringify({ ...place, country, time_zone });
  await env.DB.batch([
    env.DB.prepare("PRAGMA defer_foreign_keys = on"),
    env.DB.prepare("DELETE FROM note"),
    env.DB.prepare("UPDATE contact SET email = ? WHERE id = ?").bind(email, made.id),
    env.DB.prepare("UPDATE lead_source SET id = id + 100"),
    env.DB.prepare("UPDATE lead_source SET id = ? WHERE key = 'chat'").bind(Number(seen.source)),
    env.DB.prepare("UPDATE lead SET room_id = ?, geo = ?, browser = ?, page_url = ?, ip = ?").bind(
      ...[ROOM, geo, seen.browser, seen.source_url, seen.ip],
    ),
    env.DB.prepare("UPDATE room SET id = ?, opened_at = ?, closed_at = ?").bind(
      ...[ROOM, Date.parse(seen.chat_start_time), Date.parse(seen.chat_end_time)],
    ),
  ]);
  const response = await ask(at, made.id, of.agent.token);
  expect(response.status).toBe(200);
  return response.json<typeof EXAMPLE>();
}

test("the example's lead is answered with the example's response, key by key", async () => {
  const { data, message } = await answered(edge());
  const { analytics, ...lead } = LEAD;
  expect(message).toBe(EXAMPLE.message);
  const place = { ...JSON.parse(analytics.analytics), country_code: "US" };
  expect(data).toEqual({
    ...lead,
    // The room is the chat, and where there was one, its date is told
    chat_id: ROOM,
    chat_date: "2023-09-13 16:06:31",
    analytics: {
      ...analytics,
      // One country has one code
      analytics: JSON.stringify(place),
      chat_start_time: cut(analytics.chat_start_time),
      chat_end_time: cut(analytics.chat_end_time),
      chat: JSON.stringify(CHAT.map((said) => ({ ...said, created_at: cut(said.created_at) }))),
    },
  });
});

test("keys come in the example's order, in the strings inside as well", async () => {
  const { data, ...rest } = await answered(edge());
  expect(Object.keys({ data, ...rest })).toEqual(Object.keys(EXAMPLE));
  expect(Object.keys(data)).toEqual(Object.keys(LEAD));
  expect(Object.keys(data.analytics)).toEqual(Object.keys(LEAD.analytics));
  expect(Object.keys(JSON.parse(data.analytics.analytics))).toEqual(Object.keys(JSON.parse(LEAD.analytics.analytics)));
  const answeredChat = JSON.parse(data.analytics.chat) as Said[];
  expect(answeredChat.map((said) => Object.keys(said))).toEqual(CHAT.map((said) => Object.keys(said)));
});
