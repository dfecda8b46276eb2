/**
 * Builds the widget into dist/widget. The app's chunks are named by their content and never change; foyer.js has a
 * stable name, a short life, and knows theirs. The same loader and chunks stand once more in a folder of their own,
 * `/v/<version>-<hash of their content>/`, for pages that pin what they load by its integrity. Beside them the APIs'
 * description and its page, see reference.ts, and the page of operators, see inbox.ts. `_headers` says how long each may
 * be cached. With `--release` the version is also kept in `releases/`; see lib/versions.ts.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { INBOX_HEADERS, writeInbox } from "./inbox.ts";
import { bundle, outputOf } from "./lib/bundle.ts";
import { say } from "./lib/say.ts";
import { addVersion, bringReleases, keepRelease, RELEASES_DIR, type Version } from "./lib/versions.ts";
import { REFERENCE_HEADERS, writeReference } from "./reference.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Where the built widget stands. */
export const WIDGET_DIR = `${ROOT}dist/widget`;
const CHUNKS = "chunks";
/** Of a chunk's name: enough for all versions there will ever be. */
const HASH_CHARS = 6;
/** The languages' tables: of forms, and of chats, whose names say so. */
const TABLES = { "": "app/locales", "chat-": "chat/locales" };

const HEADERS = `/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
  Strict-Transport-Security: max-age=31536000
/foyer.js
  Cache-Control: public, max-age=300
/foyer.d.ts
  Content-Type: text/plain; charset=utf-8
/${CHUNKS}/*
  Cache-Control: public, max-age=31536000, immutable
/v/*
  Cache-Control: public, max-age=31536000, immutable
${REFERENCE_HEADERS}${INBOX_HEADERS}`;

/** The widget's, whose lazy chunks are named by their content. */
const options = (entry: string, format: "es" | "iife", entryFileNames: string, define = {}) =>
  bundle({
    entry: `widget/${entry}`,
    format,
    define,
    folder: WIDGET_DIR,
    entryFileNames,
    chunkFileNames: `${CHUNKS}/[name]-[hash:${HASH_CHARS}].js`,
    isLean: true,
  });

/**
 * Builds a chunk for each language and kind, named `<kind><tag>-<hash>.js` by the hash of all of them: names that the app
 * can put together cost a visitor less than a list of them. @returns what the app has to know.
 */
async function buildTables(): Promise<{ tags: string[]; hash: string; files: string[] }> {
  const tags = readdirSync(`${ROOT}widget/${TABLES[""]}`)
    .map((file) => basename(file, ".ts"))
    .sort();
  const tables: { name: string; code: string }[] = [];
  for (const [kind, folder] of Object.entries(TABLES)) {
    for (const tag of tags) {
      const config = options(`${folder}/${tag}.ts`, "es", `${tag}.js`);
      const [table] = outputOf(await build({ ...config, build: { ...config.build, write: false } }));
      if (table?.type !== "chunk") throw new Error(`The table of ${tag} makes no chunk.`);
      tables.push({ name: kind + tag, code: table.code });
    }
  }
  const codes = tables.map(({ code }) => code).join("\0");
  const hash = createHash("sha256").update(codes).digest("hex").slice(0, HASH_CHARS);
  mkdirSync(`${WIDGET_DIR}/${CHUNKS}`, { recursive: true });
  const files = tables.map(({ name, code }) => {
    const file = `${CHUNKS}/${name}-${hash}.js`;
    writeFileSync(`${WIDGET_DIR}/${file}`, code);
    return file;
  });
  return { tags, hash, files };
}

/** @returns the paths of the app's chunks, relative to foyer.js, its entry first, the languages' last. */
async function buildApp(): Promise<string[]> {
  const { tags, hash, files: tables } = await buildTables();
  const define = { FOYER_LANGUAGES: JSON.stringify(tags.join(" ")), FOYER_TABLES: JSON.stringify(hash) };
  const output = outputOf(
    await build(options("app/mount.tsx", "es", `${CHUNKS}/form-[hash:${HASH_CHARS}].js`, define)),
  );
  const files = output.filter((file) => file.type === "chunk");
  const entry = files.find((file) => file.isEntry);
  if (!entry) throw new Error("The app's build has no entry.");
  return [entry, ...files.filter((file) => file !== entry)].map((file) => file.fileName).concat(tables);
}

async function buildLoader(appChunk: string): Promise<void> {
  await build(options("loader/main.ts", "iife", "foyer.js", { FOYER_APP_CHUNK: JSON.stringify(appChunk) }));
}

/**
 * Builds everything anew. Throws what the bundler throws. The same sources give the same bytes, whoever asks.
 * @returns the version that they make.
 */
export async function buildWidget(): Promise<Version> {
  // The bundler believes the environment: a test runner's would put development code into the widget.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = "production";
  try {
    await rm(WIDGET_DIR, { recursive: true, force: true });
    const chunks = await buildApp();
    await buildLoader(chunks[0] ?? "");
    const { version: number } = JSON.parse(await readFile(`${ROOT}package.json`, "utf8")) as { version: string };
    const version = await addVersion(WIDGET_DIR, number, ["foyer.js", ...chunks]);
    await build(options("demo/theming.ts", "iife", "demo/theming.js"));
    await copyFile(`${ROOT}widget/foyer.d.ts`, `${WIDGET_DIR}/foyer.d.ts`);
    await bringReleases(RELEASES_DIR, WIDGET_DIR, version);
    await writeReference(WIDGET_DIR);
    await writeInbox(WIDGET_DIR);
    await writeFile(`${WIDGET_DIR}/_headers`, HEADERS);
    return version;
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const start = performance.now();
  const { name, integrity } = await buildWidget();
  say(`dist/widget built in ${Math.round(performance.now() - start)} ms`);
  say(`/v/${name}/foyer.js ${integrity}`);
  if (process.argv.includes("--release")) {
    await keepRelease(WIDGET_DIR, name, RELEASES_DIR);
    say(`Kept in releases/${name}: commit it, and every later build serves it too.`);
  }
}
