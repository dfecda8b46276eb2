/**
 * The APIs' description and the page that shows it, as files beside the widget: /openapi.json, and /docs with a viewer
 * that loads nothing from elsewhere.
 */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openApiDocument } from "../worker/openapi.ts";

const PAGE = fileURLToPath(new URL("../reference", import.meta.url));
const VIEWER = fileURLToPath(new URL("../node_modules/swagger-ui-dist", import.meta.url));

/** The viewer draws its icons from data addresses; else everything is ours. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** For the file `_headers`. */
export const REFERENCE_HEADERS = `/docs
  Content-Security-Policy: ${POLICY}
  Referrer-Policy: no-referrer
  Cross-Origin-Opener-Policy: same-origin
  Cache-Control: public, max-age=300
/docs/*
  Cache-Control: public, max-age=300
/openapi.json
  Cache-Control: public, max-age=300
`;

/** Writes them into a folder of static files. */
export async function writeReference(folder: string): Promise<void> {
  await mkdir(`${folder}/docs`, { recursive: true });
  await Promise.all([
    writeFile(`${folder}/openapi.json`, `${JSON.stringify(openApiDocument(), null, 2)}\n`),
    copyFile(`${PAGE}/page.html`, `${folder}/docs.html`),
    copyFile(`${PAGE}/page.css`, `${folder}/docs/page.css`),
    copyFile(`${PAGE}/page.js`, `${folder}/docs/page.js`),
    copyFile(`${VIEWER}/swagger-ui.css`, `${folder}/docs/viewer.css`),
    copyFile(`${VIEWER}/swagger-ui-bundle.js`, `${folder}/docs/viewer.js`),
  ]);
}
