/** GET leads/list by the filters that are choices: owner, status, list_type. */
import { describe, expect, test } from "vitest";
import { admin } from "../../support/edge.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { type CrmLead, createLead, listed, remove, updated, walk, world } from "./v1.ts";

describe("filters", () => {
  async function some() {
    const { at, of } = await world();
    const [bob, cyd] = [of.agent.username, of.otherAgent.username];
    const leads = {
      bobs: await createLead(at, of, { assignee: bob }),
      bobsClosed: await createLead(at, of, { assignee: bob, status: "closed" }),
      cyds: await createLead(at, of, { assignee: cyd, status: "customer" }),
      madeByCyd: await createLead(at, of, { status: "customer" }, of.otherAgent),
      nobodys: await createLead(at, of),
    };
    const names = async (query: string, by = of.admin) => {
      const { results, count } = await listed(at, of, query, by);
      expect(count).toBe(results.length);
      return results.map(({ slug }) => Object.entries(leads).find(([, lead]) => lead.slug === slug)?.[0]).reverse();
    };
    return { at, of, bob, cyd, leads, names };
  }

  test("owner, status, list_type, alone and together, each with its count", async () => {
    const { of, bob, cyd, names } = await some();
    expect(await names(`?owner=${bob}`)).toEqual(["bobs", "bobsClosed"]);
    expect(await names(`?owner=${cyd}`)).toEqual(["cyds", "madeByCyd"]);
    expect(await names("?status=customer")).toEqual(["cyds", "madeByCyd"]);
    expect(await names("?status=closed")).toEqual(["bobsClosed"]);
    expect(await names(`?status=closed&owner=${bob}`)).toEqual(["bobsClosed"]);
    expect(await names(`?status=closed&owner=${cyd}`)).toEqual([]);
    expect(await names("?list_type=assigned")).toEqual(["nobodys"]);
    expect(await names(`?list_type=assigned&owner=${of.admin.username}`)).toEqual(["nobodys"]);
    expect(await names(`?list_type=assigned&owner=${bob}`)).toEqual([]);
    expect(await names("?owner=nobody.at.all")).toEqual([]);
    expect(await names("?owner=&status=&first_name=")).toHaveLength(5);
  });

  test("agents see their own, whatever they ask for", async () => {
    const { of, bob, cyd, names } = await some();
    for (const query of ["", "?list_type=assigned", `?owner=${bob}`]) {
      expect(await names(query, of.agent)).toEqual(["bobs", "bobsClosed"]);
    }
    expect(await names(`?owner=${cyd}`, of.agent)).toEqual([]);
    expect(await names("?status=customer", of.agent)).toEqual([]);
    expect(await names("?status=customer", of.otherAgent)).toEqual(["cyds", "madeByCyd"]);
  });

  test("the leads of somebody who left are still found by their name", async () => {
    const { at, of, bob, names } = await some();
    await admin(at, "PATCH", `/organizations/${of.id}/users/${of.agent.id}`, { is_active: false });
    expect(await names(`?owner=${bob}`)).toEqual(["bobsClosed"]);
  });

  test("follow every change at once", async () => {
    const { at, of, bob, leads, names } = await some();
    await updated(at, of, leads.bobs, { assignee: of.otherAgent.username, status: "tentative" });
    expect(await names(`?owner=${bob}`)).toEqual(["bobsClosed"]);
    expect(await names("?status=tentative")).toEqual(["bobs"]);
    await remove(at, of, leads.cyds.slug);
    expect(await names("?status=customer")).toEqual(["madeByCyd"]);
  });

  test("pages of a filter keep it in their links", async () => {
    const { at, of } = await world();
    await manyLeads(of, { count: 20, state: "assigned", owner: of.agent });
    await manyLeads(of, { count: 20, state: "closed", owner: of.otherAgent });
    const walked = await walk<CrmLead>(
      at,
      of,
      `/leads/list/?limit=6&owner=${of.agent.username}&status=prospect`,
      "next",
    );
    expect(walked.flat().map(({ owner, status }) => `${owner} ${status}`)).toEqual(
      Array(20).fill(`${of.agent.username} prospect`),
    );
  });
});
