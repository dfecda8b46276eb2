/**
 * The page of operators as files beside the widget: /inbox, and its script and style in /inbox/, named by their content.
 * It runs with a session's cookie, so nothing but its own files may run in it or be asked by it.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { build } from "vite";
import { bundle, outputOf } from "./lib/bundle.ts";
import { ROOT } from "./lib/paths.ts";

const FILES = "inbox";
const HASH_CHARS = 8;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** For the file `_headers`. The page is read by nobody but itself: what other sites may take of the widget is unset. */
export const INBOX_HEADERS = `/${FILES}
  ! Access-Control-Allow-Origin
  ! Cross-Origin-Resource-Policy
  Content-Security-Policy: ${POLICY}
  Referrer-Policy: no-referrer
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
  Cache-Control: no-cache
/${FILES}/*
  ! Access-Control-Allow-Origin
  ! Cross-Origin-Resource-Policy
  Cross-Origin-Resource-Policy: same-origin
  Cache-Control: public, max-age=31536000, immutable
`;

/** Writes them into a folder of static files. Throws what the bundler throws. */
export async function writeInbox(folder: string): Promise<void> {
  const config = bundle({
    entry: "inbox/main.tsx",
    format: "es",
    folder,
    entryFileNames: "main.js",
    chunkFileNames: "[name].js",
    isLean: false,
  });
  const output = outputOf(await build({ ...config, build: { ...config.build, write: false } }));
  let page = await readFile(`${ROOT}/inbox/page.html`, "utf8");
  await mkdir(`${folder}/${FILES}`, { recursive: true });
  for (const ending of ["js", "css"]) {
    const file = output.find(({ fileName }) => fileName.endsWith(`.${ending}`));
    const link = `/${FILES}/main.${ending}`;
    if (!file || !page.includes(link)) throw new Error(`The inbox has no ${link}.`);
    const bytes = file.type === "chunk" ? file.code : file.source;
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, HASH_CHARS);
    const name = `${FILES}/main-${hash}.${ending}`;
    await writeFile(`${folder}/${name}`, bytes);
    page = page.replace(link, `/${name}`);
  }
  await writeFile(`${folder}/${FILES}.html`, page);
}
