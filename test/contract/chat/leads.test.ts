/** A chat's lead, as each API shows it: while it goes on, and when it has ended. */
import { beforeEach, expect, test } from "vitest";
import type { TranscriptInput } from "../../../worker/domain/transcript.ts";
import { saveRoom } from "../../../worker/services/save-room.ts";
import { orgLeads } from "../../support/asking.ts";
import { CONTACT_FIELDS, type Edge, edge, START, type Tenant, tenant } from "../../support/edge.ts";
import { type Opened, opened, visiting } from "../../support/talks.ts";
import { leads } from "../get-leads/get-leads.ts";
import { numberOf, summary } from "../lead-summary/summary.ts";
import { list } from "../unsorted/v4.ts";

const FIELDS = [
  ...CONTACT_FIELDS,
  { name: "company", type: "text", label: "Company", maps_to: "company" },
  { name: "colour", type: "text", label: "Colour" },
];
const said = (seq: number, text: string) => ({
  ...{ kind: "message" as const, seq, at: START + seq, visibility: "all" as const, text, customId: `m${seq}` },
  author: { kind: "visitor" as const, id: "the-visitor", clientId: "the-page" },
});
const TRANSCRIPT: TranscriptInput = [said(1, "Ada"), said(2, "ada@example.org")];

let at: Edge;
let of: Tenant;
let room: Opened;
beforeEach(async () => {
  at = edge();
  of = await tenant(at, { form: { mode: "chat", name: "Live chat", fields: FIELDS, lead_type: "Support" } });
  room = (await opened(at, of.formId, "the-visitor")).next({ said: { name: "Ada", email: "ada@example.org" } });
  await saveRoom(visiting(at), room);
});

/** What the room saves next. */
async function then(change: Parameters<Opened["next"]>[0]): Promise<void> {
  room = room.next({ lead: room.leadUuid, savedTalk: change?.said === undefined, ...change });
  await saveRoom(visiting(at), room);
}
const end = () => then({ status: "closed", closedAt: START + 60_000, transcript: TRANSCRIPT });

test("get-leads shows who it is as soon as that is known, once, with what is said later", async () => {
  const [first] = await leads(at, of);
  expect(first).toMatchObject({ name: "Ada", email: "ada@example.org", phone: "", chatbot_id: of.formId });
  await then({ said: { phone: "+358 40 1234567" } });
  await end();
  expect(await leads(at, of)).toEqual([{ ...first, phone: "+358 40 1234567" }]);
});

test("the lead summary tells when it began and ended, and what was said", async () => {
  const id = await numberOf(room.leadUuid);
  const open = await summary(at, of, id);
  expect([open.chat_id, open.chat_date, open.lead_type]).toEqual([room.roomId, "2026-03-02 10:00:00", "Support"]);
  expect(open.analytics).toMatchObject({
    ...{ chat_start_time: "2026-03-02T10:00:00.000000Z", chat_end_time: null, chat: "[]" },
  });
  await end();
  const { analytics } = await summary(at, of, id);
  expect(analytics.chat_end_time).toBe("2026-03-02T10:01:00.000000Z");
  expect((JSON.parse(analytics.chat) as { text: string }[]).map(({ text }) => text)).toEqual([
    "Ada",
    "ada@example.org",
  ]);
});

test("the queue shows it with its eight documented keys, its person, and the last thing said", async () => {
  await then({ said: { company: "Engines" }, lastText: "Engines" });
  const [waiting] = await list(at, of);
  expect(waiting).toMatchObject({
    category: "chats",
    metadata: {
      ...{ from: "Ada", to: of.formId, received_at: START / 1_000, service: "onlinechat", source_name: "Live chat" },
      client: { name: "Ada", avatar: null },
      origin: { chat_id: room.roomId, ref: null, visitor_uid: "the-visitor" },
      last_message_text: "Engines",
    },
  });
  expect(Object.keys(waiting?.metadata ?? {})).toHaveLength(8);
});

test("the organization's list shows the answers by the form's names", async () => {
  await then({ said: { colour: "Red" } });
  const [lead] = await orgLeads(at, of);
  expect(lead).toMatchObject({ id: room.leadUuid, data: { name: "Ada", email: "ada@example.org", colour: "Red" } });
});
