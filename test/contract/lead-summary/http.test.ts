/** Addresses, methods and ids. */
import { describe, expect, test } from "vitest";
import { edge, START, tenant } from "../../support/edge.ts";
import { address, ask, expectNotFound, PATHS, summary, UNAUTHENTICATED, world } from "./summary.ts";

describe.each(PATHS)("%s", (base) => {
  test("answers, with a slash at the end and without, and nothing of it is kept on the way", async () => {
    const at = edge();
    const of = await world(at);
    const expected = { data: await summary(at, of, of.leadId), message: "success" };
    for (const path of [`${base}/${of.leadId}`, `${base}/${of.leadId}/`]) {
      const response = await at.send("GET", path, { token: of.agent.token });
      expect([response.status, await response.json()]).toEqual([200, expected]);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
    const head = await at.send("HEAD", `${base}/${of.leadId}`, { token: of.agent.token });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])(
    "%s is 405 and says what is allowed, to who is let in",
    async (method) => {
      const at = edge();
      const of = await world(at);
      const response = await at.send(method, `${base}/${of.leadId}`, { token: of.agent.token });
      expect([response.status, await response.json()]).toEqual([
        405,
        { message: `The method ${method} is not allowed here.` },
      ]);
      expect(response.headers.get("allow")).toBe("GET, HEAD");
      expect((await at.send(method, `${base}/${of.leadId}`)).status).toBe(401);
    },
  );

  test("takes no other address, whoever asks", async () => {
    const at = edge();
    const of = await world(at);
    for (const path of [base, `${base}/`, `${base}/${of.leadId}/x`, base.replace("/summary", ""), `${base}x/1`]) {
      for (const options of [{}, { token: of.agent.token }]) {
        const response = await at.send("GET", path, options);
        expect([path, response.status]).toEqual([path, 404]);
        // Its own words are `{"message": …}`: this is a neighbour's answer.
        expect(await response.json()).not.toHaveProperty("message");
      }
    }
  });
});

test("the pages of the root stay what they are, and need no credentials", async () => {
  const at = edge();
  expect((await at.send("GET", "/healthz")).status).toBe(200);
  expect((await at.send("GET", "/")).status).not.toBe(401);
  expect((await at.send("GET", "/demo")).status).not.toBe(401);
});

describe("an id", () => {
  test.each([
    ...[
      "0",
      "-1",
      "+1",
      "1.0",
      "1e3",
      "0x1",
      "1_000",
      "abc",
      "%20",
      "%00",
      "١",
      "01",
      "null",
      "1;",
      "1%2F2",
      "%F0%9F%A6%8A",
    ],
    ...["9007199254740992", "9007199254740993", "99999999999999999999999999", "%ff", "1'%20OR%201=1"],
  ])("of %s is 404, as an unknown one is", async (id) => {
    const at = edge();
    const of = await tenant(at);
    await expectNotFound(await ask(at, id, of.agent.token));
    await expectNotFound(await ask(at, "9007199254740991", of.agent.token));
  });

  test("is no UUID", async () => {
    const at = edge();
    const of = await world(at);
    await expectNotFound(await ask(at, "0197a1b2-0000-7000-8000-000000000001", of.agent.token));
  });
});

test("a lapsed subscription is 402, and 401 comes before", async () => {
  const at = edge();
  const until = new Date(START + 1_000).toISOString();
  const of = await tenant(at, { organization: { subscription_until: until } });
  at.clock.now = START + 1_000;
  expect((await ask(at, 1, of.agent.token)).status).toBe(402);
  const response = await at.send("GET", address(1));
  expect([response.status, await response.json()]).toEqual([401, UNAUTHENTICATED.body]);
});
