import { beforeEach, describe, expect, it } from "vitest";
import { orgLeads } from "../../support/asking.ts";
import { CONTACT_FIELDS, capture, type Edge, edge, form, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { count } from "../../support/rows.ts";
import { heldLeads } from "../../support/spam.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const message = (text: string) => ({ data: { ...somebody(), message: text } });
const links = (n: number): string => Array.from({ length: n }, (_, i) => `https://x.test/${i}`).join(" and ");
const SUSPECT: [what: string, reason: string, body: () => Record<string, unknown>][] = [
  ["filled in what people do not see", "honeypot", () => ({ data: { ...somebody(), homepage: "x" } })],
  ["put a value of another type there", "honeypot", () => ({ data: { ...somebody(), homepage: { a: 1 } } })],
  ["sent before anybody could read", "too-fast", () => ({ elapsed_ms: 1_499 })],
  ["has more links than the form takes", "links", () => message(links(4))],
  ["has markup for a link", "links", () => message('Buy <a href="https://x.test">here</a>')],
  ["has a bulletin board's link", "links", () => message("Buy [url=https://x.test]here[/url]")],
  ["says one word over and over", "repeats", () => message("buy ".repeat(8))],
  [
    "says the same in every answer",
    "repeats",
    () => ({ data: { name: "casino", message: "casino", town: "casino", email: "a@b.example" } }),
  ],
];
const ORDINARY: [what: string, body: () => Record<string, unknown>][] = [
  ["took just as long as the form asks", () => ({ elapsed_ms: 1_500 })],
  ["measured nothing", () => ({ elapsed_ms: null })],
  ["measured with a clock that went back", () => ({ elapsed_ms: -5 })],
  ["has as many links as the form takes", () => message(links(3))],
  ["left the honeypot empty", () => ({ data: { ...somebody(), homepage: "" } })],
  ["repeats a word in a sentence", () => message("It is very very very good, I think, and you are, too.")],
  ["says little", () => message("ok")],
];

describe("suspected spam", () => {
  let id: string;
  beforeEach(async () => {
    id = await form(at, to.id, { fields: [...CONTACT_FIELDS, { name: "town", type: "text", label: "Town" }] });
  });

  it.each(SUSPECT)("is held where it %s: %s", async (_what, reason, body) => {
    expect((await capture(at, id, body())).status).toBe(201);
    expect((await heldLeads(at, to)).map(({ reasons }) => reasons)).toEqual([[reason]]);
    expect(await orgLeads(at, to)).toEqual([]);
  });

  it.each(ORDINARY)("is not what %s", async (_what, body) => {
    expect((await capture(at, id, body())).status).toBe(201);
    expect(await heldLeads(at, to)).toEqual([]);
    expect(await orgLeads(at, to)).toHaveLength(1);
  });

  it("names every reason", async () => {
    const body = { elapsed_ms: 0, data: { ...somebody(), homepage: "x", message: links(9) } };
    await capture(at, id, body);
    expect((await heldLeads(at, to))[0]?.reasons).toEqual(["honeypot", "too-fast", "links"]);
  });

  it("is answered like success, in the same words and with the same headers", async () => {
    const [good, bad] = [await capture(at, id), await capture(at, id, { elapsed_ms: 0 })];
    const shape = async (answer: Response) => ({
      status: answer.status,
      headers: [...answer.headers.keys()].sort(),
      keys: Object.keys(await answer.json<object>()),
    });
    expect(await shape(bad)).toEqual(await shape(good));
  });

  it("is replayed like anything else", async () => {
    const same = { submission_id: crypto.randomUUID(), elapsed_ms: 0, data: somebody() };
    const [first, again] = [await capture(at, id, same), await capture(at, id, same)];
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await again.text()).toBe(await first.text());
    expect(await count("lead")).toBe(1);
  });

  it("is in no list, no count and no queue, claims nothing, and is found by nobody", async () => {
    const { id: uuid } = await (await capture(at, id, { elapsed_ms: 0 })).json<{ id: string }>();
    expect([await count("claim"), await count("incoming_lead"), await count("incoming_rollup")]).toEqual([0, 0, 0]);
    for (const list of [`orgs/${to.id}/leads`, `users/${to.admin.id}/pending_leads`]) {
      expect((await at.send("GET", `/api/v5/${list}/${uuid}`, { token: to.admin.token })).status).toBe(404);
    }
  });

  it("is measured by the form's own settings", async () => {
    const lax = await form(at, to.id, { min_elapsed_ms: 0, max_links: 10 });
    await capture(at, lax, { elapsed_ms: 0, ...message(links(10)) });
    const strict = await form(at, to.id, { min_elapsed_ms: 10_000, max_links: 0 });
    await capture(at, strict, { elapsed_ms: 9_999, ...message(links(1)) });
    expect((await heldLeads(at, to)).map(({ form_id, reasons }) => [form_id, reasons])).toEqual([
      [strict, ["too-fast", "links"]],
    ]);
  });
});
