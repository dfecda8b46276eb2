/**
 * The widget's weight against its budget: what a visitor's page downloads, compressed as servers do. Ends with an error
 * past any bound. Build first.
 */
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { WIDGET_DIR } from "./build.ts";

const KB = 1024;
const KINDS = ["minified", "gzip", "brotli"] as const;
type Weight = Record<(typeof KINDS)[number], number>;

/** Which files count together, how they are measured, and the bound in bytes. */
interface Budget {
  what: string;
  files: RegExp;
  kind: "gzip" | "brotli";
  limit: number;
}

const BUDGETS: Budget[] = [
  { what: "loader, on every page", files: /^foyer\.js$/, kind: "brotli", limit: 1.5 * KB },
  { what: "first sight of a form: loader and form", files: /^foyer\.js$|form-/, kind: "gzip", limit: 9.5 * KB },
  { what: "while the form is read: sending", files: /sender-/, kind: "gzip", limit: 4.5 * KB },
  { what: "one language", files: /chunks\/en-/, kind: "gzip", limit: 1 * KB },
  // The smallest of its kind elsewhere, a feedback form in a shadow root, is 14.8 KB.
  { what: "all of a form, to the thank-you", files: /./, kind: "gzip", limit: 14.8 * KB },
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
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    console.log(row.map((cell, i) => (i ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join("  "));
  }
  console.log("");
}

const files = readdirSync(WIDGET_DIR, { recursive: true, encoding: "utf8" })
  // The reference's viewer is in nobody's page.
  .filter((file) => file.endsWith(".js") && !file.startsWith("docs/"));
const weights = new Map(files.sort().map((file) => [file, weigh(file)]));

print([
  ["file", ...KINDS],
  ...[...weights].map(([file, weight]) => [file, ...KINDS.map((kind) => String(weight[kind]))]),
]);

const results = BUDGETS.map(({ what, files: wanted, kind, limit }) => {
  const counted = [...weights].filter(([file]) => wanted.test(file));
  const bytes = counted.reduce((sum, [, weight]) => sum + weight[kind], 0);
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
if (results.some(({ isMet }) => !isMet)) process.exitCode = 1;
