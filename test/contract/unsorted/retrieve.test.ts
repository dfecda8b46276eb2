/** GET /leads/unsorted/{uid}: one incoming lead, waiting or sorted. */
import { describe, expect, test } from "vitest";
import { admin, capture, edge, tenant } from "../../support/edge.ts";
import { call } from "./bodies.ts";
import { accept, added, decline, get, list, nothing, ORIGIN, retrieve, UID, UNSORTED, waiting } from "./v4.ts";

describe("one incoming lead", () => {
  test("is shown as the list shows it, under its own address", async () => {
    const at = edge();
    const of = await tenant(at);
    const uid = await waiting(at, of);
    expect(uid).toMatch(UID);
    const lead = await retrieve(at, of, uid);
    expect([lead]).toEqual(await list(at, of));
    expect(lead).toMatchObject({ uid, _links: { self: { href: `${ORIGIN}${UNSORTED}/${uid}` } } });
    const { leads, contacts, companies } = lead._embedded;
    const of1 = (kind: string, id = 0) => [{ id, _links: { self: { href: `${ORIGIN}/api/v4/${kind}/${id}` } } }];
    expect(leads).toEqual(of1("leads", leads[0]?.id));
    expect(contacts).toEqual(of1("contacts", contacts[0]?.id));
    expect(companies).toEqual([]);
  });

  test("stays readable after it was accepted or declined", async () => {
    const at = edge();
    const of = await tenant(at);
    const [one, two] = [await waiting(at, of), await waiting(at, of)];
    const before = await retrieve(at, of, one);
    await accept(at, one, of.agent);
    await decline(at, two, of.agent);
    expect(await retrieve(at, of, one)).toEqual(before);
    expect((await retrieve(at, of, two)).uid).toBe(two);
  });

  test("is 204 without a body where it is unknown, another organization's, held, or another thing altogether", async () => {
    const at = edge();
    const of = await tenant(at);
    const foreign = await waiting(at, await tenant(at));
    await capture(at, of.formId, { elapsed_ms: 5 });
    for (const uid of [foreign, "0".repeat(60), "x", "1", "%00", "9".repeat(3_000)]) {
      await nothing(await get(at, `${UNSORTED}/${uid}`, of.admin));
    }
    await nothing(await get(at, UNSORTED, of.admin));
  });

  test("has a company only where one was brought", async () => {
    const at = edge();
    const of = await tenant(at);
    const _embedded = { contacts: [{ name: "Ada" }], companies: [{ name: "Acme Co." }] };
    const [one] = await added(at, of, "sip", [call({ _embedded })]);
    expect(one?._embedded.companies).toHaveLength(1);
  });

  test("of a form tells the form, the page and the visitor", async () => {
    const at = edge();
    const of = await tenant(at);
    const page = { url: "https://giosg.com/a", title: "A", referrer: "https://search.example/" };
    await capture(at, of.formId, { visitor_id: "v1", page }, { "CF-Connecting-IP": "203.0.113.9" });
    const [lead] = await list(at, of);
    expect(lead).toMatchObject({ category: "forms", source_uid: of.formId, source_name: "Contact us" });
    expect(lead?.metadata).toEqual({
      ...{ form_id: of.formId, form_name: "Contact us", form_page: "https://giosg.com/a", ip: "203.0.113.9" },
      ...{ form_sent_at: at.clock.now / 1000, referer: "https://search.example/", visitor_uid: "v1" },
    });
  });

  test("after a purge keeps its metadata's keys, and of their values the times only", async () => {
    const at = edge();
    const of = await tenant(at);
    const page = { url: "https://giosg.com/a", title: "A", referrer: "https://search.example/" };
    const captured = await capture(at, of.formId, { page }, { "CF-Connecting-IP": "203.0.113.9" });
    const { id } = await captured.json<{ id: string }>();
    expect(Object.values((await list(at, of))[0]?.metadata ?? {})).not.toContain(null);
    await admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: id });
    const [lead] = await list(at, of);
    const { form_sent_at, ...rest } = lead?.metadata ?? {};
    expect(form_sent_at).toBe(at.clock.now / 1000);
    expect(Object.keys(rest)).toHaveLength(6);
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });
});
