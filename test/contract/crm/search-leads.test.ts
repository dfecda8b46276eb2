/** GET leads/list by the beginnings of names, addresses and numbers. */
import { beforeEach, describe, expect, test } from "vitest";
import { SEARCH_LIMIT_PEOPLE } from "../../../worker/services/list-worked-leads.ts";
import { lead as captured } from "../../support/edge.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { type CrmLead, createLead, listed, walk, world } from "./v1.ts";

let at: Awaited<ReturnType<typeof world>>["at"];
let of: Awaited<ReturnType<typeof world>>["of"];
beforeEach(async () => {
  ({ at, of } = await world());
});
const found = async (query: Record<string, string>, by = of.admin) => {
  const { results, count } = await listed(at, of, `?${new URLSearchParams(query)}`, by);
  expect(count).toBe(results.length);
  return results.map(({ first_name }) => first_name);
};
const person = (first_name: string, over: object = {}) => createLead(at, of, { first_name, ...over });

describe("beginnings", () => {
  test("of first and last names, in any case, in the order of the alphabet", async () => {
    for (const name of ["Beata", "Anna", "anneli", "Hanna"]) await person(name, { last_name: `Å${name}` });
    expect(await found({ first_name: "ann" })).toEqual(["Anna", "anneli"]);
    expect(await found({ first_name: "ANNA" })).toEqual(["Anna"]);
    expect(await found({ first_name: "annas" })).toEqual([]);
    expect(await found({ last_name: "å" })).toEqual(["Anna", "anneli", "Beata", "Hanna"]);
  });

  test("with umlauts, composed or not", async () => {
    await person("Jürgen", { last_name: "Öberg" });
    await person("Ju\u0308rgen2", { last_name: "Oberg" });
    for (const asked of ["JÜR", "ju\u0308r"])
      expect(await found({ first_name: asked })).toEqual(["Jürgen", "Ju\u0308rgen2"]);
    expect(await found({ last_name: "Ö" })).toEqual(["Jürgen"]);
    expect(await found({ last_name: "O" })).toEqual(["Ju\u0308rgen2"]);
  });

  test.each(["%", "_", "*", "\\", "'", '"', "\u{1F642}", "[a-z]"])("%s is a letter like others", async (odd) => {
    await person(`${odd}x`);
    await person("Ada");
    expect(await found({ first_name: odd })).toEqual([`${odd}x`]);
    expect(await found({ first_name: `${odd}${odd}` })).toEqual([]);
  });

  test("of an e-mail address, in any case", async () => {
    await person("One", { email: "Ada.Lovelace@Example.org" });
    await person("Two", { email: "ada_l@example.org" });
    expect(await found({ email: "ADA" })).toEqual(["One", "Two"]);
    expect(await found({ email: "ada_" })).toEqual(["Two"]);
    expect(await found({ email: "ada.lovelace@example.org" })).toEqual(["One"]);
  });

  test("of a phone number, however it is written", async () => {
    await person("Plus", { phone: "+358401234567" });
    await person("Zeros", { phone: "00358409876543" });
    await person("Bare", { phone: "0401234567" });
    for (const phone of ["+358 40", "+358-40", "00358 40", "+35840"]) {
      expect((await found({ phone })).sort(), phone).toEqual(["Plus", "Zeros"]);
    }
    expect(await found({ phone: "040 123" })).toEqual(["Bare"]);
    expect(await found({ phone: "35840123" })).toEqual(["Plus"]);
    // A plus sign that was not encoded arrives as a space.
    expect((await listed(at, of, "?phone=+35840")).count).toBe(2);
  });

  test("together: who fits all of them; and with status and owner", async () => {
    const bob = of.agent.username;
    await person("Ada", { last_name: "Alpha", email: "a@x.example", assignee: bob, status: "customer" });
    await person("Ada", { last_name: "Beta", email: "b@x.example", assignee: bob });
    await person("Ada", { last_name: "Alpha", email: "c@x.example", status: "closed" });
    expect(await found({ first_name: "a", last_name: "alp" })).toHaveLength(2);
    expect(await found({ first_name: "a", last_name: "alp", email: "c@" })).toHaveLength(1);
    expect(await found({ first_name: "a", owner: bob })).toHaveLength(2);
    expect(await found({ first_name: "a", owner: bob, status: "customer" })).toHaveLength(1);
    expect(await found({ first_name: "a", status: "closed" })).toHaveLength(1);
    expect(await found({ first_name: "b", status: "closed" })).toEqual([]);
    expect(await found({ first_name: "a" }, of.agent)).toHaveLength(2);
    expect(await found({ first_name: "a", list_type: "assigned" }, of.admin)).toHaveLength(1);
  });

  test("of whoever still waits, or is another tenant's: nothing", async () => {
    await captured(at, of.formId, { data: { name: "Ada Waiting", email: "ada@example.org" } });
    expect(await found({ first_name: "ada" })).toEqual([]);
    const other = await world();
    await createLead(other.at, other.of, { first_name: "Ada" });
    for (const query of [{ first_name: "ada" }, { email: "" }]) expect(await found(query as never)).toEqual([]);
  });
});

describe("many", () => {
  test("are paged by number to the end, each once", async () => {
    await manyLeads(of, { count: 60 });
    const walked = (await walk<CrmLead>(at, of, "/leads/list/?first_name=lead&limit=25", "next")).map(
      (page) => page.length,
    );
    expect(walked).toEqual([25, 25, 10]);
    const all = (await walk<CrmLead>(at, of, "/leads/list/?first_name=lead&limit=7", "next")).flat();
    expect(new Set(all.map(({ slug }) => slug)).size).toBe(60);
    const last = await listed(at, of, "?first_name=lead&limit=25&offset=50");
    const back = (await walk<CrmLead>(at, of, last.previous as string, "previous")).reverse().flat();
    expect(back.map(({ slug }) => slug)).toEqual(
      (await listed(at, of, "?first_name=lead&limit=50")).results.map(({ slug }) => slug),
    );
  });

  test("too many people: it says that it is not everything", async () => {
    await manyLeads(of, { count: SEARCH_LIMIT_PEOPLE + 10 });
    const page = await listed(at, of, "?first_name=lead");
    expect([page.count, page.is_partial]).toEqual([SEARCH_LIMIT_PEOPLE, true]);
    expect(await listed(at, of, "?email=1")).not.toHaveProperty("is_partial");
  });
});
