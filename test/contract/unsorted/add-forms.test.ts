/** POST /leads/unsorted/forms: forms of other programs. */
import { describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { addCases } from "./add.case.ts";
import { request } from "./bodies.ts";
import { added, list, post, wrong } from "./v4.ts";

describe("adding forms", () => {
  addCases("forms");

  test("shows the documented metadata, what is missing as null, numbers and texts as the examples have them", async () => {
    const at = edge();
    const of = await tenant(at);
    const told = { form_id: 1115559, form_name: "Form", form_page: "Site request #1", form_sent_at: "1686819152" };
    const more = { ip: "212.46.197.210", referer: "https://devteam.kommo.com/" };
    await added(at, of, "forms", [request({}, told)]);
    await added(at, of, "forms", [request({}, { ...told, ...more })]);
    const common = { ...told, form_id: "1115559", form_sent_at: 1686819152, visitor_uid: null };
    const shown = (await list(at, of, "?order[created_at]=asc")).map(({ metadata }) => metadata);
    expect(shown).toEqual([
      { ...common, ip: null, referer: null },
      { ...common, ...more },
    ]);
  });

  test("a name and addresses are bounded, and the bound is told", async () => {
    const at = edge();
    const of = await tenant(at);
    const long = "x".repeat(2_001);
    const body = [request({ source_name: long }, { form_name: long, form_page: "x".repeat(2_049), referer: 5 })];
    expect(await wrong(await post(at, of, "forms", body))).toEqual([
      ...["0 source_name InvalidType", "0 metadata.form_name InvalidType"],
      ...["0 metadata.form_page InvalidType", "0 metadata.referer InvalidType"],
    ]);
  });
});
