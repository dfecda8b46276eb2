/** Incoming leads by the 250 through the v4 API, beside captures one by one: leads a second. */
import { randomUUID } from "node:crypto";
import { type Ask, drive, inRounds, median } from "./drive.ts";
import type { Part } from "./part.ts";
import { rounded } from "./report.ts";
import { captureOf, emailOf } from "./visitors.ts";
import { openFoyer, type World } from "./world.ts";

const LEADS = 250;
const ROUNDS = 5;
const BULKS_A_ROUND = 8;
const CAPTURES_MS = 1_500;

export const bulk: Part = async ({ world, isQuick }) => {
  const edge = await openFoyer(world);
  try {
    const ways = [
      {
        name: "captures, 16 connections",
        leads: 1,
        width: 16,
        until: { ms: CAPTURES_MS },
        ask: captureOf(world.formId),
      },
      {
        name: "250 at once, 1 connection",
        leads: LEADS,
        width: 1,
        until: { count: BULKS_A_ROUND },
        ask: bulkOf(world),
      },
      {
        name: "250 at once, 4 connections",
        leads: LEADS,
        width: 4,
        until: { count: BULKS_A_ROUND },
        ask: bulkOf(world),
      },
    ];
    const rates = new Map<string, number[]>(ways.map(({ name }) => [name, []]));
    for (const { width, ask } of ways) await drive(edge.url, { width, until: { count: width * 2 }, ask });
    await inRounds(ways, isQuick ? 1 : ROUNDS, async ({ name, leads, ...way }) => {
      rates.get(name)?.push((await drive(edge.url, way)).perSecond * leads);
    });
    const rate = (name: string) => median(rates.get(name) ?? []);
    const single = rate(ways[0]?.name ?? "");
    const rows = ways.map(({ name }) => ({
      way: name,
      "leads a second": Math.round(rate(name)),
      "of captures": rounded(rate(name) / single),
    }));
    const best = Math.max(...rows.map((row) => row["of captures"]));
    return {
      tables: [{ title: "many leads at once", rows }],
      goals: [{ what: "leads a second by 250, of single captures", measured: best, bound: "at least", goal: 10 }],
    };
  } finally {
    await edge.end();
  }
};

const bulkOf = (world: World) => (): Ask =>
  bulkAs(
    world,
    Array.from({ length: LEADS }, () => randomUUID()),
  );

/** One lead for each id. */
export const bulkAs = ({ user }: Pick<World, "user">, ids: string[]): Ask => ({
  method: "POST",
  path: "/api/v4/leads/unsorted/forms",
  headers: { "content-type": "application/json", authorization: `Bearer ${user.token}` },
  body: JSON.stringify(ids.map(incoming)),
});

/** As the v4 API's document has them. */
function incoming(id: string) {
  const email = { field_code: "EMAIL", values: [{ value: emailOf(id) }] };
  return {
    source_uid: "bench",
    source_name: "Bench",
    created_at: Math.floor(Date.now() / 1_000) - 60,
    metadata: {
      ...{ form_id: "desks", form_name: "Desks", form_page: "https://shop.example/desks", ip: "203.0.113.7" },
      ...{ form_sent_at: Math.floor(Date.now() / 1_000) - 60, referer: "https://search.example/" },
    },
    _embedded: {
      leads: [{ name: `Desks for ${id}`, price: 5_000 }],
      contacts: [{ name: "Ada Lovelace", custom_fields_values: [email] }],
      companies: [{ name: "Analytical Engines" }],
    },
  };
}
