/**
 * What people and programs do with one lead, and what a credential costs before and after the isolate knows it: beside a
 * bare insert and a bare select.
 */
import { adminClient } from "../../scripts/lib/admin-client.ts";
import { BARE, bareRows } from "./bare.ts";
import { type Ask, drive, inRounds, median, quantile } from "./drive.ts";
import type { LocalEdge } from "./local-edge.ts";
import { manyLeads } from "./many-leads.ts";
import type { Bench, Part } from "./part.ts";
import { rounded, type Table } from "./report.ts";
import { captureOf } from "./visitors.ts";
import { openBeside, openFoyer, type World } from "./world.ts";

const WIDTH = 16;
const ROUNDS = 5;
const A_ROUND = 150;
/** Many-leads begin there, and of ten the first four wait and the next two are pending. */
const FIRST_ID = 1_000;
const TOKENS = 60;

export const verbs: Part = async (bench) => {
  const edge = await openFoyer(bench.world, manyLeads(bench.world, 10 * A_ROUND * ROUNDS));
  const bare = await openBeside(bench.world, BARE, bareRows(1_000));
  try {
    return { tables: [await measureVerbs(edge, bare, bench), await measureCredentials(edge, bench)], goals: [] };
  } finally {
    await Promise.all([edge.end(), bare.end()]);
  }
};

interface Verb {
  name: string;
  edge: LocalEdge;
  ask: (number: number) => Ask;
  bare: string;
}

function verbsOf(edge: LocalEdge, bare: LocalEdge, { organization, formId, user }: World): Verb[] {
  const headers = { "content-type": "application/json", authorization: `Bearer ${user.token}` };
  const patch = (path: string, body: object): Ask => ({ method: "PATCH", path, headers, body: JSON.stringify(body) });
  const uuid = (id: number) => `00000000-0000-7000-8000-${id.toString(16).padStart(12, "0")}`;
  const uid = (id: number) => id.toString(16).padStart(60, "0");
  // Of each ten leads two are pending, and one of the four that wait is taken.
  const pending = (number: number) => uuid(FIRST_ID + 10 * Math.floor(number / 2) + 4 + (number % 2));
  const waiting = (number: number) => uid(FIRST_ID + 10 * number);
  const lead = (number: number) => `/api/v5/orgs/${organization.id}/leads/${pending(number)}`;
  const [select, insert] = ["bare select", "bare insert"];
  return [
    { name: select, edge: bare, ask: (number) => ({ path: `/?after=${(number * 25) % 900}` }), bare: select },
    { name: "detail, v5", edge, ask: (number) => ({ path: lead(number % 100), headers }), bare: select },
    { name: insert, edge: bare, ask: captureOf(formId), bare: insert },
    { name: "pick, v5", edge, ask: (n) => patch(lead(n), { assigned_user_id: user.id }), bare: insert },
    { name: "close, v5", edge, ask: (n) => patch(lead(n), { is_closed: true }), bare: insert },
    {
      ...{ name: "accept, v4", edge, bare: insert },
      ask: (n) => ({ method: "POST", path: `/api/v4/leads/unsorted/${waiting(n)}/accept`, headers, body: "{}" }),
    },
  ];
}

async function measureVerbs(edge: LocalEdge, bare: LocalEdge, { world, isQuick }: Bench): Promise<Table> {
  const all = verbsOf(edge, bare, world);
  const rates = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  const times = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  const count = isQuick ? A_ROUND / 5 : A_ROUND;
  // A lead is picked in one round and closed in the same: the order stays.
  for (let round = 0; round < (isQuick ? 1 : ROUNDS); round += 1) {
    for (const {
      name,
      edge: { url },
      ask,
    } of all) {
      const driven = await drive(url, { width: WIDTH, until: { count }, ask: (number) => ask(round * count + number) });
      rates.get(name)?.push(driven.perSecond);
      times.get(name)?.push(...driven.times);
    }
  }
  const rate = (name: string) => median(rates.get(name) ?? []);
  return {
    title: "one lead",
    notes: [`${WIDTH} connections, each lead once.`],
    rows: all.map(({ name, bare: beside }) => ({
      what: name,
      "a second": Math.round(rate(name)),
      of: beside,
      ratio: rounded(rate(name) / rate(beside)),
      "p50 ms": rounded(quantile(times.get(name) ?? [], 0.5)),
      "p95 ms": rounded(quantile(times.get(name) ?? [], 0.95)),
      "p99 ms": rounded(quantile(times.get(name) ?? [], 0.99)),
    })),
  };
}

/** The same lead with tokens that nobody has shown before, and with the same ones again. */
async function measureCredentials({ url }: LocalEdge, { world, isQuick }: Bench): Promise<Table> {
  const admin = adminClient(url, world.rootToken);
  const secrets: string[] = [];
  for (let made = 0; made < (isQuick ? TOKENS / 5 : TOKENS); made += 1) {
    const wanted = { kind: "user_token", user_id: world.user.id } as const;
    secrets.push((await admin.createCredential(world.organization.id, wanted)).secret);
  }
  const path = `/api/v5/orgs/${world.organization.id}/leads/00000000-0000-7000-8000-${FIRST_ID.toString(16).padStart(12, "0")}`;
  const found: Record<"cold" | "warm", number[]> = { cold: [], warm: [] };
  const ask = async (secret: string) => {
    const asked = () => ({ path, headers: { authorization: `Bearer ${secret}` } });
    return (await drive(url, { width: 1, until: { count: 1 }, ask: asked })).times[0] ?? 0;
  };
  await inRounds(secrets, 1, async (secret) => {
    found.cold.push(await ask(secret));
    found.warm.push(await ask(secret));
  });
  return {
    title: "a credential",
    notes: [
      "A lead read with it, on a new connection each time. Cold: the isolate has not seen it, and asks the database.",
    ],
    rows: (["cold", "warm"] as const).map((key) => ({
      credential: key,
      "p50 ms": rounded(quantile(found[key], 0.5)),
      "p99 ms": rounded(quantile(found[key], 0.99)),
      "of warm": rounded(median(found[key]) / median(found.warm)),
    })),
  };
}
