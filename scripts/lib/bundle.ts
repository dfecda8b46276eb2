/** How the browser's code is bundled: the same for what runs on other people's pages and for pages of our own. */
import { join } from "node:path";
import type { build, InlineConfig, Plugin } from "vite";
import { leanPreact } from "./lean-preact.ts";
import { ROOT } from "./paths.ts";

/** Browsers with constructable stylesheets, `<dialog>`, `light-dark()` and relative colours: all since 2024. */
const TARGET = ["chrome125", "firefox128", "safari18"];

/** JSX by Preact's own `h`, with children as arguments: its runtime module makes a second way to spell a node. */
const JSX: Plugin = {
  name: "jsx",
  enforce: "pre",
  transform: (code, id) =>
    id.endsWith(".tsx") ? { code: `import { h as jsx, Fragment } from "preact"; ${code}`, map: null } : null,
};

interface Bundle {
  /** From the root of the repository on. */
  entry: string;
  format: "es" | "iife";
  /** What is known at build time, as code. */
  define?: Record<string, string>;
  folder: string;
  entryFileNames: string;
  chunkFileNames: string;
  /** Of Preact only what the widget uses: where strangers' pages pay for it. */
  isLean: boolean;
}

/** Library builds: an application's would carry Vite's own code for preloading chunks, half a kilobyte of it. */
export function bundle({
  entry,
  format,
  define,
  folder,
  entryFileNames,
  chunkFileNames,
  isLean,
}: Bundle): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    logLevel: "warn",
    publicDir: false,
    define,
    plugins: isLean ? [JSX, leanPreact()] : [JSX],
    oxc: { jsx: { runtime: "classic", pragma: "jsx", pragmaFrag: "Fragment" } },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: TARGET,
      lib: { entry: join(ROOT, entry), formats: [format], name: "foyer" },
      rolldownOptions: {
        // What the lazy chunks share with the app they take from its entry: one request less.
        preserveEntrySignatures: "allow-extension",
        optimization: { inlineConst: { mode: "all", pass: 3 } },
        output: {
          minify: true,
          comments: false,
          // Few characters, of few kinds: each stands uncompressed in the loader or the first chunk.
          hashCharacters: "hex",
          entryFileNames,
          chunkFileNames,
        },
      },
    },
  };
}

/** The files of a build. */
export const outputOf = (result: Awaited<ReturnType<typeof build>>) =>
  [result].flat().flatMap((built) => ("output" in built ? built.output : []));
