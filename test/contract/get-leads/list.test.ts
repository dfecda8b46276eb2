/** Which leads, in which order, on which page. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { LEAD_STATES } from "../../../worker/domain/lead.ts";
import { patched } from "../../support/asking.ts";
import { admin, edge, form, lead, START, tenant } from "../../support/edge.ts";
import { manyLeads, stand } from "../../support/standing-leads.ts";
import { chatTenant, get, ids, leads, leadsIn, numbers, refused, someone } from "./get-leads.ts";

const SHOWN = ["incoming", "pending", "assigned", "closed"];

describe.each(LEAD_STATES)("a chat's lead that is %s", (state) => {
  const isShown = SHOWN.includes(state);
  test(isShown ? "is shown to every user" : "is not shown", async () => {
    const at = edge();
    const of = await chatTenant(at);
    const { id, leadUuid } = await someone(at, of);
    await stand(leadUuid, state, state === "assigned" ? of.otherAgent : null);
    for (const { token } of [of.agent, of.admin]) {
      const response = await at.send("GET", `/api/v1/get-leads?chatbotId=${of.formId}`, { token });
      expect((await leadsIn(response)).map((one) => one.id)).toEqual(isShown ? [id] : []);
    }
  });
});

describe("a lead", () => {
  test("stays in the list while it is picked, closed and reopened, and leaves it with a purge", async () => {
    const at = edge();
    const of = await chatTenant(at);
    const { id, leadUuid } = await someone(at, of);
    for (const change of [{ assigned_user_id: of.agent.id }, { is_closed: true }, { is_closed: false }]) {
      at.clock.now += 1_000;
      await patched(at, of, leadUuid, change);
      expect(await leads(at, of)).toMatchObject([{ id, created_at: "2026-03-02T10:00:00.000Z" }]);
    }
    await admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: leadUuid });
    expect(await ids(at, of)).toEqual([]);
  });

  test.each([
    [{ name: "Ada" }, { name: "Ada", email: "", phone: "" }],
    [{ email: "ada@example.org" }, { name: "", email: "ada@example.org", phone: "" }],
    [{ phone: "+358401234567" }, { name: "", email: "", phone: "+358401234567" }],
    [{ name: "", email: "", phone: "" }, null],
    [{}, null],
  ])("of whom %j is known is shown as %j", async (contact, shown) => {
    const at = edge();
    const of = await chatTenant(at);
    await someone(at, of, { contact });
    const found = await leads(at, of);
    if (shown === null) expect(found).toEqual([]);
    else expect(found).toMatchObject([shown]);
  });

  test("of another form, of no conversation, or of another organization is not among them", async () => {
    const at = edge();
    const [of, other] = [await chatTenant(at), await chatTenant(at)];
    const formId = await form(at, of.id, { mode: "chat" });
    await someone(at, { ...of, formId }, { visitorId: "elsewhere" });
    await someone(at, other);
    await lead(at, of.formId);
    const { id } = await someone(at, of);
    expect(await ids(at, of)).toEqual([id]);
  });

  test("names the form's owner, and nobody where it has none", async () => {
    const at = edge();
    const of = await chatTenant(at);
    await someone(at, of);
    expect(await leads(at, of)).toMatchObject([{ chatbot_owner_user_id: "" }]);
    await env.DB.prepare("UPDATE form SET owner_id = ?").bind(of.agent.user_id).run();
    at.clock.now += 60_000;
    expect(await leads(at, of)).toMatchObject([{ chatbot_owner_user_id: String(of.agent.user_id) }]);
  });
});

describe("a chatbot", () => {
  const MESSAGE = "There is no chatbot with this chatbotId.";

  test("that is unknown, another organization's, or a form without a chat is 404 alike", async () => {
    const at = edge();
    const [of, other] = [await chatTenant(at), await chatTenant(at)];
    const plain = await tenant(at);
    await leads(at, other);
    const unknown = `${of.formId.slice(0, 8)}-0000-8000-8000-000000000000`;
    const nowhere = `${of.formId.slice(0, -4)}0007`;
    for (const chatbotId of [
      other.formId,
      plain.formId,
      unknown,
      nowhere,
      of.id,
      "x",
      "[Your Chatbot ID]",
      "__proto__",
    ]) {
      await refused(await get(at, of, { chatbotId }), 404, MESSAGE);
    }
    await refused(await get(at, plain, { chatbotId: plain.formId }), 404, MESSAGE);
    expect(await ids(at, of)).toEqual([]);
  });

  test("is found in upper case, too, and shown in lower case", async () => {
    const at = edge();
    const of = await chatTenant(at);
    await someone(at, of);
    expect(await leads(at, of, { chatbotId: of.formId.toUpperCase() })).toMatchObject([{ chatbot_id: of.formId }]);
  });
});

describe("pages", () => {
  test("hold 10 leads where no size is given; the oldest come first, by order of arrival within a moment", async () => {
    const at = edge();
    const of = await chatTenant(at);
    await manyLeads(of, { count: 12, category: "chats", stepMs: 0 });
    await manyLeads(of, { count: 12, category: "chats", from: START - 60_000 });
    const all = await numbers();
    expect(await ids(at, of)).toEqual(all.slice(0, 10));
    expect(await ids(at, of, { page: 2 })).toEqual(all.slice(10, 20));
    expect(await ids(at, of, { page: 3 })).toEqual(all.slice(20));
    expect(await ids(at, of, { page: 4 })).toEqual([]);
    expect(await ids(at, of, { size: 1_000 })).toEqual(all);
    expect(await ids(at, of, { size: 7, page: 2 })).toEqual(all.slice(7, 14));
  });

  test("stay where they are when new leads arrive", async () => {
    const at = edge();
    const of = await chatTenant(at);
    await manyLeads(of, { count: 5, category: "chats" });
    const all = await numbers();
    expect(await ids(at, of, { size: 2 })).toEqual(all.slice(0, 2));
    await manyLeads(of, { count: 5, category: "chats", from: START + 60_000 });
    expect(await ids(at, of, { size: 2, page: 2 })).toEqual(all.slice(2, 4));
  });

  test("miss nobody when a lead of the page before is sorted away while they are read", async () => {
    const at = edge();
    const of = await chatTenant(at);
    const uuids = await manyLeads(of, { count: 6, category: "chats" });
    const all = await numbers();
    expect(await ids(at, of, { size: 2 })).toEqual(all.slice(0, 2));
    await stand(uuids[0] as string, "declined");
    expect(await ids(at, of, { size: 2, page: 2 })).toEqual(all.slice(2, 4));
    // Read from the start again, they are pages of what is there now
    expect(await ids(at, of, { size: 2 })).toEqual(all.slice(1, 3));
    expect(await ids(at, of, { size: 2, page: 2 })).toEqual(all.slice(3, 5));
  });

  test("of people of whom nothing is known are no pages: they leave no gaps", async () => {
    const at = edge();
    const of = await chatTenant(at);
    await manyLeads(of, { count: 9, category: "chats" });
    const all = await numbers();
    const unknown = [all[0], all[3], all[4]];
    await env.DB.prepare("UPDATE contact SET name = NULL, email = NULL WHERE id IN (SELECT value FROM json_each(?))")
      .bind(JSON.stringify(unknown))
      .run();
    const known = all.filter((id) => !unknown.includes(id));
    expect(await ids(at, of, { size: 4 })).toEqual(known.slice(0, 4));
    expect(await ids(at, of, { size: 4, page: 2 })).toEqual(known.slice(4));
  });
});

describe("days", () => {
  /** A lead at each of these moments. @returns what of them a range holds. */
  const among = async (time_zone: string, moments: string[], range: { startDate?: string; endDate?: string }) => {
    const at = edge();
    at.clock.now = Math.min(...moments.map((moment) => Date.parse(moment)));
    const of = await chatTenant(at, { time_zone, subscription_until: "2099-01-01T00:00:00Z" });
    for (const moment of moments) {
      at.clock.now = Date.parse(moment);
      await someone(at, of, { visitorId: moment });
    }
    return (await leads(at, of, range)).map(({ created_at }) => created_at);
  };

  const NEW_YORK = ["2026-03-08T04:59:59.999Z", "2026-03-08T05:00:00.000Z", "2026-03-09T03:59:59.999Z"];
  const AFTER = "2026-03-09T04:00:00.000Z";
  test.each([
    [{ startDate: "2026-03-08", endDate: "2026-03-08" }, NEW_YORK.slice(1)],
    [{ startDate: "2026-03-08" }, [...NEW_YORK.slice(1), AFTER]],
    [{ endDate: "2026-03-08" }, NEW_YORK],
    [{ endDate: "2026-03-07" }, NEW_YORK.slice(0, 1)],
    [{ startDate: "2026-03-09", endDate: "9999-12-31" }, [AFTER]],
    [{ startDate: "0001-01-01", endDate: "1999-12-31" }, []],
    [{}, [...NEW_YORK, AFTER]],
  ])("are the organization's own, both inclusive, on a day of 23 hours: %j", async (range, expected) => {
    expect(await among("America/New_York", [...NEW_YORK, AFTER], range)).toEqual(expected);
  });

  test("begin where clocks do that leap over midnight", async () => {
    const moments = ["2026-09-06T03:59:59.000Z", "2026-09-06T04:00:00.000Z"];
    const day = "2026-09-06";
    expect(await among("America/Santiago", moments, { startDate: day, endDate: day })).toEqual(moments.slice(1));
  });
});
