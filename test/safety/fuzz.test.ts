/**
 * Whatever strangers and callers send, the server answers: never with a 5xx, never after two seconds, never with what was
 * sent standing as markup in a page; and what it refuses it does not store. Requests are the examples of every operation,
 * bent by chance; the seed is in what a failure says. Every answer is one that the description knows.
 */

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Edge, edge } from "../support/edge.ts";
import { tables } from "../support/rows.ts";
import { examplesOf, OPERATIONS, type Operation, requestOf, shown } from "./asking.ts";
import { bend, bent } from "./hostile.ts";
import { MARKUP } from "./hostile-values.ts";
import { type House, house } from "./house.ts";

/** The same requests each time, so that whoever changes something sees what the change did; null: others each time. */
const SEED: number | null = 20_260_302;
const RUNS = 20_000;
/** What is done uses a house up: after so many there is a new one. */
const RUNS_A_HOUSE = 2_500;
const SLOW_MS = 2_000;
const TIMEOUT_MS = 240_000;

/** What conversations keep they write by themselves, some time. */
const isRoom = ({ path }: Operation) => /\/chat$|\/rooms/.test(path);
const groupOf = (operation: Operation) => (isRoom(operation) ? "rooms" : operation.dialect);
const GROUPS = [...new Set(OPERATIONS.map(groupOf))];
/** A refused request is counted, and so is one who repeats a lead. */
const COUNTED = ["rate_counter", "duplicate_attempt"];

async function counter(): Promise<() => Promise<Record<string, number>>> {
  const names = (await tables()).filter((table) => !COUNTED.includes(table));
  const sql = `SELECT ${names.map((table) => `(SELECT count(*) FROM ${table}) AS "${table}"`).join(", ")}`;
  return async () => (await env.DB.prepare(sql).first<Record<string, number>>()) ?? {};
}

const request = fc.record({
  operation: fc.nat(),
  example: fc.nat(),
  /** Most are let in, so that something looks at what they sent. */
  caller: fc.constantFrom(0, 0, 0, 0, 0, 1, 2, null),
  bends: fc.array(bend, { minLength: 1, maxLength: 3 }),
});
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

function credentials(operation: Operation, caller: number | null, of: House, at: Edge): Record<string, string> {
  if (caller === null || operation.callers.length === 0) return {};
  const wanted = operation.callers[caller % operation.callers.length] as string[];
  return wanted.includes("root") ? { authorization: `Bearer ${at.env.FOYER_ROOT_TOKEN}` } : shown(wanted, of);
}

/** @returns what is wrong with the answer, in words. */
async function wrongIn(response: Response, ms: number): Promise<string | null> {
  if (response.status >= 500) return `${response.status} ${await response.text()}`;
  if (ms > SLOW_MS) return `took ${ms} ms`;
  response.webSocket?.accept();
  response.webSocket?.close(1000);
  const text = response.webSocket ? "" : await response.text();
  const isPage = /html/.test(response.headers.get("content-type") ?? "");
  const mark = isPage ? MARKUP.find((markup) => text.includes(markup)) : undefined;
  return mark === undefined ? null : `unescaped ${mark}`;
}

let asked = 0;
describe.each(GROUPS)("%s", (group) => {
  const operations = OPERATIONS.filter((operation) => groupOf(operation) === group);
  const runs = Math.ceil((RUNS * Math.max(4, operations.length)) / OPERATIONS.length);

  test(
    `${runs} bent requests`,
    async () => {
      const seed = SEED ?? Math.floor(Math.random() * 2 ** 31);
      const at = edge();
      let of = await house(at, "own");
      const counts = await counter();
      let stored = await counts();
      const wrong = new Map<string, string>();

      async function take(one: Request, number: number): Promise<void> {
        const operation = operations[one.operation % operations.length] as Operation;
        const examples = examplesOf(operation);
        const example = examples[one.example % examples.length] ?? {};
        const fresh = Object.fromEntries((example.fresh ?? []).map((name) => [name, crypto.randomUUID()]));
        const right = requestOf(operation, example, { ...of.ids, ...fresh });
        const { method, path, options } = bent(operation.method, right, one.bends);
        // An address of its own each: who fails often is not looked at.
        const address = { "cf-connecting-ip": `2001:db8:${number.toString(16)}::1` };
        options.headers = { ...address, ...credentials(operation, one.caller, of, at), ...options.headers };
        at.resetUsage();
        const from = Date.now();
        let problem: string | null;
        let isRefused = true;
        try {
          const response = await at.send(method, path, options);
          isRefused = response.status >= 400;
          problem = await wrongIn(response, Date.now() - from);
        } catch (error) {
          problem = String(error);
        }
        asked += 1;
        if (group !== "rooms" && at.usage.rowsWritten > 0) {
          const now = await counts();
          if (isRefused && JSON.stringify(now) !== JSON.stringify(stored)) problem ??= "refused, and stored";
          stored = now;
        }
        if (problem === null) return;
        const sent = `${method} ${path.slice(0, 300)} ${JSON.stringify(options)
          .replace(/x{99,}/g, "x…")
          .slice(0, 900)} ${JSON.stringify(one.bends)}`;
        wrong.set(`${operation.id} ${problem.slice(0, 40)}`, `${problem.slice(0, 600)}\n  ${sent}`);
      }

      for (const [number, one] of fc.sample(request, { numRuns: runs, seed }).entries()) {
        if (number > 0 && number % RUNS_A_HOUSE === 0) {
          of = await house(at, "own");
          stored = await counts();
        }
        await take(one, number);
      }
      expect(wrong.size, `seed ${seed}\n${[...wrong.values()].join("\n")}`).toBe(0);
    },
    TIMEOUT_MS,
  );
});

test("and all of them together are at least twenty thousand", () => {
  expect(asked).toBeGreaterThanOrEqual(RUNS);
});
