/** Who takes an address before any of their code is loaded: exactly who has a route for it, and who refuses what is left. */
import { describe, expect, it, vi } from "vitest";
import { dialectAt, dispatch } from "../../../../worker/api/http/dispatch.ts";
import { dialectsOf } from "../../../../worker/dialects.ts";
import { crmPrefixOf } from "../../../../worker/env.ts";
import { edge } from "../../../support/edge.ts";
import { DIALECTS, routesOf } from "../../../support/routes.ts";

const ROUTES = await Promise.all(
  DIALECTS.map(async (of) => ({ of, routes: (await routesOf(of)).filter(({ path }) => !path.endsWith("*")) })),
);
const ADDRESSES = ROUTES.flatMap(({ of, routes }) =>
  [...new Set(routes.map(({ path }) => path.replace(/\{\w+\}/g, "7")))].map((path) => ({ of, name: of.name, path })),
);

describe("every address that a dialect has a route for is taken by it", () => {
  it.each(ADDRESSES)("$path: $name", ({ of, path }) => {
    expect(dialectAt(DIALECTS, path)).toBe(of);
    expect(dialectAt(DIALECTS, `${path}/`)).toBe(of);
  });
});

it.each([
  ["/", undefined],
  ["/healthz", undefined],
  ["/v1x/forms/7", undefined],
  ["/v1", "capture"],
  ["/demonstration", undefined],
  ["/inbox", undefined],
  ["/inbox/session/x", undefined],
  ["/admin/v1/mesh", "admin"],
  ["/admin/v1/users", "operators"],
  ["/api/v1/get-leads/x", "crm"],
  ["/leads/summary/7/x", undefined],
])("%s is %s's", (path, name) => {
  expect(dialectAt(DIALECTS, path)?.name).toBe(name);
});

it("a dialect's code is loaded with the first request for it, once, whoever else is asked", async () => {
  const loaded: string[] = [];
  const watched = dialectsOf(crmPrefixOf()).map((one) => ({
    ...one,
    load: () => {
      loaded.push(one.name);
      return one.load();
    },
  }));
  const { env } = edge();
  const fetch = dispatch({ now: () => 0, newId: () => "" }, watched);
  const ask = async (path: string) => (await fetch(new Request(`https://foyer.test${path}`), env)).status;
  expect([await ask("/healthz"), await ask("/nowhere"), loaded]).toEqual([200, 404, []]);
  expect([await ask("/demo/style.css"), await ask("/demo/style.css"), loaded]).toEqual([200, 200, ["demo"]]);
  expect([await ask("/%64emo/style.css"), await ask("/api/v5/x"), loaded]).toEqual([200, 401, ["demo", "org-user"]]);
});

it("code that cannot be loaded fails like all else that fails, and is tried again", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  let isThere = false;
  const [demo] = DIALECTS.filter(({ name }) => name === "demo") as [(typeof DIALECTS)[number]];
  const load = () => (isThere ? demo.load() : Promise.reject(new Error("no such module")));
  const fetch = dispatch({ now: () => 0, newId: () => "the-id" }, [{ ...demo, load }]);
  const ask = () => fetch(new Request("https://foyer.test/demo/style.css"), edge().env);
  const failed = await ask();
  expect([failed.status, failed.headers.get("x-request-id"), (await failed.json<{ status: number }>()).status]).toEqual(
    [...[500, "the-id", 500]],
  );
  expect(error.mock.calls.flat().join()).toContain("no such module");
  isThere = true;
  expect((await ask()).status).toBe(200);
  error.mockRestore();
});
