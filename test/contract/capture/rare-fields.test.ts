import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, wrong } from "../../support/asking.ts";
import { capture, type Edge, edge, form, lead, type Tenant, tenant } from "../../support/edge.ts";
import { count, row } from "../../support/rows.ts";
import { asAdmin } from "../../support/spam.ts";

let at: Edge;
let to: Tenant;
let id: string;
const options = ["red", "green", "blue"].map((value) => ({ value, label: value.toUpperCase() }));
const FIELDS = [
  { name: "email", type: "email", label: "E-mail", maps_to: "email" },
  { name: "site", type: "url", label: "Site" },
  { name: "budget", type: "number", label: "Budget", min: 0, max: 1_000, step: 0.5 },
  { name: "one", type: "radio", label: "One", options },
  { name: "some", type: "checkboxes", label: "Some", options, min: 1, max: 2 },
  { name: "day", type: "date", label: "Day", min: "2026-01-01" },
  { name: "hour", type: "time", label: "Hour" },
  { name: "joy", type: "rating", label: "Joy" },
  { name: "why", type: "text", label: "Why", required: true, visible_if: { field: "joy", op: "lte", value: 2 } },
];
const ENTERED = {
  ...{ email: "ann@example.org", site: "example.org", budget: "12,50", one: "red", some: ["blue", "red"] },
  ...{ day: "2026-03-02", hour: "9:05", joy: "4" },
};
const KEPT = { ...ENTERED, site: "https://example.org", budget: "12.5", hour: "09:05" };
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  id = await form(at, to.id, { fields: FIELDS });
});

const keptAnswers = async () => {
  const { answers } = await row("SELECT answers FROM lead");
  const kept: { name: string; value: unknown }[] = JSON.parse(answers as string);
  return Object.fromEntries(kept.map(({ name, value }) => [name, value]));
};
const shown = async (uuid: string) => {
  const path = `/api/v5/users/${to.agent.id}/pending_leads/${uuid}`;
  return (await (await at.send("GET", path, { token: to.agent.token })).json<{ data: object }>()).data;
};

describe("rare fields", () => {
  it("are kept in their canonical form, and shown to clients of old as texts", async () => {
    const uuid = await lead(at, id, { data: ENTERED });
    expect(await keptAnswers()).toEqual({ ...KEPT, email: undefined, some: ["red", "blue"] });
    expect(await shown(uuid)).toEqual({ ...KEPT, some: "red, blue" });
  });

  it("are refused one by one, with a code for each", async () => {
    const data = {
      ...{ site: "javascript:alert(1)", budget: "12.25", one: "pink", some: ["red", "green", "blue"] },
      ...{ day: "2025-12-31", hour: "25:00", joy: "6" },
    };
    expect(wrong(await expectProblem(await capture(at, id, { data }), 422, "invalid-fields"))).toEqual([
      ...["site url", "budget step", "one choice", "some too_many", "day too_early", "hour time", "joy choice"],
    ]);
  });

  it("say the same thing however they were written, so that a repeat is none", async () => {
    const sent = async (data: object) => (await capture(at, id, { visitor_id: "v", data })).status;
    expect(await sent(ENTERED)).toBe(201);
    expect(await sent({ ...KEPT, some: ["red", "blue", "red"], budget: 12.5 })).toBe(409);
    expect(await sent({ ...KEPT, some: ["red"] })).toBe(201);
  });

  it("are empty after a purge", async () => {
    const uuid = await lead(at, id, { data: ENTERED });
    expect((await asAdmin(at, to, "POST", "/purge", { lead_id: uuid })).status).toBe(200);
    expect((await row("SELECT answers FROM lead")).answers).toBe("[]");
    expect(await shown(uuid)).toEqual({});
  });

  it("of free text are looked at for spam", async () => {
    const links = "https://a.test https://b.test https://c.test https://d.test";
    await capture(at, id, { data: { ...ENTERED, joy: "1", why: links } });
    expect(await row("SELECT state, spam FROM lead")).toEqual({ state: "held", spam: '["links"]' });
  });
});

describe("a condition", () => {
  it("drops without a word what it hides, and demands what it shows", async () => {
    await lead(at, id, { data: { ...ENTERED, joy: "3", why: "hidden words" } });
    expect(await count("lead", "answers LIKE '%hidden words%'")).toBe(0);
    const problem = await expectProblem(
      await capture(at, id, { data: { ...ENTERED, joy: "2" } }),
      422,
      "invalid-fields",
    );
    expect(wrong(problem)).toEqual(["why required"]);
    await lead(at, id, { data: { ...ENTERED, joy: "2", why: "seen words" } });
    expect(await count("lead", "answers LIKE '%seen words%'")).toBe(1);
  });

  it("drops even what would be no answer", async () => {
    expect((await capture(at, id, { data: { ...ENTERED, why: { a: [1] } } })).status).toBe(201);
  });
});

describe("a page without script", () => {
  it("posts names once for each ticked box, times and numbers as people write them", async () => {
    const body = new URLSearchParams({
      email: "ann@example.org",
      budget: "1 000,00",
      hour: "14:30",
      joy: "5",
      one: "green",
    });
    for (const value of ["blue", "red"]) body.append("some", value);
    expect((await at.send("POST", `/v1/forms/${id}/leads`, { body })).status).toBe(303);
    const kept = { budget: "1000", hour: "14:30", joy: "5", one: "green", some: ["red", "blue"] };
    expect(await keptAnswers()).toEqual(kept);
  });

  it("leaves empty what it does not ask or tick, and reads in words what is wrong", async () => {
    const empty = new URLSearchParams({ email: "b@example.org", day: "", hour: "", budget: "" });
    expect((await at.send("POST", `/v1/forms/${id}/leads`, { body: empty })).status).toBe(303);
    expect(await keptAnswers()).toEqual({});
    const wrongly = new URLSearchParams({ budget: "much" });
    const page = await (await at.send("POST", `/v1/forms/${id}/leads`, { body: wrongly })).text();
    expect(page).toContain("<b>Budget</b>: Enter a number like 12.5.");
  });

  it("cannot leave a file among the ticked boxes", async () => {
    const body = new FormData();
    body.append("some", "red");
    body.append("some", new File(["secret"], "cv.txt"));
    expect((await at.send("POST", `/v1/forms/${id}/leads`, { body })).status).toBe(422);
  });
});
