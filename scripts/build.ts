/**
 * Builds the widget into dist/widget: first the app, whose chunks are named by their content and never change, then
 * foyer.js, which has a stable name and knows theirs. Beside it the APIs' description and its page, see reference.ts.
 * `_headers` says how long each may be cached.
 */
import { rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type InlineConfig } from "vite";
import { REFERENCE_HEADERS, writeReference } from "./reference.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Where the built widget stands. */
export const WIDGET_DIR = `${ROOT}dist/widget`;
const CHUNKS = "chunks";
/** Browsers with constructable stylesheets, `<dialog>`, `light-dark()` and relative colours: all since 2024. */
const TARGET = ["chrome125", "firefox128", "safari18"];

const HEADERS = `/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
/foyer.js
  Cache-Control: public, max-age=300
/${CHUNKS}/*
  Cache-Control: public, max-age=31536000, immutable
${REFERENCE_HEADERS}`;

/** Library builds: an application's would carry Vite's own code for preloading chunks, half a kilobyte of it. */
function options(entry: string, format: "es" | "iife", entryFileNames: string, define = {}): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    logLevel: "warn",
    publicDir: false,
    define,
    resolve: { alias: { "preact/jsx-runtime": `${ROOT}widget/app/jsx-runtime.ts` } },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: WIDGET_DIR,
      emptyOutDir: false,
      target: TARGET,
      lib: { entry: `${ROOT}widget/${entry}`, formats: [format], name: "foyer" },
      rolldownOptions: {
        // What the lazy chunks share with the app they take from its entry: one request less.
        preserveEntrySignatures: "allow-extension",
        output: {
          minify: true,
          comments: false,
          entryFileNames,
          chunkFileNames: `${CHUNKS}/[name]-[hash].js`,
        },
      },
    },
  };
}

/** @returns the path of the app's entry chunk, relative to foyer.js. */
async function buildApp(): Promise<string> {
  const [result] = [await build(options("app/mount.tsx", "es", `${CHUNKS}/form-[hash].js`))].flat();
  const files = result && "output" in result ? result.output : [];
  const entry = files.find((file) => file.type === "chunk" && file.isEntry);
  if (!entry) throw new Error("The app's build has no entry.");
  return entry.fileName;
}

async function buildLoader(appChunk: string): Promise<void> {
  await build(options("loader/main.ts", "iife", "foyer.js", { FOYER_APP_CHUNK: JSON.stringify(appChunk) }));
}

/** Builds everything anew. Throws what the bundler throws. The same sources give the same bytes, whoever asks. */
export async function buildWidget(): Promise<void> {
  // The bundler believes the environment: a test runner's would put development code into the widget.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = "production";
  try {
    await rm(WIDGET_DIR, { recursive: true, force: true });
    await buildLoader(await buildApp());
    await writeReference(WIDGET_DIR);
    await writeFile(`${WIDGET_DIR}/_headers`, HEADERS);
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const start = performance.now();
  await buildWidget();
  console.log(`dist/widget built in ${Math.round(performance.now() - start)} ms`);
}
