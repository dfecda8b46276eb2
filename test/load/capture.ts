/** Captures a second and how long each takes, beside a bare insert, the same batch by hand, and a server on Node. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { BARE, bareRows } from "./bare.ts";
import { bundle, HAND_BATCH } from "./bundle.ts";
import { type Driven, drive, inRounds, median, quantile } from "./drive.ts";
import type { Bench, Part } from "./part.ts";
import { rounded } from "./report.ts";
import { captureOf, type Place } from "./visitors.ts";
import { databaseFile, openBeside, openFoyer, type World, withDatabase } from "./world.ts";

const WIDTHS = [1, 16, 64];
const ROUNDS = 5;
const ROUND_MS = 1_500;

interface Contender {
  name: string;
  url: string;
  end: () => Promise<unknown>;
}

export const captures: Part = async (bench) => {
  const contenders = await openAll(bench);
  try {
    const rows = [];
    const ratios = new Map<string, number>();
    for (const width of WIDTHS) {
      const driven = await measure(contenders, width, bench);
      const rate = (name: string) => median((driven.get(name) as Driven[]).map(({ perSecond }) => perSecond));
      for (const [name, rounds] of driven) {
        const times = rounds.flatMap((round) => round.times);
        ratios.set(`${name} ${width}`, rate(name) / rate(BARE_INSERT));
        rows.push({
          connections: width,
          who: name,
          "a second": Math.round(rate(name)),
          "of bare": rounded(rate(name) / rate(BARE_INSERT)),
          "p50 ms": rounded(quantile(times, 0.5)),
          "p95 ms": rounded(quantile(times, 0.95)),
          "p99 ms": rounded(quantile(times, 0.99)),
        });
      }
    }
    const foyer = ratios.get(`${FOYER_NAME} 16`) as number;
    const byHand = foyer / (ratios.get(`${BY_HAND} 16`) as number);
    return {
      tables: [{ title: "a capture, whole", notes: NOTES, rows }],
      goals: [
        { what: "captures of bare inserts, 16 connections", measured: foyer, bound: "at least", goal: 0.45 },
        { what: "captures of the same batch by hand, 16 connections", measured: byHand, bound: "at least", goal: 0.85 },
      ],
    };
  } finally {
    await Promise.all(contenders.map(({ end }) => end()));
  }
};

const BARE_INSERT = "bare Worker, one insert";
const BY_HAND = "Worker by hand, same batch, no checks";
const ON_NODE = "node:http, zod, node:sqlite, same rows";
const FOYER_NAME = "foyer";
const NOTES = [
  "A form with limits for itself and each address: seven statements. Everything is synced to disk before it is answered.",
];

async function openAll({ world, scratch }: Bench): Promise<Contender[]> {
  const place = placeOf(world);
  const { folder, file } = await bundle(HAND_BATCH, scratch);
  const byHand = { modules: true, modulesRoot: folder, scriptPath: file, bindings: { ...place } };
  const edges = [
    [BARE_INSERT, await openBeside(world, BARE, bareRows(0))],
    [BY_HAND, await openBeside(world, byHand)],
    [FOYER_NAME, await openFoyer(world)],
  ] as const;
  const node = await openNode(world, scratch, place);
  return [
    ...edges.map(([name, edge]) => ({ name, url: edge.url, end: () => edge.end() })),
    { name: ON_NODE, url: node.url, end: async () => node.child.kill() },
  ];
}

/** Where a capture of the form goes. */
function placeOf({ state, organization, formId }: World): Place {
  const stage = withDatabase(state, (db) =>
    db
      .prepare("SELECT pipeline_id, id FROM status WHERE organization_id = ? AND role = 'first'")
      .get(organization.account_id),
  ) as { pipeline_id: number; id: number };
  return { organizationId: organization.account_id, formId, pipelineId: stage.pipeline_id, statusId: stage.id };
}

async function openNode(world: World, scratch: string, place: Place): Promise<{ url: string; child: ChildProcess }> {
  const folder = join(scratch, "node");
  cpSync(world.state, folder, { recursive: true });
  const server = join(import.meta.dirname, "workers", "node-server.ts");
  const child = fork(server, [databaseFile(folder), JSON.stringify(place)], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const [url] = await once(child, "message");
  return { url: url as string, child };
}

async function measure(contenders: Contender[], width: number, bench: Bench): Promise<Map<string, Driven[]>> {
  const driven = new Map<string, Driven[]>(contenders.map(({ name }) => [name, []]));
  const ask = captureOf(bench.world.formId);
  const until = { ms: bench.isQuick ? ROUND_MS / 5 : ROUND_MS };
  for (const { url } of contenders) await drive(url, { width, until: { ms: until.ms / 3 }, ask });
  await inRounds(contenders, bench.isQuick ? 1 : ROUNDS, async ({ name, url }) => {
    driven.get(name)?.push(await drive(url, { width, until, ask }));
  });
  return driven;
}
