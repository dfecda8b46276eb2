/**
 * Fresh isolates of Workers, as many as are asked for: a Worker that loads others makes each anew in the same process. What
 * is measured is compiling, evaluating and answering once, not starting a server. The database is the loading Worker's, asked
 * across isolates, which costs each contender the same.
 */
import { connections, send } from "./drive.ts";
import { type LocalEdge, type Options, openLocalEdge } from "./local-edge.ts";
import { DATABASE } from "./world.ts";

export interface Contender {
  name: string;
  /** The main one first. */
  modules: { path: string; contents: string }[];
  flags: string[];
  path: string;
}

/** Hands a Worker the loading one's database. */
const around = (main: string): string => `
import worker from ${JSON.stringify(`./${main}`)};
const statement = (store, sql, values) => ({
  bind: (...bound) => statement(store, sql, bound),
  all: () => store.ask(sql, values),
  first: async () => (await store.ask(sql, values)).results[0] ?? null,
});
export default { fetch(request, { STORE, ...env }, ctx) {
  const asked = { prepare: (sql) => statement(STORE, sql, []), getBookmark: () => null };
  return worker.fetch(request, { ...env, DB: { ...asked, withSession: () => asked } }, ctx);
} };`;

/** Loads the Worker of a number, whose modules are texts of its own. */
function loading(contenders: Contender[], vars: Record<string, string | undefined>): string {
  const texts = contenders.flatMap(({ modules }, number) => modules.map((_, index) => `code${number}_${index}`));
  const workers = contenders.map(({ modules, flags }, number) => {
    const codes = modules.map(({ path }, index) => `${JSON.stringify(path)}: { js: code${number}_${index} }`);
    codes.push(`"around.js": { js: ${JSON.stringify(around(modules[0]?.path ?? ""))} }`);
    return `{ compatibilityFlags: ${JSON.stringify(flags)}, modules: { ${codes.join(", ")} } }`;
  });
  return `
import { WorkerEntrypoint } from "cloudflare:workers";
${texts.map((text) => `import ${text} from "./${text}.txt";`).join("\n")}
const workers = [${workers.join(", ")}];
export class Store extends WorkerEntrypoint {
  ask(sql, values) { return this.env.DB.prepare(sql).bind(...values).all(); }
}
export default { fetch(request, env, ctx) {
  const { number, path } = Object.fromEntries(new URL(request.url).searchParams);
  const code = () => ({ compatibilityDate: "2026-10-01", mainModule: "around.js", ...workers[number],
    env: { ...${JSON.stringify(vars)}, STORE: ctx.exports.Store({}) } });
  return env.LOADER.get(crypto.randomUUID(), code).getEntrypoint().fetch(new URL(path, "http://cold.example"));
} };`;
}

export interface Isolates {
  /** A new one's first answer, in milliseconds. */
  first(contender: Contender): Promise<number>;
  end(): Promise<void>;
}

/**
 * @param vars what each contender is configured with.
 * @param from the state whose database they ask.
 */
export async function openIsolates(
  contenders: Contender[],
  vars: Record<string, string | undefined>,
  from: string,
): Promise<Isolates> {
  const modules = [
    { type: "ESModule", path: "loading.js", contents: loading(contenders, vars) },
    ...contenders.flatMap((contender, number) =>
      contender.modules.map(({ contents }, index) => ({ type: "Text", path: `code${number}_${index}.txt`, contents })),
    ),
  ];
  const options = { modules, workerLoaders: { LOADER: {} }, d1Databases: { DB: DATABASE } } as Options;
  const edge: LocalEdge = await openLocalEdge(() => options, from);
  const agent = connections(1);
  return {
    first: async (contender) => {
      const query = new URLSearchParams({ number: String(contenders.indexOf(contender)), path: contender.path });
      return (await send(agent, edge.url, { path: `/?${query}` })).ms;
    },
    end: async () => {
      agent.destroy();
      await edge.end();
    },
  };
}
