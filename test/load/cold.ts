/**
 * How long a fresh isolate takes to its first answer, and what the Worker weighs. A Worker that loads others makes each
 * isolate anew in the same process: what is measured is compiling, evaluating and answering once, not starting a server.
 */
import { BARE_HONO, bundle, gzipBytes, modulesOf } from "./bundle.ts";
import { connections, inRounds, quantile, send } from "./drive.ts";
import { type Options, openLocalEdge } from "./local-edge.ts";
import type { Part } from "./part.ts";
import { rounded } from "./report.ts";

const STARTS = 40;
const BUNDLE_GOAL_KB = 110;

interface Contender {
  name: string;
  /** The main one first. */
  modules: { path: string; contents: string }[];
  flags: string[];
  path: string;
}

/** Loads the Worker of a number, whose modules are texts of its own. */
function loading(contenders: Contender[]): string {
  const texts = contenders.flatMap(({ modules }, number) => modules.map((_, index) => `code${number}_${index}`));
  const workers = contenders.map(({ modules, flags }, number) => {
    const codes = modules.map(({ path }, index) => `${JSON.stringify(path)}: code${number}_${index}`);
    const main = JSON.stringify(modules[0]?.path);
    return `{ mainModule: ${main}, compatibilityFlags: ${JSON.stringify(flags)}, modules: { ${codes.join(", ")} } }`;
  });
  return `
${texts.map((text) => `import ${text} from "./${text}.txt";`).join("\n")}
const workers = [${workers.join(", ")}];
export default { fetch(request, env) {
  const { number, path } = Object.fromEntries(new URL(request.url).searchParams);
  const code = () => ({ compatibilityDate: "2026-10-01", ...workers[number] });
  return env.LOADER.get(crypto.randomUUID(), code).getEntrypoint().fetch(new URL(path, "http://cold.example"));
} };`;
}
const EMPTY = "export default { fetch() { return new Response('hello') } };";
/** Answered without a database or a secret. */
const FOYER_PATH = "/demo/style.css";

export const cold: Part = async ({ world, scratch, isQuick }) => {
  const hono = await bundle(BARE_HONO, scratch);
  const contenders: Contender[] = [
    { name: "empty Worker", modules: [{ path: "main.js", contents: EMPTY }], flags: hono.flags, path: "/" },
    { name: "bare Hono", modules: modulesOf(hono), flags: hono.flags, path: "/hello" },
    { name: "bare Hono, runtime as Foyer's", modules: modulesOf(hono), flags: world.foyer.flags, path: "/hello" },
    { name: "foyer", modules: modulesOf(world.foyer), flags: world.foyer.flags, path: FOYER_PATH },
  ];
  const modules = [
    { type: "ESModule", path: "loading.js", contents: loading(contenders) },
    ...contenders.flatMap((contender, number) =>
      contender.modules.map(({ contents }, index) => ({ type: "Text", path: `code${number}_${index}.txt`, contents })),
    ),
  ];
  const edge = await openLocalEdge(() => ({ modules, workerLoaders: { LOADER: {} } }) as Options);
  const agent = connections(1);
  try {
    const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
    await inRounds(contenders, isQuick ? 5 : STARTS, async (contender) => {
      const { name, path } = contender;
      const number = String(contenders.indexOf(contender));
      const query = new URLSearchParams({ number, path });
      times.get(name)?.push((await send(agent, edge.url, { path: `/?${query}` })).ms);
    });
    const of = (name: string, share = 0.5) => quantile(times.get(name) ?? [], share);
    const ratio = of("foyer") / of("bare Hono");
    const kb = gzipBytes(world.foyer) / 1024;
    const rows = contenders.map(({ name, modules: all }) => ({
      Worker: name,
      "first answer, p50 ms": rounded(of(name)),
      "p95 ms": rounded(of(name, 0.95)),
      "of bare Hono": rounded(of(name) / of("bare Hono")),
      "code, KB": rounded(all.reduce((sum, { contents }) => sum + Buffer.byteLength(contents), 0) / 1024),
    }));
    return {
      tables: [{ title: "a fresh isolate", notes: [`The Worker as deployed: ${rounded(kb)} KB gzipped.`], rows }],
      goals: [
        { what: "first answer of a fresh isolate, of bare Hono's", measured: ratio, bound: "at most", goal: 1.5 },
        { what: "the Worker, KB gzipped", measured: kb, bound: "at most", goal: BUNDLE_GOAL_KB },
      ],
    };
  } finally {
    agent.destroy();
    await edge.end();
  }
};
