/**
 * The Worker's bundle: one module that every fresh isolate reads, and others that it reads when somebody asks for what is in
 * them. Wrangler's own bundler makes one file of everything.
 */
import { join } from "node:path";
import { build } from "vite";
import { ROOT } from "./paths.ts";

const WORKER_DIR = join(ROOT, "dist", "worker");

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
