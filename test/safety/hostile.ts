/**
 * What strangers send: requests that were right, and then bent in one to three ways. A way is a number of a kind and a
 * choice, so that a seed makes the same requests again.
 */
import fc from "fast-check";
import type { SendOptions } from "../support/edge.ts";
import type { Asked } from "./asking.ts";
import { HEADER_VALUES, HEADERS, nested, QUERY_NAMES, SEGMENTS, TEXTS, TYPES, VALUES } from "./hostile-values.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "QUERY", "get"];

const KINDS = [
  "method",
  "segment",
  "tail",
  "query",
  "manyQueries",
  "leaf",
  "leaf",
  "leaf",
  "key",
  "root",
  "raw",
  "type",
  "header",
  "header",
] as const;
export interface Bend {
  kind: (typeof KINDS)[number];
  where: number;
  what: number;
}
export const bend: fc.Arbitrary<Bend> = fc.record({
  kind: fc.constantFrom(...KINDS),
  where: fc.nat({ max: 999 }),
  what: fc.nat({ max: 9_999 }),
});

const of = <T>(all: readonly T[], index: number): T => all[index % all.length] as T;

type Place = { holder: Record<string, unknown>; key: string };
function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

/** Texts that are no JSON, or that parsers read differently; bytes in wrong encodings; forms that break off. */
function raw(body: unknown, what: number): string | Uint8Array {
  const text = typeof body === "object" ? JSON.stringify(body) : "{}";
  const part = '--b\r\nContent-Disposition: form-data; name="slug"\r\n\r\nx\r\n';
  const ways: (() => string | Uint8Array)[] = [
    () => text.slice(0, what % (text.length + 1)),
    () => text.replace("{", '{"name":1,"name":2,"slug":1,"slug":"x",'),
    () => text.replace("{", '{"__proto__":{"role":"admin"},'),
    () => `${text}${text}`,
    () => `\ufeff${text}`,
    () => nested(20_000, "[", "]"),
    () => '{"a":'.repeat(5_000),
    () => new Uint8Array([0xff, 0xfe, ...[...text].flatMap((character) => [character.charCodeAt(0) & 255, 0])]),
    () => new Uint8Array([...text].map((character) => (character === '"' ? 0xff : character.charCodeAt(0) & 255))),
    () => new Uint8Array([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d]),
    () => `${part}--b`,
    () => part.slice(0, what % part.length),
    () => `${part.replace("name=", "filename=../x; name=")}--b--\r\n`,
    () => `${part.repeat(500)}--b--\r\n`,
    () => "a=%zz&b=%00&c=%ff&__proto__=1&slug=%ed%a0%80&slug=2",
    () => "x=1&".repeat(3_000),
    () => "[1e999,-0,1E400]",
    () => "\u0000",
    () => "",
    () => "NaN",
  ];
  return of(ways, what)();
}

/** Not with every request: as large as is taken, and a byte more. */
const LARGE_EVERY = 97;

/** The request after these bends. */
export function bent(method: string, asked: Asked, bends: readonly Bend[]): { method: string } & Asked {
  let { path } = asked;
  const options: SendOptions = { ...asked.options, headers: { ...asked.options.headers } };
  const headers = options.headers as Record<string, string>;
  options.body = structuredClone(options.body);
  let how = method;
  const [address = "", query = ""] = path.split("?");
  let segments = address.split("/");
  let search = query;
  for (const { kind, where, what } of bends) {
    if (kind === "method") how = of(METHODS, what);
    else if (kind === "segment") segments = segments.with(1 + (where % (segments.length - 1)), of(SEGMENTS, what));
    else if (kind === "tail") segments = segments.concat(of(["", "/", of(SEGMENTS, what), ".json", "//"], where));
    else if (kind === "query") search += `&${of(QUERY_NAMES, where)}=${of(SEGMENTS, what)}`;
    else if (kind === "manyQueries") search += `&${of(QUERY_NAMES, where)}=1`.repeat(what % 20 === 0 ? 10_000 : 30);
    else if (kind === "type") headers["content-type"] = of(TYPES, what);
    else if (kind === "header") headers[of(HEADERS, where)] = of(HEADER_VALUES, what);
    else if (kind === "root") options.body = structuredClone(of(VALUES, what));
    else if (kind === "raw") options.body = what % LARGE_EVERY === 0 ? "x".repeat(1_048_577) : raw(options.body, what);
    else {
      const places = placesIn(options.body);
      const place = places[where % Math.max(1, places.length)];
      if (kind === "key" && place) place.holder[of(TEXTS, what) || "x"] = structuredClone(of(VALUES, where));
      else if (place) place.holder[place.key] = structuredClone(of(VALUES, what));
    }
  }
  // Not every method carries a body.
  if (/^(get|head)$/i.test(how)) delete options.body;
  path = `${segments.join("/")}${search === "" ? "" : `?${search}`}`;
  return { method: how, path, options };
}
