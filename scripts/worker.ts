/**
 * Builds the Worker into dist/worker: one module that every fresh isolate reads, and others that it reads when somebody asks
 * for what is in them. Wrangler's own bundler makes one file of everything. Wrangler runs this by `[build]` of
 * wrangler.toml before it serves or deploys; nobody has to.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { ROOT } from "./lib/paths.ts";
import { say } from "./lib/say.ts";

/** Wrangler.toml's `main` stands here. */
export const WORKER_DIR = join(ROOT, "dist", "worker");

/** Builds it anew, with maps that lead from a logged stack back to the source. Throws what the bundler throws. */
export async function buildWorker(): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: "warn",
    publicDir: false,
    resolve: { conditions: ["workerd", "worker", "browser", "module"] },
    build: {
      outDir: WORKER_DIR,
      target: "es2024",
      sourcemap: true,
      lib: { entry: join(ROOT, "worker", "index.ts"), formats: ["es"] },
      rolldownOptions: {
        external: [/^cloudflare:/, /^node:/],
        output: { minify: true, comments: false, entryFileNames: "index.mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const start = performance.now();
  await buildWorker();
  say(`dist/worker built in ${Math.round(performance.now() - start)} ms`);
}
