/** What every address of the dialect has in common: who is let in, methods, bodies, errors to the byte. */
import { describe, expect, test } from "vitest";
import { admin, edge, START, tenant } from "../../support/edge.ts";
import { count } from "../../support/rows.ts";
import { request } from "./bodies.ts";
import { accept, get, hal, list, post, problem, UNSORTED, v4, waiting } from "./v4.ts";

const EVERY = [
  ["GET", UNSORTED],
  ["GET", `${UNSORTED}/summary`],
  ["GET", `${UNSORTED}/00`],
  ["POST", `${UNSORTED}/sip`],
  ["POST", `${UNSORTED}/forms`],
  ["POST", `${UNSORTED}/00/accept`],
  ["DELETE", `${UNSORTED}/00/decline`],
  ["POST", `${UNSORTED}/00/link`],
  ["GET", "/api/v4/leads"],
  ["GET", "/api/v4/contacts/1"],
  ["GET", "/api/v4/account"],
] as const;

describe("credentials", () => {
  test.each(EVERY)(
    "%s %s is refused without them, with wrong ones, and with an organization's key",
    async (method, path) => {
      const at = edge();
      const of = await tenant(at);
      const { secret } = await admin<{ secret: string }>(at, "POST", `/organizations/${of.id}/credentials`, {
        kind: "api_key",
      });
      for (const authorization of [
        "",
        "Bearer",
        "Bearer x",
        `Bearer ${of.agent.token}x`,
        `Bearer ${secret}`,
        "Basic eA==",
      ]) {
        const response = await at.send(method, path, { headers: { authorization } });
        expect(Object.keys(await problem(response, 401))).toEqual(["title", "type", "status", "detail"]);
      }
      await problem(await at.send(method, path), 401);
    },
  );

  test("a lapsed subscription is 402", async () => {
    const at = edge();
    const until = new Date(START + 1_000).toISOString();
    const of = await tenant(at, { organization: { subscription_until: until } });
    at.clock.now += 1_000;
    await problem(await get(at, UNSORTED, of.admin), 402);
  });

  test("every method is open to agents but link", async () => {
    const at = edge();
    const of = await tenant(at);
    for (const [method, path] of EVERY) {
      const { status } = await v4(at, method, path, of.agent, method === "GET" ? {} : { body: {} });
      expect(status, path).not.toBe(401);
      expect(status === 403, path).toBe(false);
    }
    const body = { link: { entity_id: 1, entity_type: "leads" } };
    await problem(await v4(at, "POST", `${UNSORTED}/00/link`, of.agent, { body }), 403);
  });
});

describe("methods", () => {
  test.each([
    ["POST", UNSORTED, "GET, HEAD"],
    ["DELETE", UNSORTED, "GET, HEAD"],
    ["GET", `${UNSORTED}/sip`, "POST"],
    ["GET", `${UNSORTED}/forms`, "POST"],
    ["POST", `${UNSORTED}/mail`, "GET, HEAD"],
    ["POST", `${UNSORTED}/chats`, "GET, HEAD"],
    ["PATCH", `${UNSORTED}/00`, "GET, HEAD"],
    ["POST", `${UNSORTED}/summary`, "GET, HEAD"],
    ["GET", `${UNSORTED}/00/accept`, "POST"],
    ["POST", `${UNSORTED}/00/decline`, "DELETE"],
    ["PUT", `${UNSORTED}/00/link`, "POST"],
    ["POST", "/api/v4/leads", "GET, HEAD"],
    ["PATCH", "/api/v4/contacts/1", "GET, HEAD"],
    ["DELETE", "/api/v4/leads/pipelines/1", "GET, HEAD"],
    ["POST", "/api/v4/leads/pipelines", "GET, HEAD"],
    ["PATCH", "/api/v4/account", "GET, HEAD"],
  ])("%s %s is 405 and says what is allowed", async (method, path, allow) => {
    const at = edge();
    const of = await tenant(at);
    const response = await v4(at, method, path, of.admin);
    expect(response.headers.get("allow")).toBe(allow);
    expect(Object.keys(await problem(response, 405))).toEqual(["title", "type", "status", "detail"]);
  });

  test("an address that does not exist is 404 with the four keys", async () => {
    const at = edge();
    const of = await tenant(at);
    for (const path of ["/api/v4", "/api/v4/tasks", `${UNSORTED}/00/merge`, "/api/v4/leads/custom_fields"]) {
      expect(Object.keys(await problem(await get(at, path, of.admin), 404))).toHaveLength(4);
    }
  });
});

describe("bodies", () => {
  test("1 MiB is taken, a byte more is 413 and writes nothing, whether its length is declared or not", async () => {
    const at = edge();
    const of = await tenant(at);
    const most = 1024 * 1024;
    const body = JSON.stringify([request()]).padEnd(most);
    expect((await post(at, of, "forms", body)).status).toBe(200);
    await problem(await post(at, of, "forms", `${body} `), 413);
    await problem(await post(at, of, "sip", `${body} `, { "content-length": String(most + 1) }), 413);
    expect(await count("lead")).toBe(1);
  });

  test.each(["", "{", "[{]", "not json", `${"[".repeat(40)}${"]".repeat(40)}`])(
    "a POST of %j is 400 in readable words",
    async (body) => {
      const at = edge();
      const of = await tenant(at);
      const { detail } = await problem(await post(at, of, "forms", body), 400);
      expect(detail).toMatch(/^The request cannot be read: .+/);
    },
  );

  test("what is no JSON is told so where a body is optional, too", async () => {
    const at = edge();
    const of = await tenant(at);
    const { detail } = await problem(await accept(at, await waiting(at, of), of.agent, "{user_id}"), 400);
    expect(detail).toMatch(/^The request cannot be read: .+/);
  });

  test("texts that no store can hold are made well-formed", async () => {
    const at = edge();
    const of = await tenant(at);
    const body = JSON.stringify([request({ source_name: "A" })]).replace('"A"', '"\\ud800\\u0000B"');
    await hal(await post(at, of, "forms", body));
    expect((await list(at, of))[0]?.source_name).toBe("\ufffdB");
  });
});
