import { beforeEach, describe, expect, it } from "vitest";
import { patched, pick } from "../../support/asking.ts";
import { capture, type Edge, edge, form, lead, type Tenant, tenant } from "../../support/edge.ts";
import { count, rows } from "../../support/rows.ts";

let at: Edge;
let to: Tenant;
let id: string;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  id = await form(at, to.id, { duplicate_policy: "contact" });
});

const ANN = { name: "Ann", email: "ann@example.org", phone: "+358 40 1234567", message: "First." };
const repeats = async (data: object, visitor = "visitor-1") =>
  (await capture(at, id, { visitor_id: visitor, data })).status === 409;
const notes = () =>
  rows("SELECT note.text, lead.uuid AS lead FROM note JOIN lead ON lead.id = note.lead_id ORDER BY note.id");

describe("one lead a person", () => {
  it("is told by e-mail or by phone in E.164, whatever else was said", async () => {
    await lead(at, id, { visitor_id: "visitor-1", data: ANN });
    expect(await repeats({ email: "ANN@example.org", message: "Second." })).toBe(true);
    expect(await repeats({ email: "other@example.org", phone: "+358401234567" })).toBe(true);
    expect(await repeats({ email: "bob@example.org", phone: "+358 40 7654321" })).toBe(false);
    expect(await count("lead")).toBe(2);
  });

  it("keeps the newcomer's words as a note on the lead that they repeat, for a stranger too", async () => {
    const first = await lead(at, id, { visitor_id: "visitor-1", data: ANN });
    await repeats({ email: "ann@example.org", message: "Second." });
    const stranger = await capture(at, id, { visitor_id: "v2", data: { email: "ann@example.org", message: "Third." } });
    expect(stranger.status).toBe(201);
    expect(await notes()).toEqual([
      { lead: first, text: "E-mail: ann@example.org\nMessage: Second." },
      { lead: first, text: "E-mail: ann@example.org\nMessage: Third." },
    ]);
    expect(await rows("SELECT count FROM duplicate_attempt")).toEqual([{ count: 2 }]);
    expect(await rows("SELECT version FROM lead")).toEqual([{ version: 1 }]);
  });

  it("writes the note once, however often the same submission is sent", async () => {
    await lead(at, id, { data: ANN });
    const again = { submission_id: crypto.randomUUID(), data: { email: "ann@example.org", message: "Second." } };
    await Promise.all(Array.from({ length: 20 }, () => capture(at, id, again)));
    expect(await notes()).toHaveLength(1);
  });

  it("holds until the lead closes, not just until it is picked", async () => {
    const first = await lead(at, id, { visitor_id: "visitor-1", data: ANN });
    await pick(at, to, first);
    expect(await repeats(ANN)).toBe(true);
    await patched(at, to, first, { is_closed: true });
    expect(await repeats(ANN)).toBe(false);
    expect(await repeats(ANN)).toBe(true);
  });

  it("counts an attempt at both leads where e-mail and phone are of two", async () => {
    await lead(at, id, { data: { email: "one@example.org" } });
    await lead(at, id, { data: { email: "two@example.org", phone: "+358 40 1234567" } });
    await capture(at, id, { data: { email: "one@example.org", phone: "+358 40 1234567" } });
    expect(await rows("SELECT lead_id, count FROM duplicate_attempt")).toHaveLength(2);
    expect([await count("lead"), (await notes()).length]).toEqual([2, 1]);
  });

  it("without e-mail and phone falls back to identical requests", async () => {
    const fields = [{ name: "message", type: "text", label: "Message", maps_to: "message" }];
    id = await form(at, to.id, { fields, duplicate_policy: "contact" });
    expect(await repeats({ message: "Hi" })).toBe(false);
    expect(await repeats({ message: "Hi" })).toBe(true);
    expect(await repeats({ message: "Ho" })).toBe(false);
  });

  it("of many at the same moment stays one", async () => {
    const posts = Array.from({ length: 50 }, (_, index) => ({ data: { ...ANN, message: `Words ${index}` } }));
    const answers = await Promise.all(posts.map((body) => capture(at, id, body)));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect([await count("lead"), (await notes()).length, await count("claim")]).toEqual([1, 49, 2]);
  });
});
