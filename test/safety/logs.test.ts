/**
 * Logs have no credential and nothing that a person sent or is known by: whatever succeeds, is refused or breaks. Each
 * operation of the API's description is asked, with marks in all that it is given, also while the database fails.
 */
import { env } from "cloudflare:workers";
import { v7 } from "uuid";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createApp } from "../../worker/index.ts";
import { edge, type SendOptions } from "../support/edge.ts";
import { deliver, mailbox, message } from "../support/mail.ts";
import { ask, examplesOf, OPERATIONS, type Operation, requestOf, shown } from "./asking.ts";
import { type House, house } from "./house.ts";

const MARK = "zmarkz";
const METHODS = ["log", "info", "warn", "error", "debug", "trace"] as const;

let lines: string[];
beforeEach(() => {
  lines = [];
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...all: unknown[]) => {
      lines.push(all.map((one) => (one instanceof Error ? `${one.stack}` : String(one))).join(" "));
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Whatever would let somebody in, or tell who somebody is. */
const secretsOf = (of: House): string[] => [
  ...[of.admin.token, of.agent.token, of.apiKey, of.secrets.oauth, of.secrets.login, of.secrets.session.csrf],
  ...[of.secrets.session.cookie, of.program.secret, of.ids.chatToken, of.ids.code, of.ids.refreshToken],
  ...[of.ids.crmRefresh, of.ids.email, env.FOYER_ROOT_TOKEN, "correct horse", MARK],
];
const told = (of: House): string[] =>
  lines.filter((line) => secretsOf(of).some((secret) => line.includes(secret))).map((line) => line.slice(0, 500));

/** The request with a mark in each text of its body, its query and a header. */
function marked(operation: Operation, of: House): { path: string; options: SendOptions } {
  const { path, options } = requestOf(operation, examplesOf(operation)[0] ?? {}, of.ids);
  const body =
    options.body &&
    JSON.parse(JSON.stringify(options.body), (_, value) => (typeof value === "string" ? `${value} ${MARK}` : value));
  const headers = { ...options.headers, referer: `https://page.example/${MARK}`, "user-agent": MARK };
  return { path: `${path}${path.includes("?") ? "&" : "?"}x=${MARK}`, options: { headers, ...(body ? { body } : {}) } };
}

const callersOf = ({ callers }: Operation) => callers[0]?.filter((caller) => caller !== "root") ?? [];
const ASKED = OPERATIONS.filter(({ id }) => !/Socket$/.test(id));

test("while everything works each request has its line, and in none is a word of who asked", async () => {
  const at = edge({ FOYER_LOG: "all" });
  const of = await house(at, MARK);
  for (const operation of ASKED) {
    const headers = shown(callersOf(operation), of);
    const right = requestOf(operation, examplesOf(operation)[0] ?? {}, of.ids);
    await ask(at, operation, marked(operation, of), headers);
    await ask(at, operation, marked(operation, of), { authorization: `Bearer ${MARK}` });
    await ask(at, operation, { ...right, options: { ...right.options, body: `{"${MARK}":` } }, headers).catch(
      () => null,
    );
    await ask(at, operation, right, headers);
  }
  await deliver(at, await mailbox(at, of.id), message({ body: MARK, headers: { Subject: MARK } }));
  await deliver(at, `lead+${MARK}@mail.test`, message({ body: MARK }));
  expect(lines.length).toBeGreaterThan(3 * ASKED.length);
  expect(lines.filter((line) => JSON.parse(line).level !== "info")).toEqual([]);
  expect(told(of)).toEqual([]);
});

test("what breaks is logged by its place and its own words, without anything of who asked", async () => {
  const of = await house(edge(), MARK);
  const DB = { withSession: () => ({ prepare: fails, batch: fails }) } as unknown as D1Database;
  const app = createApp({ now: () => Date.parse("2026-03-02T10:30:00Z"), newId: () => v7() });
  let broken = 0;
  for (const operation of ASKED) {
    const { path, options } = marked(operation, of);
    const headers = { "content-type": "application/json", ...options.headers, ...shown(callersOf(operation), of) };
    const init = { method: operation.method, headers, ...(options.body ? { body: JSON.stringify(options.body) } : {}) };
    const { status } = await app.fetch(new Request(`https://foyer.test${path}`, init), { ...env, DB });
    if (status >= 500) broken += 1;
  }
  expect(broken).toBeGreaterThan(80);
  expect(lines.length).toBeGreaterThanOrEqual(broken);
  expect(told(of)).toEqual([]);
  // An exception's line, and that of the request that it has ended.
  for (const line of lines) {
    const { level, message, status } = JSON.parse(line);
    expect([level, message ?? (status >= 500 && "a failed request")]).toEqual([
      "error",
      expect.stringMatching(/^The database is away\.$|^a failed request$/),
    ]);
  }
});

function fails(): never {
  throw new Error("The database is away.");
}
