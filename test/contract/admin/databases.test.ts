/** Root, over several databases: what is made says where it goes, and lists go through all of them. */
import { beforeEach, expect, it, vi } from "vitest";
import { CONTACT_FIELDS, type Edge, type Tenant } from "../../support/edge.ts";
import { asRoot, eachWay, SECOND, twoDatabases } from "../../support/shards.ts";
import { asAdmin } from "../../support/spam.ts";

let at: Edge;
let zero: Tenant;
let one: Tenant;
beforeEach(async () => {
  ({ at, zero, one } = await twoDatabases());
});

it("no organization is made where no database is, or of an id that says another", async () => {
  for (const [body, field] of [
    [{ database: 2 }, "database"],
    [{ database: -1 }, "database"],
    [{ database: 0.5 }, "database"],
    [{ id: "0197a1b2-0000-8000-8000-000000000001" }, "id"],
    [{ id: "0197a1b2-0000-8000-8000-000000000000", database: 1 }, "id"],
    [{ id: "0197a1b2-0000-7000-8000-000000000001", database: 1 }, "id"],
  ] as const) {
    const answer = await asRoot(at, "POST", "/organizations", { name: "New", ...body });
    const { errors } = await answer.json<{ errors: { field: string }[] }>();
    expect([answer.status, errors.map((error) => error.field)]).toEqual([422, [field]]);
  }
});

it("an id of the caller's goes where it says, once; so do those of forms and programs", async () => {
  const id = "0197A1B2-0000-8000-8000-000000000001";
  const make = () => asRoot(at, "POST", "/organizations", { name: "New", id, database: 1 });
  expect(await (await make()).json()).toMatchObject({ id: id.toLowerCase(), account_id: 1_000_002 });
  expect((await make()).status).toBe(409);
  const [form, program] = [
    { name: "Form", fields: CONTACT_FIELDS },
    { name: "Program", redirect_uri: "https://program.test/" },
  ];
  for (const [path, body] of Object.entries({ forms: form, integrations: program })) {
    const statuses: number[] = [];
    for (const tail of ["0000", "0002", "0001", "0001"]) {
      const sent = { ...body, id: `0197a1b2-0000-8000-8000-00000000${tail}` };
      statuses.push((await asRoot(at, "POST", `/organizations/${id}/${path}`, sent)).status);
    }
    expect(statuses, path).toEqual([422, 422, 201, 409]);
  }
  expect((await asRoot(at, "PATCH", `/organizations/${id}`, { name: "Renamed" })).status).toBe(200);
  expect(await (await asRoot(at, "GET", `/organizations/${id}`)).json()).toMatchObject({ name: "Renamed" });
});

it("an administrator of one is a stranger to the other, and lists none", async () => {
  for (const [mine, theirs] of eachWay(zero, one)) {
    expect((await asAdmin(at, mine, "GET", "/users")).status).toBe(200);
    expect((await asAdmin(at, { ...theirs, admin: mine.admin }, "GET", "/users")).status).toBe(404);
    expect((await at.send("GET", "/admin/v1/organizations", { token: mine.admin.token })).status).toBe(403);
  }
});

it("all of both are listed in the order of account ids, wherever the first one's end on a page", async () => {
  const more = (from: number, to: number) =>
    at.env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
      INSERT INTO organization (uuid, name, created_at, updated_at)
      SELECT printf('0197a1b2-0000-7000-8000-%012x', i), 'O', 1, 1 FROM n`,
    )
      .bind(from, to)
      .run();
  const pages = async () => {
    const found: number[][] = [];
    for (let path: string | null = "/organizations"; path !== null; ) {
      const answer = await asRoot(at, "GET", path);
      const page: { results: { account_id: number }[]; next: string | null } = await answer.json();
      found.push(page.results.map(({ account_id }) => account_id));
      path = page.next?.replace("https://foyer.test/admin/v1", "") ?? null;
    }
    return found;
  };
  const first = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  await more(2, 99);
  expect(await pages()).toEqual([[...first(99), one.accountId]]);
  await more(100, 100);
  expect(await pages()).toEqual([first(100), [one.accountId]]);
  await more(101, 101);
  expect(await pages()).toEqual([first(100), [101, one.accountId]]);
});

it("a database that has given its last account id away makes no organization of the next one's", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const last = "INSERT INTO organization (id, uuid, name, created_at, updated_at) VALUES (2000000, 'u', 'Last', 1, 1)";
  await SECOND.prepare(last).run();
  expect((await asRoot(at, "POST", "/organizations", { name: "New", database: 1 })).status).toBe(500);
  expect(
    (await SECOND.prepare("SELECT id FROM organization WHERE id > 2000000 OR name = 'New'").all()).results,
  ).toEqual([]);
  expect((await asRoot(at, "POST", "/organizations", { name: "New" })).status).toBe(201);
  vi.restoreAllMocks();
});
