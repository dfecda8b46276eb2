/** Who takes captures in the benchmark: each over a database of its own, all of them writing the same but for the bare insert. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { BARE, bareRows } from "./bare.ts";
import { bundle, HAND_BATCH } from "./bundle.ts";
import type { Bench } from "./part.ts";
import type { Place } from "./visitors.ts";
import { databaseFile, openBeside, openFoyer, type World, withDatabase } from "./world.ts";

export const BARE_INSERT = "bare Worker, one insert";
export const BY_HAND = "Worker by hand, same batch, no checks";
export const ON_NODE = "Fastify, zod, node:sqlite, same rows";
export const FOYER = "foyer";

export interface Capturer {
  name: string;
  url: string;
  /** What it writes to. */
  state: string;
  end: () => Promise<unknown>;
}

/** @returns those four. */
export async function openCapturers({ world, scratch }: Bench): Promise<Capturer[]> {
  const place = placeOf(world);
  const { folder, file } = await bundle(HAND_BATCH, scratch);
  const byHand = { modules: true, modulesRoot: folder, scriptPath: file, bindings: { ...place } };
  const edges = [
    [BARE_INSERT, await openBeside(world, BARE, bareRows(0))],
    [BY_HAND, await openBeside(world, byHand)],
    [FOYER, await openFoyer(world)],
  ] as const;
  const node = await openNode(world, scratch, place);
  return [
    ...edges.map(([name, edge]) => ({ name, url: edge.url, end: () => edge.end(), state: edge.state })),
    { name: ON_NODE, url: node.url, state: node.state, end: async () => node.child.kill() },
  ];
}

/** Where a capture of the form goes. */
export function placeOf({ state, organization, formId }: World): Place {
  const stage = withDatabase(state, (db) =>
    db
      .prepare("SELECT pipeline_id, id FROM status WHERE organization_id = ? AND role = 'first'")
      .get(organization.account_id),
  ) as { pipeline_id: number; id: number };
  return { organizationId: organization.account_id, formId, pipelineId: stage.pipeline_id, statusId: stage.id };
}

async function openNode(
  world: World,
  scratch: string,
  place: Place,
): Promise<{ url: string; state: string; child: ChildProcess }> {
  const folder = join(scratch, "node");
  cpSync(world.state, folder, { recursive: true });
  const server = join(import.meta.dirname, "workers", "node-server.ts");
  const child = fork(server, [databaseFile(folder), JSON.stringify(place)], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const [url] = await once(child, "message");
  return { url: url as string, state: folder, child };
}

/** @throws where somebody has not kept every lead whole, or has held it, which is less work. */
export function insistOnLeads({ name, state }: Capturer, many: number): void {
  const tables = ["lead", "contact", "claim", "incoming_lead", "idempotency", "lead_event"];
  const counts = withDatabase(state, (db) =>
    tables.map((table) => db.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count as number),
  );
  const wrong = counts.findIndex((count) => count !== many);
  if (wrong >= 0)
    throw new Error(`${name} answered ${many} captures and has ${counts[wrong]} rows of ${tables[wrong]}`);
}
