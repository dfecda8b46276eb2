/**
 * What strangers put into requests: texts, values, names, headers and types that have broken other programs.
 */

/** In HTML that is not escaped one of these stands as it is. */
export const MARKUP = ["<img src=x onerror=alert(7)>", `"><script>alert(7)</script>`, `' onmouseover='alert(7)`];

export const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

export const TEXTS: readonly string[] = [
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

export const VALUES: readonly unknown[] = [
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
export const SEGMENTS: readonly string[] = [
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
export const QUERY_NAMES = [
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

export const TYPES = [
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

export const HEADERS = [
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
export const HEADER_VALUES = [
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
