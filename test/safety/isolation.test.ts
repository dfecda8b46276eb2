/**
 * Another tenant's ids are ids that do not exist. Every operation of the API's description is asked, with one tenant's
 * credentials of every kind that it takes, for what another has: each id of the request in turn. The answer is to the
 * byte the one for an id that nobody has, nothing of the other tenant is in it, and the other's rows stay as they were.
 */
import { expect, test } from "vitest";
import { type Edge, edge } from "../support/edge.ts";
import { dump, type Row } from "../support/rows.ts";
import { ask, examplesOf, OPERATIONS, type Operation, requestOf, shown } from "./asking.ts";
import type { Example } from "./examples.ts";
import { type House, house, type IdName, type Ids } from "./house.ts";

/** An id of the same form that nobody has. */
function unknown(id: string | number): string | number {
  if (typeof id === "number") return id + 900_000;
  const random = crypto.randomUUID().slice(0, 8);
  // An id's end names its database; what no UUID is has its own words before that.
  const from = /^[0-9a-f]{8}-/.test(id) ? 0 : Math.max(0, id.length - 12);
  return id.slice(0, from) + random + id.slice(from + 8);
}

/** The names of the ids that an example uses. */
function used(operation: Operation, example: Example, ids: Ids): IdName[] {
  const names = new Set<IdName>();
  const spy = new Proxy(ids, {
    get: (target, name) => {
      names.add(name as IdName);
      return target[name as IdName];
    },
  });
  requestOf(operation, example, spy);
  return [...names];
}

/** What is asked for stands in many answers; ids and times that are new with each answer say nothing. */
function comparable(status: number, type: string | null, text: string, asked: string | number): string {
  const echoed = String(asked).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const same = text.replace(new RegExp(`(?<![\\w])${echoed}(?![\\w])`, "gi"), "‹asked›");
  const masked = status < 400 ? same.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{60}|\b\d{1,}\b/g, "‹new›") : same;
  const rid = masked.replace(/foyer_\w+|ey[\w-]+\.[\w-]+\.[\w-]+|[\w-]{40,}/g, "‹secret›");
  return `${status} ${type} ${status < 400 ? rid : masked}`;
}

