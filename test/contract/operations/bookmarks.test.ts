import { expect, test } from "vitest";
import { patch } from "../../support/asking.ts";
import { capture, form, lead } from "../../support/edge.ts";
import { count } from "../../support/rows.ts";
import { list, useFaultyScene } from "./faulty-scene.ts";

const HEADER = "x-d1-bookmark";
const PRIMARY = "first-primary";

const scene = useFaultyScene();

/** Where the list's session begins for whoever sends this. */
async function startFor(bookmark: string): Promise<string[]> {
  scene.d1.heal();
  expect((await list(scene, { [HEADER]: bookmark })).status).toBe(200);
  return [...scene.d1.starts];
}

test("a caller who knows nothing of them asks the primary first, and is told where the database is", async () => {
  const answer = await list(scene);
  expect(scene.d1.starts).toEqual([PRIMARY]);
  expect(answer.headers.get(HEADER)).toMatch(/^0\.[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{32}$/);
});

test("what the answer says is where the next request of the same caller begins, and they read what they wrote", async () => {
  const id = await lead(scene.at, scene.of.formId);
  const picked = await patch(scene.at, scene.of, id, { assigned_user_id: scene.of.agent.id });
  const bookmark = picked.headers.get(HEADER) as string;
  expect(await startFor(bookmark)).toEqual([bookmark.slice("0.".length)]);
  const { results } = await (await list(scene, { [HEADER]: bookmark })).json<{ results: { id: string }[] }>();
  expect(results.map((one) => one.id)).toContain(id);
});

const ANOTHER = "00000001-00000002-00000003-0123456789abcdef0123456789abcdef";

test("a request is one session with a database, however often it asks", async () => {
  const made = await scene.at.send("GET", `/admin/v1/organizations/${scene.of.id}/users`, {
    token: scene.of.admin.token,
    scheme: "Bearer",
  });
  expect(made.status).toBe(200);
  await lead(scene.at, await form(scene.at, scene.of.id));
  scene.d1.heal();
  await patch(scene.at, scene.of, await lead(scene.at, scene.of.formId), { assigned_user_id: scene.of.agent.id });
  expect(scene.d1.starts).toEqual([PRIMARY, PRIMARY]);
  expect(scene.d1.asked.length).toBeGreaterThanOrEqual(2);
});

test.each([
  ["first-primary", PRIMARY],
  ["first-unconstrained", "first-unconstrained"],
  [`0.${ANOTHER}`, ANOTHER],
  [`1.${ANOTHER.replace("1", "7")}, 0.${ANOTHER}`, ANOTHER],
])("%s is where it begins", async (header, start) => expect(await startFor(header)).toEqual([start]));

test.each([
  `1.${ANOTHER}`,
  ANOTHER,
  "0.first-unconstrained",
  "0.x'; DROP TABLE lead",
  `0.${ANOTHER.toUpperCase().replace("0", "G")}`,
  `0.${"0-".repeat(600)}0`,
  "0.",
  "",
])("%s is none of ours, or another database's: the primary is asked", async (header) =>
  expect(await startFor(header)).toEqual([PRIMARY]),
);

test("a write is decided on what the primary knows, whatever its caller has read", async () => {
  const id = await lead(scene.at, scene.of.formId);
  scene.d1.heal();
  const path = `/api/v5/orgs/${scene.of.id}/leads/${id}`;
  const headers = { [HEADER]: `0.${ANOTHER}` };
  const body = { assigned_user_id: scene.of.agent.id };
  expect((await scene.at.send("PATCH", path, { token: scene.of.admin.token, body, headers })).status).toBe(200);
  expect(scene.d1.starts).toEqual([PRIMARY]);
});

test("after a refusal the primary is asked again: what was refused may be news to a replica", async () => {
  const data = { name: "Ada", email: "ada@example.org", message: "Two doors" };
  await capture(scene.at, scene.of.formId, { data });
  scene.d1.heal();
  expect((await capture(scene.at, scene.of.formId, { data })).status).toBe(201);
  // The batch that was refused, and what looks at why.
  expect(scene.d1.starts).toEqual([PRIMARY, PRIMARY]);
});

test("a bookmark that the database does not take costs a second question, and nothing else", async () => {
  scene.d1.fail({ message: "D1_ERROR: invalid bookmark" });
  expect(await list(scene, { [HEADER]: `0.${ANOTHER}` }).then(({ status }) => status)).toBe(200);
  expect(scene.d1.starts).toEqual([ANOTHER, PRIMARY]);
});

test("a form may be read at any copy, and is; strangers are told of no bookmark, and neither are refusals", async () => {
  const fresh = await form(scene.at, scene.of.id);
  scene.d1.heal();
  const read = await scene.at.send("GET", `/v1/forms/${fresh}`);
  expect(scene.d1.starts).toEqual(["first-unconstrained"]);
  const written = await capture(scene.at, fresh);
  const refused = await scene.at.send("GET", `/api/v5/orgs/${scene.of.id}/leads/${crypto.randomUUID()}`, {
    token: scene.of.admin.token,
  });
  expect([read, written, refused].map(({ headers }) => headers.get(HEADER))).toEqual([null, null, null]);
  expect([read.status, written.status, refused.status]).toEqual([200, 201, 404]);
});

test("whatever runs by itself asks the primary without a session", async () => {
  const leads = await count("lead");
  const { runHourly } = await import("../../../worker/hourly.ts");
  await runHourly(
    { now: () => scene.at.clock.now, newId: () => crypto.randomUUID() },
    { ...scene.at.env, DB: scene.d1.db, FOYER_LOG: "errors" },
    Date.UTC(2026, 10, 22, 3, 17),
  );
  expect(scene.d1.asked.length).toBeGreaterThan(0);
  expect(scene.d1.starts).toEqual([]);
  expect(await count("lead")).toBe(leads);
});
