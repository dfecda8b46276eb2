/** Every operation of the API's description, while the database is away: told so in its own form, and nothing is left behind. */
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { edge } from "../support/edge.ts";
import { faulty, NOT_RUN } from "../support/faulty.ts";
import { dump } from "../support/rows.ts";
import { ask, examplesOf, OPERATIONS, type Operation, requestOf, shown } from "./asking.ts";
import { type House, house } from "./house.ts";

/** What is said in a room is the room's to keep: it goes on, and tells the database later, by a way of its own. */
const isRooms = ({ id, method, path }: Operation) =>
  /Socket$/.test(id) || (method !== "GET" && /\/(rooms|chat)\b/.test(path));
const ASKED = OPERATIONS.filter((operation) => operation.dialect !== "health" && !isRooms(operation));

const credentialsFor = ({ callers }: Operation, of: House): Record<string, string> => {
  const known = callers.find((kinds) => !kinds.includes("root"));
  if (known === undefined && callers.length > 0) return { authorization: `Bearer ${env.FOYER_ROOT_TOKEN}` };
  return shown(known ?? [], of);
};

afterEach(() => {
  vi.restoreAllMocks();
});

test("each answers 503 and says when to come again, in the form that its description has for it", async () => {
  const d1 = faulty(env.DB);
  const at = edge({ DB: d1.db });
  const of = await house(at, "away");
  const before = await dump();
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(Math, "random").mockReturnValue(0);
  const told = new Set<string>();
  for (const operation of ASKED) {
    d1.heal();
    d1.fail({ message: NOT_RUN[0] as string }, 99);
    const right = requestOf(operation, examplesOf(operation)[0] ?? {}, of.ids);
    const response = await ask(at, operation, right, credentialsFor(operation, of));
    const { id, dialect } = operation;
    if (d1.asked.length === 0) expect([id, response.status < 500]).toEqual([id, true]);
    else expect([id, response.status, response.headers.get("retry-after")]).toEqual([id, 503, "5"]);
    if (response.status === 503) told.add(dialect);
  }
  expect(await dump()).toEqual(before);
  // The demo pages ask no database.
  const dialects = new Set(ASKED.map(({ dialect }) => dialect));
  dialects.delete("demo");
  expect([...told].sort()).toEqual([...dialects].sort());
});
