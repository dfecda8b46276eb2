/**
 * Pages and summaries among few leads and among very many, first page and last, each beside a bare select of 25 rows: what
 * a page costs should be its own length, wherever it lies.
 */
import { BARE, bareRows } from "./bare.ts";
import { type Ask, connections, inRounds, median, quantile, send } from "./drive.ts";
import { type List, listsOf, type Walked, walk } from "./list-pages.ts";
import type { LocalEdge } from "./local-edge.ts";
import { manyLeads } from "./many-leads.ts";
import type { Bench, Part } from "./part.ts";
import { type Goal, type Report, rounded } from "./report.ts";
import { openBeside, openFoyer, type World, withDatabase } from "./world.ts";

const FEW = 1_000;
const ASKS = 150;
const WALK_PAGES = 60;
const GOAL = 1.15;

interface Sizes {
  few: LocalEdge;
  many: LocalEdge;
  bareFew: LocalEdge;
  bareMany: LocalEdge;
}

export const lists: Part = async (bench) => {
  const { world, leads } = bench;
  const start = performance.now();
  const edges: Sizes = {
    few: await openFoyer(world, manyLeads(world, FEW)),
    many: await openFoyer(world, manyLeads(world, leads)),
    bareFew: await openBeside(world, BARE, bareRows(FEW)),
    bareMany: await openBeside(world, BARE, bareRows(leads)),
  };
  const seconds = Math.round((performance.now() - start) / 1_000);
  try {
    const pages = await measurePages(edges, bench);
    const summaries = await measureSummaries(edges, bench);
    const notes = [
      `Milliseconds, alone on one connection, the median. ${leads.toLocaleString("en")} leads took ${seconds} s to put there.`,
    ];
    const tables = [...pages.tables, ...summaries.tables].map((table) => ({
      ...table,
      notes: [...notes, ...(table.notes ?? [])],
    }));
    return { tables, goals: [...pages.goals, ...summaries.goals] };
  } finally {
    await Promise.all(Object.values(edges).map((edge) => edge.end()));
  }
};

/** One thing that is asked again and again. */
interface Case {
  key: string;
  edge: LocalEdge;
  ask: Ask;
}

/** @returns the milliseconds of each case; they take turns. */
async function times(cases: Case[], isQuick: boolean): Promise<Map<string, number[]>> {
  const agents = new Map(cases.map(({ edge }) => [edge, connections(1)]));
  const found = new Map<string, number[]>(cases.map(({ key }) => [key, []]));
  const once = async ({ key, edge, ask }: Case) => {
    const agent = agents.get(edge) as ReturnType<typeof connections>;
    found.get(key)?.push((await send(agent, edge.url, ask)).ms);
  };
  await inRounds(cases, 5, once);
  for (const list of found.values()) list.length = 0;
  await inRounds(cases, isQuick ? ASKS / 5 : ASKS, once);
  for (const agent of agents.values()) agent.destroy();
  return found;
}

async function measurePages(edges: Sizes, { world, leads, isQuick }: Bench): Promise<Report> {
  const rows = [];
  const goals: Goal[] = [];
  const notes = [];
  for (const list of listsOf(world)) {
    const [few, many] = [await walkAt(list, edges.few), await walkAt(list, edges.many)];
    const found = await times(
      [
        { key: "bare first", edge: edges.bareFew, ask: { path: "/?after=0" } },
        { key: "bare last", edge: edges.bareMany, ask: { path: `/?after=${leads - 25}` } },
        { key: "few first", edge: edges.few, ask: list.first },
        { key: "few last", edge: edges.few, ask: few.last },
        { key: "many first", edge: edges.many, ask: list.first },
        { key: "many last", edge: edges.many, ask: many.last },
      ],
      isQuick,
    );
    const ms = (key: string) => median(found.get(key) ?? []);
    const between = { sizes: ms("many first") / ms("few first"), ends: ms("many last") / ms("many first") };
    rows.push({
      list: list.name,
      ...Object.fromEntries([...found.keys()].map((key) => [key, rounded(ms(key))])),
      "of bare": rounded(ms("many first") / ms("bare first")),
      "many / few": rounded(between.sizes),
      "last / first": rounded(between.ends),
    });
    notes.push(`${list.name}: last pages ${few.how}, and ${many.how}.`);
    goals.push({
      what: `${list.name}: first page among many, of few`,
      measured: between.sizes,
      bound: "at most",
      goal: GOAL,
    });
    goals.push({
      what: `${list.name}: last page of first, among many`,
      measured: between.ends,
      bound: "at most",
      goal: GOAL,
    });
  }
  return { tables: [{ title: "pages", notes: [...notes, JUMP], rows }], goals };
}

const JUMP = "A jump is a link that the API gave, its cursor set to the place three pages before the end.";

const walkAt = (list: List, { url, state }: LocalEdge): Promise<Walked> =>
  walk(list, url, WALK_PAGES, (act) => withDatabase(state, act));

/** What is one answer, whatever is behind it. */
function summariesOf({ organization, user, apiKey }: World): [name: string, ask: Ask][] {
  const bearer = { authorization: `Bearer ${user.token}` };
  const crm = { ...bearer, apikey: apiKey };
  const lead = 1_500;
  const uuid = `00000000-0000-7000-8000-${lead.toString(16).padStart(12, "0")}`;
  return [
    ["v4 unsorted summary", { path: "/api/v4/leads/unsorted/summary", headers: bearer }],
    ["crm overview", { path: "/api/v1/leads/overview/", headers: crm }],
    ["lead summary", { path: `/leads/summary/${lead}`, headers: bearer }],
    ["v5 lead", { path: `/api/v5/orgs/${organization.id}/leads/${uuid}`, headers: bearer }],
    ["v4 unsorted, one", { path: `/api/v4/leads/unsorted/${lead.toString(16).padStart(60, "0")}`, headers: bearer }],
    ["v4 lead", { path: `/api/v4/leads/${lead}`, headers: bearer }],
    ["crm lead", { path: "/api/v1/leads/view/lead/?slug=many-1506", headers: crm }],
    ["crm search by e-mail", { path: "/api/v1/leads/list/?email=1506%40many", headers: crm }],
  ];
}

async function measureSummaries(edges: Sizes, { world, isQuick }: Bench): Promise<Report> {
  const rows = [];
  const goals: Goal[] = [];
  for (const [name, ask] of summariesOf(world)) {
    const bare = { key: "bare", edge: edges.bareFew, ask: { path: "/?after=0" } };
    const found = await times(
      [bare, { key: "few", edge: edges.few, ask }, { key: "many", edge: edges.many, ask }],
      isQuick,
    );
    const ms = (key: string) => median(found.get(key) ?? []);
    const ratio = ms("many") / ms("few");
    rows.push({
      what: name,
      ...Object.fromEntries([...found.keys()].map((key) => [key, rounded(ms(key))])),
      "many, p99": rounded(quantile(found.get("many") ?? [], 0.99)),
      "of bare": rounded(ms("many") / ms("bare")),
      "many / few": rounded(ratio),
    });
    goals.push({ what: `${name}: among many, of few`, measured: ratio, bound: "at most", goal: GOAL });
  }
  return { tables: [{ title: "summaries and single leads", rows }], goals };
}
