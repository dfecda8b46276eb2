/**
 * What strangers send: requests that were right, and then bent in one to three ways. A way is a number of a kind and a
 * choice, so that a seed makes the same requests again.
 */
import fc from "fast-check";
import type { SendOptions } from "../support/edge.ts";
import type { Asked } from "./asking.ts";

/** In HTML that is not escaped one of these stands as it is. */
export const MARKUP = ["<img src=x onerror=alert(7)>", `"><script>alert(7)</script>`, `' onmouseover='alert(7)`];

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

const TEXTS: readonly string[] = [
  ...MARKUP,
  ...[
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\udfff x",
    "\u202eevil\u2066",
    "\ufeff",
    "\u200b",
    "🏳️‍🌈".repeat(50),
    "İıŞ",
    "ﷺ",
  ],
  ...["' OR 1=1 --", '"; DROP TABLE lead; --', "1) UNION SELECT hash FROM credential --", "%", "_", "\\", "*", "?1"],
  ...[
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r\nSet-Cookie: x=y",
    "../../etc/passwd",
    "..%2f..%2f",
    "{{7*7}}",
  ],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "null", "undefined", "NaN", "true", "[]", "{}"],
  ...[
    "1e309",
    "-0",
    "0x10",
    "9007199254740993",
    "9223372036854775808",
    "999999999999999",
    "1".repeat(400),
    "٣",
    "1_000",
  ],
  ...["2026-02-30T00:00:00Z", "9999-12-31 23:59", "0000-00-00", "+275760-09-13T00:00:00Z", "275761-01-01", "25:61"],
  ...[
    "a@b",
    "a".repeat(300),
    "x".repeat(70_000),
    "javascript:alert(7)",
    "data:text/html,x",
    "//evil.example",
    "http://[::1",
  ],
  ...["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "f".repeat(60), "0.999999999"],
];

const VALUES: readonly unknown[] = [
  ...TEXTS,
  ...[null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 63, -(2 ** 31) - 1, 999_999_999_999_999],
  ...[[], {}, [[]], [null], [{}], Array(2_000).fill(1), { __proto__x: 1 }, { toString: 1 }, { length: -1 }],
  ...[
    JSON.parse('{"then":1}'),
    JSON.parse(nested(40, "[", "]")),
    JSON.parse(`${'{"a":'.repeat(40)}1${"}".repeat(40)}`),
  ],
  ...[JSON.parse('{"__proto__":{"role":"admin"}}'), JSON.parse('{"constructor":{"prototype":{"role":"admin"}}}')],
];

/** What a URL can hold; the URL parser takes none of it amiss. */
const SEGMENTS: readonly string[] = [
  ...TEXTS.filter((text) => text.length < 5_000).map((text) => encodeURIComponent(text.toWellFormed())),
  ...[
    "%",
    "%zz",
    "%00",
    "%ff%fe",
    "%c0%af",
    "%ed%a0%80",
    "%2e%2e",
    "%2f",
    "a%20b",
    "x".repeat(8_000),
    ";a=b",
    "*",
    "@",
  ],
];

const NAMES = [
  "limit",
  "page",
  "cursor",
  "offset",
  "size",
  "since",
  "ordering",
  "locale",
  "slug",
  "status",
  "lead",
  "theme",
];
const BRACKETS = [
  "filter[uid][]",
  "filter[category][]",
  "filter[created_at][from]",
  "order[created_at]",
  "filter[__proto__]",
];
const QUERY_NAMES = [
  ...NAMES,
  ...BRACKETS,
  "page_size",
  "is_processable",
  "first_name",
  "email",
  "ondate",
  "datesetting",
  "state",
];

const TYPES = [
  ...[
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/html",
    "",
    "x",
  ],
  ...[
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=",
    "application/json; charset=utf-16",
    "image/png",
  ],
  ...[
    "application/json; charset=nonsense",
    "application/xml",
    "application/*",
    "text/plain;;;",
    `a/${"b".repeat(5_000)}`,
  ],
];

const HEADERS = [
  "idempotency-key",
  "origin",
  "accept-language",
  "referer",
  "user-agent",
  "cookie",
  "authorization",
  "apikey",
]
  .concat([
    "if-none-match",
    "x-csrf-token",
    "cf-connecting-ip",
    "accept",
    "sec-fetch-site",
    "upgrade",
    "x-forwarded-for",
  ])
  .concat(["sec-websocket-protocol", "content-encoding", "range", "expect", "x-http-method-override", "host"]);
const HEADER_VALUES = [
  ...[
    "",
    "null",
    "*",
    "0",
    "x".repeat(60_000),
    "é",
    "\u00ff\u00fe",
    "Bearer",
    "Bearer x",
    "Basic =",
    "Basic Og==",
    "a=b; a=b",
  ],
  ...["https://foyer.test", "https://evil.example", "file://", "127.0.0.1", "::ffff:1.2.3.4", "not an address", "gzip"],
  ...[
    "q=;;,,",
    "de;q=NaN, *;q=9",
    "de,".repeat(3_000),
    "websocket",
    "foyer.chat.v1, x",
    `W/"x"`,
    "'; DROP TABLE lead",
    MARKUP[0],
  ],
] as string[];
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
