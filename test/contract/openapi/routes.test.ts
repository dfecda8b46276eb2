/** No route without an operation in the API's description, and no operation without a route. */
import { describe, expect, it, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { DOCUMENT } from "../../support/openapi.ts";
import { type Route, registeredRoutes, spellings } from "../../support/routes.ts";
import { withKey } from "../crm/v1.ts";

const spelled = ({ method, path }: Route): string => `${method} ${path}`;
const DESCRIBED: Route[] = Object.entries(DOCUMENT.paths).flatMap(([path, operations]) =>
  Object.keys(operations).map((method) => ({ method, path })),
);
const described = new Set(DESCRIBED.map(spelled));

/** Whether a route for everything below a path is the one of an operation. */
const covers = (route: Route, { method, path }: Route): boolean =>
  route.method === method && route.path.endsWith("/*") && `${path}/`.startsWith(route.path.slice(0, -1));

const ROUTES = await registeredRoutes();
const ofOneMethod = ROUTES.filter(({ method }) => method !== "all");
/** Beside middleware and the catch-alls, which stand at `…/*`. */
const ofAllMethods = ROUTES.filter(({ method, path }) => method === "all" && !path.endsWith("*"));
const undescribed = ofOneMethod.filter(
  (route) => !described.has(spelled(route)) && !DESCRIBED.some((operation) => covers(route, operation)),
);

describe("the API's description", () => {
  it.each(DESCRIBED)("has no operation without a route: $method $path", (operation) => {
    const isRouted = ofOneMethod.some((route) => spelled(route) === spelled(operation) || covers(route, operation));
    expect(isRouted).toBe(true);
  });

  it("knows dozens of them", () => {
    expect(DESCRIBED.length).toBeGreaterThan(70);
    expect(ofOneMethod.length).toBeGreaterThan(DESCRIBED.length);
  });

  it("leaves out routes only that refuse the method: 405 with Allow", async () => {
    const at = edge();
    const of = await withKey(at, await tenant(at));
    const known: Record<string, string> = { organization: of.id, user: of.agent.id, form: of.formId };
    const ask = (method: string, path: string) => {
      const address = path.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? "1").replace("*", "1");
      const token = path.startsWith("/admin") ? (at.env.FOYER_ROOT_TOKEN as string) : of.agent.token;
      return at.send(method.toUpperCase(), address, { token, scheme: "Bearer", headers: { apikey: of.apiKey } });
    };
    const answers: string[] = [];
    for (const { method, path } of undescribed) {
      const { status, headers } = await ask(method, path);
      if (status !== 405 || !headers.get("allow")) answers.push(`${method} ${path}: ${status}`);
    }
    for (const { path } of ofAllMethods) {
      const other = ["delete", "put", "post"].find((method) => !described.has(`${method} ${path}`)) ?? "";
      const { status, headers } = await ask(other, path);
      if (status !== 405 || !headers.get("allow")) answers.push(`${other} ${path}: ${status}`);
    }
    expect(answers).toEqual([]);
  });
});

test.each([
  ["/a/:id", ["/a/{id}"]],
  ["/a/:id{\\d{1,15}}/b", ["/a/{id}/b"]],
  ["/a/:kind{(?:x|y)}/:id{\\d+}?", ["/a/x/{id}", "/a/y/{id}", "/a/x", "/a/y"]],
  ["/*", ["/*"]],
])("the route %s is spelled %s", (path, all) => {
  expect(spellings(path)).toEqual(all);
});
