/** Many rooms at the same moment: nothing is lost, and nothing is there twice. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { inboxName } from "../../../../worker/services/live.ts";
import { chatScene, exchange, leaveAll, newToken, roomOf, visit } from "../../../support/chat-visitor.ts";
import type { Edge, Tenant } from "../../../support/edge.ts";
import { count, rows } from "../../../support/rows.ts";

let at: Edge;
let to: Tenant;
let chat: string;
beforeEach(async () => {
  ({ at, to, chat } = await chatScene());
});
afterEach(async () => {
  await leaveAll();
  // All that the rooms have told is heard: a message to the inbox comes after those before it.
  await env.INBOXES.getByName(inboxName(0, to.accountId)).tell([]);
});

const ROOMS = 200;
/** Of the visitor in each: two answers, and the rest said freely, every third one twice. */
const SAID = 20;
/** Ten seconds of work, on a machine that may be busy with something else. */
const TIMEOUT_MS = 120_000;

async function converse(place: number): Promise<string> {
  const token = newToken();
  const page = await visit(chat, token, { visitor: `v${place}` });
  page.patienceMs = TIMEOUT_MS;
  page.say(`${place} 0`, "0");
  page.answer("name", `Visitor ${place}`, "1");
  page.answer("email", `visitor.${place}@example.org`, "2");
  for (let next = 3; next < SAID; next += 1) {
    page.say(`${place} ${next}`, `${next}`);
    if (next % 3 === 0) page.say(`${place} ${next}`, `${next}`);
  }
  await page.answered(`${SAID - 1}`);
  // Half of them end by the other way in.
  if (place % 2) page.end("end");
  else await exchange(at, chat, token, [{ t: "close", id: "end" }], { since: 999 });
  await page.until("state", ({ status }) => status === "closed");
  return roomOf(chat, token);
}

it(
  "200 conversations of 20 messages at once are 200 leads, each with its own words",
  async () => {
    const rooms = await Promise.all(Array.from({ length: ROOMS }, (_, place) => converse(place)));
    await vi.waitFor(async () => expect(await count("room", "status = 'closed'")).toBe(ROOMS), { timeout: TIMEOUT_MS });
    expect([await count("room"), await count("lead"), await count("incoming_lead")]).toEqual([ROOMS, ROOMS, ROOMS]);
    const found = await rows<{ id: string; transcript: string; name: string; email: string }>(
      `SELECT room.id, transcript, contact.name, contact.email FROM room JOIN lead ON lead.id = room.lead_id
      JOIN contact ON contact.id = lead.id`,
    );
    const byId = new Map(found.map((one) => [one.id, one]));
    for (const [place, id] of rooms.entries()) {
      const one = byId.get(id);
      const messages = JSON.parse(one?.transcript ?? "[]") as {
        seq: number;
        text: string;
        author?: { kind: string };
      }[];
      expect([one?.name, one?.email]).toEqual([`Visitor ${place}`, `visitor.${place}@example.org`]);
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
      const texts = messages.filter(({ author }) => author?.kind === "visitor").map(({ text }) => text);
      expect(texts.slice(0, 3)).toEqual([`${place} 0`, `Visitor ${place}`, `visitor.${place}@example.org`]);
      expect(texts.slice(3)).toEqual(Array.from({ length: SAID - 3 }, (_, index) => `${place} ${index + 3}`));
    }
  },
  TIMEOUT_MS,
);
