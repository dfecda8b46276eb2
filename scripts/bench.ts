/**
 * `npm run bench`: how fast, as ratios to what the platform does at the least, measured in the same run. Prints tables; a
 * whole run also writes test/load/baseline.json. Needs a quiet machine, and ten minutes.
 *
 *     npm run bench -- capture lists     some parts only
 *     npm run bench -- --quick           whether it works: figures of a moment, and a small database
 *     npm run bench -- --leads 100000    how many leads the large database has; a million where not given
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bulk } from "../test/load/bulk.ts";
import { bundle, FOYER } from "../test/load/bundle.ts";
import { captures } from "../test/load/capture.ts";
import { chats } from "../test/load/chat.ts";
import { cold } from "../test/load/cold.ts";
import { costs } from "../test/load/costs.ts";
import { lists } from "../test/load/lists.ts";
import type { Part } from "../test/load/part.ts";
import { goalTable, machine, type Report } from "../test/load/report.ts";
import { size } from "../test/load/size.ts";
import { verbs } from "../test/load/verbs.ts";
import { makeWorld } from "../test/load/world.ts";
import { needWidget } from "./lib/built-widget.ts";
import { CommandError, command } from "./lib/fail.ts";
import { ROOT } from "./lib/paths.ts";
import { printTable } from "./lib/rows.ts";

const PARTS: Record<string, Part> = { capture: captures, bulk, lists, verbs, cold, costs, size, chat: chats };
const BASELINE = join(ROOT, "test", "load", "baseline.json");
const LEADS = 1_000_000;
const LEADS_QUICK = 20_000;

await command(async () => {
  const { wanted, isQuick, leads } = parse();
  const scratch = mkdtempSync(join(tmpdir(), "foyer-bench-"));
  const left: string[] = [scratch];
  try {
    await needWidget();
    const world = await makeWorld(bundle(FOYER, scratch));
    left.push(world.state);
    const reports: Record<string, Report> = {};
    const on = { ...machine(), leads };
    for (const name of wanted) {
      const report = await (PARTS[name] as Part)({ world, scratch, isQuick, leads });
      for (const table of report.tables) printTable(table);
      reports[name] = report;
    }
    printTable(goalTable(Object.values(reports).flatMap(({ goals }) => goals)));
    // Parts that were measured at other times say nothing about each other.
    if (!isQuick && wanted.length === Object.keys(PARTS).length) {
      writeFileSync(BASELINE, `${JSON.stringify({ machine: on, parts: reports }, null, 2)}\n`);
    }
  } finally {
    for (const folder of left) rmSync(folder, { recursive: true, force: true });
  }
});

function parse(): { wanted: string[]; isQuick: boolean; leads: number } {
  const options = { quick: { type: "boolean" }, leads: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const isQuick = values.quick ?? false;
  const leads = Number(values.leads ?? (isQuick ? LEADS_QUICK : LEADS));
  if (!Number.isInteger(leads) || leads < 1_000) throw new CommandError("--leads is a whole number from 1000 on.");
  const unknown = positionals.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    throw new CommandError(`There is no part ${unknown}, only ${Object.keys(PARTS).join(", ")}.`);
  }
  return { wanted: positionals.length > 0 ? positionals : Object.keys(PARTS), isQuick, leads };
}
