/**
 * Sees to it that dist/worker is what the sources make. Wrangler runs this by `[build]` of wrangler.toml before it serves or
 * deploys; nobody has to.
 */
import { command } from "./lib/fail.ts";
import { need } from "./lib/fresh.ts";

await command(() =>
  need({
    name: "worker",
    file: "index.mjs",
    sources: ["worker", "shared", "scripts/lib/build-worker.ts", "package.json", "package-lock.json"],
    build: async () => (await import("./lib/build-worker.ts")).buildWorker(),
  }),
);
