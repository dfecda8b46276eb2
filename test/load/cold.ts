/** How long a fresh isolate takes to its first answer, and what the Worker weighs. */
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { secretsFile } from "../../scripts/lib/secrets.ts";
import { BARE_HONO, bundle, gzipBytes, HONO_FORM, modulesOf } from "./bundle.ts";
import { inRounds, quantile } from "./drive.ts";
import { type Contender, openIsolates } from "./isolates.ts";
import type { Part } from "./part.ts";
import { processorTime } from "./processor-time.ts";
import { rounded, type Table } from "./report.ts";
import type { World } from "./world.ts";

const STARTS = 40;
const BUNDLE_GOAL_KB = 110;

const EMPTY = "export default { fetch() { return new Response('hello') } };";
/** Answered without a database or a secret. */
const PAGE = "/demo/style.css";
const HONO = "bare Hono";
const BY_HONO = "a form, by bare Hono";
const FOYER = "foyer";
const BY_FOYER = "a form, by foyer";

async function contendersOf({ foyer, formId }: World, scratch: string): Promise<Contender[]> {
  const hono = await bundle(BARE_HONO, scratch);
  const honoForm = await bundle(HONO_FORM, scratch);
  const form = `/v1/forms/${formId}`;
  return [
    { name: "empty Worker", modules: [{ path: "main.js", contents: EMPTY }], flags: hono.flags, path: "/" },
    { name: HONO, modules: modulesOf(hono), flags: hono.flags, path: "/hello" },
    { name: "bare Hono, runtime as Foyer's", modules: modulesOf(hono), flags: foyer.flags, path: "/hello" },
    { name: FOYER, modules: modulesOf(foyer), flags: foyer.flags, path: PAGE },
    { name: BY_HONO, modules: modulesOf(honoForm), flags: honoForm.flags, path: form },
    { name: BY_FOYER, modules: modulesOf(foyer), flags: foyer.flags, path: form },
  ];
}

export const cold: Part = async ({ world, scratch, isQuick }) => {
  const contenders = await contendersOf(world, scratch);
  const vars = { ...parseEnv(readFileSync(secretsFile(world.state), "utf8")), FOYER_LOG: "errors" };
  const isolates = await openIsolates(contenders, vars, world.state);
  try {
    const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
    const spent = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
    // The first of all finds the process cold, which is nobody's fault.
    for (const contender of contenders) await isolates.first(contender);
    await inRounds(contenders, isQuick ? 5 : STARTS, async (contender) => {
      const before = processorTime();
      times.get(contender.name)?.push(await isolates.first(contender));
      spent.get(contender.name)?.push((processorTime() ?? Number.NaN) - (before ?? Number.NaN));
    });
    const of: Quantiles = (name, share = 0.5, from = "times") =>
      quantile((from === "times" ? times : spent).get(name) ?? [], share);
    const kb = gzipBytes(world.foyer) / 1024;
    const page = of(FOYER) / of(HONO);
    const form = of(BY_FOYER) / of(BY_HONO);
    return {
      tables: [tableOf(contenders, of, kb)],
      goals: [
        { what: "first answer of a fresh isolate, of bare Hono's", measured: page, bound: "at most", goal: 1.5 },
        { what: "first answer with a form, of bare Hono's", measured: form, bound: "at most", goal: 1.5 },
        { what: "the Worker, KB gzipped", measured: kb, bound: "at most", goal: BUNDLE_GOAL_KB },
      ],
    };
  } finally {
    await isolates.end();
  }
};

type Quantiles = (name: string, share?: number, from?: "times" | "spent") => number;

function tableOf(contenders: Contender[], of: Quantiles, kb: number): Table {
  const honoOf = (name: string) => (name.startsWith("a form") ? BY_HONO : HONO);
  const rows = contenders.map(({ name, modules }) => ({
    Worker: name,
    "first answer, p50 ms": rounded(of(name)),
    "p95 ms": rounded(of(name, 0.95)),
    "least ms": rounded(of(name, 0)),
    "of bare Hono": rounded(of(name) / of(honoOf(name))),
    "processors, ms": rounded(of(name, 0.5, "spent")),
    "of bare Hono's": rounded(of(name, 0.5, "spent") / of(honoOf(name), 0.5, "spent")),
    "code, KB": rounded(modules.reduce((sum, { contents }) => sum + Buffer.byteLength(contents), 0) / 1024),
  }));
  return { title: "a fresh isolate", notes: [`The Worker as deployed: ${rounded(kb)} KB gzipped.`], rows };
}