/** Every text of a tenant's rows that no other row has, long enough to be nobody else's by chance. */
function textsOf(all: Record<string, Row[]>, accountId: number): string[] {
  const own = new Set<string>();
  const others = new Set<string>();
  const leaves = (value: unknown, into: Set<string>): void => {
    if (typeof value === "string") {
      if (value.length >= 8) into.add(value);
      if (/^[[{]/.test(value)) leaves(JSON.parse(value), into);
    } else if (typeof value === "object" && value !== null) {
      for (const child of Object.values(value)) leaves(child, into);
    }
  };
  for (const [table, found] of Object.entries(all)) {
    for (const row of found) {
      const isTheirs = (table === "organization" ? row.id : row.organization_id) === accountId;
      for (const value of Object.values(row)) leaves(value, isTheirs ? own : others);
    }
  }
  return [...own].filter((text) => !others.has(text));
}

/** How often strangers knock is counted where they knock. */
const rowsOf = (all: Record<string, Row[]>, accountId: number) =>
  Object.entries(all)
    .filter(([table]) => table !== "rate_counter")
    .map(([table, found]) => [
      table,
      found.filter((row) => (table === "organization" ? row.id : row.organization_id) === accountId),
    ]);

/** Who asks, all but root, for whom nobody is a stranger; one who shows nothing where nobody needs to be anybody. */
function callersOf(operation: Operation, example: Example): string[][] {
  const callers = operation.callers.filter((caller) => !caller.includes("root"));
  return example.isPublic || callers.length === 0 ? [[]] : callers;
}

const GET_ROOM = OPERATIONS.find(({ id }) => id === "getRoom") as Operation;

interface Scene {
  at: Edge;
  mine: House;
  theirs: House;
  secrets: string[];
}

/** Asks for each of their things in turn. @returns what is wrong, in words. */
async function stranger(scene: Scene, operation: Operation, example: Example, callers: string[]): Promise<string[]> {
  const { at, mine, theirs } = scene;
  const wrong: string[] = [];
  const headers = shown(callers, mine);
  const names = used(operation, example, mine.ids).filter((name) => !example.known?.includes(name));
  const answered = async (ids: Ids, asked: string | number) => {
    const request = requestOf(operation, example, ids);
    const response = await ask(at, operation, request, headers);
    const text = await response.text();
    // What was taken over into a thing of one's own may be told from then on.
    if (response.ok && operation.method !== "GET")
      scene.secrets = scene.secrets.filter((secret) => !String(asked).includes(secret));
    const told = scene.secrets.filter((secret) => text.includes(secret) && !String(asked).includes(secret));
    if (told.length > 0) wrong.push(`${operation.id} tells ${told[0]}`);
    return comparable(response.status, response.headers.get("content-type"), text, asked);
  };
  for (const name of names) {
    const [asked, nobodys] = [theirs.ids[name], unknown(mine.ids[name])];
    const foreign = await answered({ ...mine.ids, [name]: asked }, asked);
    const none = await answered({ ...mine.ids, [name]: nobodys }, nobodys);
    if (foreign !== none && !example.chosen?.includes(name)) {
      wrong.push(`${operation.id} by ${callers}, ${name}: ${foreign.slice(0, 300)} and not ${none.slice(0, 300)}`);
    }
  }
  // What is read and listed of one's own has nothing of theirs in it.
  if (operation.method === "GET" && !example.untried) await answered(mine.ids, "");
  return wrong;
}

/** Asks for the own things, by whoever the description names first. @returns null for a success, or what went wrong. */
async function refusal(at: Edge, of: House, operation: Operation, example: Example): Promise<string | null> {
  const [callers = []] = callersOf(operation, example);
  const fresh = [...(example.chosen ?? []), ...(example.fresh ?? [])].map((name) => [name, unknown(of.ids[name])]);
  const request = requestOf(operation, example, { ...of.ids, ...Object.fromEntries(fresh) });
  const response = await ask(at, operation, request, shown(callers, of));
  return response.ok ? null : `${operation.id}: ${response.status} ${(await response.text()).slice(0, 300)}`;
}

test("what is another tenant's looks like nothing, and stays as it is", async () => {
  const at = edge();
  const [mine, theirs] = [await house(at, "mine"), await house(at, "theirs")];
  const before = await dump();
  const scene = { at, mine, theirs, secrets: textsOf(before, theirs.accountId) };
  expect(scene.secrets.length).toBeGreaterThan(100);
  // Whether the visitor is still there is a matter of time.
  const room = async () => {
    const seen = await ask(at, GET_ROOM, requestOf(GET_ROOM, {}, theirs.ids), shown(["user_token"], theirs));
    const { is_visitor_there: _, ...conversation } = await seen.json<Record<string, unknown>>();
    return conversation;
  };
  const conversation = await room();
  const untouched = JSON.stringify(rowsOf(before, theirs.accountId));
  const wrong: string[] = [];
  for (const operation of OPERATIONS) {
    for (const example of examplesOf(operation)) {
      for (const caller of callersOf(operation, example)) {
        wrong.push(...(await stranger(scene, operation, example, caller)));
      }
    }
    const after = JSON.stringify(rowsOf(await dump(), theirs.accountId));
    if (after !== untouched) wrong.push(`${operation.id} changes rows of theirs`);
  }
  expect(wrong, wrong.join("\n")).toEqual([]);
  expect(await room()).toEqual(conversation);
}, 120_000);

test("every example is a success for its owner, so that nothing else hides the stranger", async () => {
  const at = edge();
  let of = await house(at, "own");
  const wrong: string[] = [];
  for (const operation of OPERATIONS) {
    for (const example of examplesOf(operation).filter(({ untried }) => untried === undefined)) {
      if ((await refusal(at, of, operation, example)) === null) continue;
      // Used up by one of those before.
      of = await house(at, "own");
      const failed = await refusal(at, of, operation, example);
      if (failed !== null) wrong.push(failed);
    }
  }
  expect(wrong, wrong.join("\n")).toEqual([]);
}, 120_000);
