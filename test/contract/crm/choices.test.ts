/** `status` and `source` of leads: the organization's own words, as its administrator has them at the time. */
import { describe, expect, test } from "vitest";
import { admin, type Edge } from "../../support/edge.ts";
import { type Pipeline, THREE } from "../admin/pipelines.ts";
import { v4 } from "../unsorted/v4.ts";
import { type CrmTenant, createLead, listed, post, refused, somebody, update, updated, world } from "./v1.ts";

const noChoice = (field: "status" | "source", value: string) => ({ [field]: [`${value} is not a valid choice.`] });
const admined = <T>(at: Edge, of: CrmTenant, method: string, path: string, body?: object) =>
  admin<T>(at, method, `/organizations/${of.id}${path}`, body);

/** A pipeline beside the main one, and a lead of a call that was accepted into it. @returns its slug. */
async function elsewhere(at: Edge, of: CrmTenant) {
  const made = await admined<Pipeline>(at, of, "POST", "/pipelines", { name: "Sales", statuses: THREE });
  const metadata = { from: "358401", phone: "358402", called_at: 1_700_000_000, duration: 3, service_code: "sip" };
  const call = { source_uid: "line", source_name: "Line", pipeline_id: made.id, metadata: { ...metadata, uniq: "u" } };
  const person = { leads: [{ name: "A call" }], contacts: [{ name: "Ann" }] };
  const added = await v4(at, "POST", "/api/v4/leads/unsorted/sip", of.admin, {
    body: [{ ...call, _embedded: person }],
  });
  const { uid } = (await added.json<{ _embedded: { unsorted: { uid: string }[] } }>())._embedded.unsorted[0] as {
    uid: string;
  };
  expect((await v4(at, "POST", `/api/v4/leads/unsorted/${uid}/accept`, of.admin)).status).toBe(200);
  return { pipeline: made, lead: (await listed(at, of)).results[0] as Awaited<ReturnType<typeof createLead>> };
}

describe("statuses", () => {
  test.each(["prospect", "tentative", "potential", "closed", "contact", "customer"])("%s is taken", async (status) => {
    const { at, of } = await world();
    expect(await createLead(at, of, { status })).toMatchObject({ status });
    expect((await listed(at, of, `?status=${status}`)).results).toHaveLength(1);
  });

  test.each(["incoming", "Prospect", "nonsense", "open"])(
    "%s is no choice, for a lead of the main pipeline",
    async (status) => {
      const { at, of } = await world();
      await admined(at, of, "POST", "/pipelines", { name: "Sales", statuses: THREE });
      const lead = await createLead(at, of);
      expect(await refused(await post(at, of, "/create/lead", somebody({ status })), 400)).toEqual(
        noChoice("status", status),
      );
      expect(await refused(await update(at, of, lead, { status }), 400)).toEqual(noChoice("status", status));
    },
  );

  test("one that the administrator added is taken at once, and shown by its key", async () => {
    const { at, of } = await world();
    const { results } = await admined<{ results: Pipeline[] }>(at, of, "GET", "/pipelines");
    const lead = await createLead(at, of);
    const demo = { key: "demo", name: "Demo given", colour: "#112233" };
    await admined(at, of, "POST", `/pipelines/${results[0]?.id}/statuses`, demo);
    expect(await updated(at, of, lead, { status: "demo" })).toMatchObject({ status: "demo" });
    expect((await listed(at, of, "?status=demo")).results).toHaveLength(1);
  });

  test("a lead of another pipeline takes that pipeline's, and goes to the main one by the main one's", async () => {
    const { at, of } = await world();
    const { lead } = await elsewhere(at, of);
    expect(lead.status).toBe("open");
    // A call's person has one name and no address; an update must say both.
    const known = { ...lead, last_name: "B", email: "a@b.example", phone: "123456789" };
    expect(await updated(at, of, known)).toMatchObject({ status: "open" });
    expect(await updated(at, of, known, { status: "done" })).toMatchObject({ status: "done" });
    expect(await updated(at, of, known, { status: "open" })).toMatchObject({ status: "open" });
    expect(await updated(at, of, known, { status: "customer" })).toMatchObject({ status: "customer" });
    expect(await refused(await update(at, of, known, { status: "open" }), 400)).toEqual(noChoice("status", "open"));
  });
});

describe("sources", () => {
  test("the defaults, and what the administrator added; not what is inactive or unknown", async () => {
    const { at, of } = await world();
    const add = { key: "fair", name: "Trade fair" };
    const { id } = await admined<{ id: number }>(at, of, "POST", "/sources", add);
    for (const source of ["referral", "campaign", "event", "form", "fair"]) {
      expect(await createLead(at, of, { source })).toMatchObject({ source });
    }
    await admined(at, of, "PATCH", `/sources/${id}`, { is_active: false });
    const lead = await createLead(at, of);
    for (const source of ["fair", "Referral", "nowhere"]) {
      const wrong = noChoice("source", source);
      expect(await refused(await post(at, of, "/create/lead", somebody({ source })), 400)).toEqual(wrong);
      expect(await refused(await update(at, of, lead, { source }), 400)).toEqual(wrong);
    }
  });

  test("a lead keeps a source that became inactive, unless it is told another", async () => {
    const { at, of } = await world();
    const { id } = await admined<{ id: number }>(at, of, "POST", "/sources", { key: "fair", name: "Trade fair" });
    const lead = await createLead(at, of, { source: "fair" });
    await admined(at, of, "PATCH", `/sources/${id}`, { is_active: false });
    expect(await updated(at, of, lead)).toMatchObject({ source: "fair" });
    expect(await updated(at, of, lead, { source: "event" })).toMatchObject({ source: "event" });
  });

  test("both wrong are both named, and another tenant's words are none", async () => {
    const { at, of } = await world();
    const other = await world();
    await admined(other.at, other.of, "POST", "/sources", { key: "fair", name: "Trade fair" });
    const answer = await post(at, of, "/create/lead", somebody({ status: "x", source: "fair" }));
    expect(await refused(answer, 400)).toEqual({ ...noChoice("status", "x"), ...noChoice("source", "fair") });
  });
});
