/**
 * The widget's weight against its budget: what a visitor's page downloads, and an operator's, compressed as servers do.
 * Ends with an error past any bound. Build first.
 */
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { WIDGET_DIR } from "./build.ts";
import { printRows } from "./lib/rows.ts";
import { say } from "./lib/say.ts";

const KB = 1024;
const KINDS = ["minified", "gzip", "brotli"] as const;
type Weight = Record<(typeof KINDS)[number], number>;

/** Which files count together, how they are measured, and the bound in bytes. */
interface Budget {
  what: string;
  files: RegExp;
  kind: "gzip" | "brotli";
  limit: number;
  /** Each by itself, so that the heaviest of them counts. */
  each?: true;
}

const LANGUAGE = /chunks\/[a-z]{2,3}(-[a-z]+)?-[0-9a-f]+\.js$/;
const CHAT_LANGUAGE = /chunks\/chat-[a-z]{2,3}(-[a-z]+)?-[0-9a-f]+\.js$/;
/** Without its tables: six digits are no language. */
const CHAT = /chunks\/chat-[0-9a-f]{6}\.js$/;

const BUDGETS: Budget[] = [
  { what: "loader, on every page", files: /^foyer\.js$/, kind: "brotli", limit: 1.5 * KB },
  { what: "first sight of a form: loader and form", files: /^foyer\.js$|form-/, kind: "gzip", limit: 9.5 * KB },
  { what: "while the form is read: sending", files: /sender-/, kind: "gzip", limit: 4.75 * KB },
  { what: "where a form needs it: rare fields, steps, prefill", files: /more-|prefill-/, kind: "gzip", limit: 4 * KB },
  { what: "for the suspected: proof of work", files: /proof-/, kind: "gzip", limit: 1.5 * KB },
  { what: "for the suspected, where a form has a key: Turnstile", files: /turnstile-/, kind: "gzip", limit: 0.75 * KB },
  // More than the 4 KB that were meant for all of these but Turnstile: languages write numbers and dates their own way, and
  // bounds, conditions and steps are judged as at the edge. Who is not suspected, which is nearly everybody, stays below.
  { what: "all that is fetched for few", files: /(more|prefill|proof|turnstile)-/, kind: "gzip", limit: 5.75 * KB },
  // Of all languages the heaviest.
  { what: "one language", files: LANGUAGE, kind: "gzip", limit: 1 * KB, each: true },
  {
    what: "all of a common form, to the thank-you, in English",
    files: /^foyer\.js$|form-|sender-|\/en-/,
    kind: "gzip",
    limit: 14.8 * KB,
  },
  { what: "the operators' page: script and style", files: /^inbox[\\/]/, kind: "gzip", limit: 16 * KB },
  { what: "one language of chats", files: CHAT_LANGUAGE, kind: "gzip", limit: 0.6 * KB, each: true },
  {
    what: "all of a chat, in English",
    files: new RegExp(`^foyer\\.js$|form-|${CHAT.source}|/(chat-)?en-`),
    kind: "gzip",
    limit: 15 * KB,
  },
  { what: "for few chats: no sockets, a transcript to take along", files: /rare-/, kind: "gzip", limit: 0.75 * KB },
];

/** Every chunk alone, by the first rule that names it, in bytes gzipped: what comes late may still not come long. */
const CHUNKS: [files: RegExp, limit: number][] = [
  [/^foyer\.js$/, 2 * KB],
  [/form-/, 8 * KB],
  [/sender-/, 4.75 * KB],
  [LANGUAGE, 1 * KB],
  [/^inbox[\\/]/, 14 * KB],
  [CHAT_LANGUAGE, 0.6 * KB],
  [CHAT, 5.2 * KB],
  [/./, 4 * KB],
];

/** The best of their kind elsewhere, as measured from their published files. */
const PEERS: [what: string, bytes: number, kind: "gzip" | "brotli"][] = [
  ["loader: the best chat loaders", 2.2 * KB, "brotli"],
  ["loader: a boot script that stands no launcher", 0.4 * KB, "brotli"],
  ["form: a feedback form in Preact in a shadow root", 14.8 * KB, "gzip"],
  ["form: a page's comments", 20.9 * KB, "gzip"],
  ["form: surveys", 49 * KB, "gzip"],
  ["form: conversational forms", 197 * KB, "gzip"],
  ["form and chat: a chat chunk alone", 24 * KB, "gzip"],
  ["form and chat: chat widgets, from", 111 * KB, "gzip"],
];

const weigh = (file: string): Weight => {
  const bytes = readFileSync(`${WIDGET_DIR}/${file}`);
  return {
    minified: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
};

function print(rows: string[][]): void {
  printRows(rows);
  say("");
}

/** Not the demo's script, and not the versions, which are the same bytes once more. */
const files = readdirSync(WIDGET_DIR, { recursive: true, encoding: "utf8" }).filter((file) =>
  /^((foyer|chunks[\\/].*)\.js|inbox[\\/].*)$/.test(file),
);
const weights = new Map(files.sort().map((file) => [file, weigh(file)]));

const chunks = [...weights].map(([file, weight]) => {
  const limit = CHUNKS.find(([wanted]) => wanted.test(file))?.[1] ?? 0;
  return { file, weight, limit, isMet: weight.gzip <= limit };
});
print([
  ["file", ...KINDS, "limit, gzip", ""],
  ...chunks.map(({ file, weight, limit, isMet }) => [
    file,
    ...KINDS.map((kind) => String(weight[kind])),
    String(Math.floor(limit)),
    isMet ? "ok" : "TOO MUCH",
  ]),
]);

const results = BUDGETS.map(({ what, files: wanted, kind, limit, each }) => {
  const counted = [...weights].filter(([file]) => wanted.test(file));
  const bytes = counted.reduce((sum, [, weight]) => (each ? Math.max(sum, weight[kind]) : sum + weight[kind]), 0);
  // A name that matches nothing would pass for ever.
  return { what, kind, limit, bytes, isMet: counted.length > 0 && bytes <= limit };
});
print([
  ["budget", "measured", "bytes", "limit", ""],
  ...results.map(({ what, kind, bytes, limit, isMet }) => [
    what,
    kind,
    String(bytes),
    String(Math.floor(limit)),
    isMet ? "ok" : "TOO MUCH",
  ]),
]);
print([
  ["elsewhere", "measured", "bytes"],
  ...PEERS.map(([what, bytes, kind]) => [what, kind, String(Math.round(bytes))]),
]);
if ([...chunks, ...results].some(({ isMet }) => !isMet)) process.exitCode = 1;
