/** Query strings of all kinds: an answer in the envelope, and never a 5xx. */
import { beforeEach, describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { type Scene, sceneAt } from "./makers.ts";
import { type CrmLead, type CrmPage, data, get, refused, withKey } from "./v1.ts";

const READS = ["/leads/overview/", "/leads/list/", "/leads/appointments/list/", "/leads/view/lead/"];
const PARAMETERS = [
  ...["appointment", "slug", "offset", "limit", "cursor", "list_type", "first_name", "last_name", "email", "phone"],
  ...["status", "owner", "datesetting", "ondate", "lead"],
];
const VALUES = [
  ...["", " ", "%", "%zz", "%ff%fe", "%00", "a%00b", "%ed%a0%80", "%e2%80%8f", "%f0%9f%98%80", "__proto__", "%27%3b--"],
  ...["-1", "1e9", "0x10", "99999999999999999999", "1.5", "NaN", "*", "_", "%25", "[", "02/30/2026", "2026-03-02"],
  ...["01/01/0001", "12/31/9999", "0.0", "999999999999999.999999999999999", "x".repeat(2_001)],
];

let scene: Scene;
beforeEach(async () => {
  const at = edge();
  scene = await sceneAt(at, await withKey(at, await tenant(at)), "GET leads/list/");
});
const read = (path: string, query: string) => get(scene.at, scene.of, `${path}?${query}`);

async function expectEnvelope(response: Response, query: string): Promise<void> {
  const text = await response.text();
  expect([200, 400], `${query.slice(0, 200)}: ${response.status} ${text}`).toContain(response.status);
  expect(JSON.parse(text)).toMatchObject({ status_code: response.status });
}

describe.each(READS)("%s", (path) => {
  test("answers whatever stands in its parameters", async () => {
    for (const name of PARAMETERS) {
      for (const value of VALUES) await expectEnvelope(await read(path, `${name}=${value}`), `${name}=${value}`);
    }
  });

  test("answers parameters of no shape, names of no parameter, and ten thousand of them", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `f${index}=x`).join("&");
    const strange = ["&&&", "=", "=x", "?", "slug", "slug=&=slug", "__proto__=x&constructor=y", "%00=%00", "%zz=%zz"];
    for (const query of [...strange, many, `slug=${scene.lead.slug}&${many}`]) {
      await expectEnvelope(await read(path, query), query);
    }
  });
});

test("of a parameter that comes twice the last counts", async () => {
  const { slug } = scene.lead;
  expect(await data(await read("/leads/view/lead/", `slug=x&slug=${slug}`))).toMatchObject({ slug });
  await refused(await read("/leads/view/lead/", `slug=${slug}&slug=x`), 400);
  const listed = async (query: string) => (await data<CrmPage<CrmLead>>(await read("/leads/list/", query))).count;
  expect(await listed("status=closed&status=prospect")).toBe(1);
  expect(await listed("status=prospect&status=closed")).toBe(0);
});

test("text in a search is no pattern, and NUL is nothing", async () => {
  const found = async (query: string) => (await data<CrmPage<CrmLead>>(await read("/leads/list/", query))).count;
  expect(await found("first_name=gr")).toBe(1);
  for (const nothing of ["%25", "_race", "G*", "%27%20OR%201=1--"]) {
    expect([nothing, await found(`first_name=${nothing}`)]).toEqual([nothing, 0]);
  }
  expect(await found("first_name=g%00r")).toBe(1);
});
