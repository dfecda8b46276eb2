/** How parameters may come, and what is said of those that are wrong. */
import { describe, expect, test } from "vitest";
import { edge, type Tenant } from "../../support/edge.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { chatTenant, get, leadsIn, numbers, PATH, post, refused } from "./get-leads.ts";

async function world() {
  const at = edge();
  const of = await chatTenant(at);
  await manyLeads(of, { count: 5, category: "chats" });
  return { at, of, second: (await numbers()).slice(2, 4) };
}
const found = async (response: Response): Promise<number[]> => (await leadsIn(response)).map(({ id }) => id);
const FORM = { "content-type": "application/x-www-form-urlencoded" };

describe("parameters are taken", () => {
  const range = { startDate: "2026-03-02", endDate: "2026-03-02" };

  test("from a query, and from a body as JSON, with numbers as numbers and as text, or as either kind of form", async () => {
    const { at, of, second } = await world();
    const asText = { chatbotId: of.formId, ...range, page: "2", size: "2" };
    const multipart = new FormData();
    for (const [name, value] of Object.entries(asText)) multipart.set(name, value);
    for (const asked of [
      get(at, of, asText),
      post(at, of, asText),
      post(at, of, { ...asText, page: 2, size: 2 }),
      post(at, of, { ...asText, unknown: { nested: [1] } }),
      // The type that programs forget to send
      post(at, of, JSON.stringify(asText), { "content-type": "text/plain" }),
      post(at, of, new URLSearchParams(asText)),
      post(at, of, new URLSearchParams(asText).toString(), FORM),
      post(at, of, multipart),
    ]) {
      expect(await found(await asked)).toEqual(second);
    }
  });

  test("by agentId, as newer clients call a chatbot; chatbotId goes before", async () => {
    const { at, of, second } = await world();
    expect(await found(await post(at, of, { agentId: of.formId, page: 2, size: 2 }))).toEqual(second);
    expect(await found(await get(at, of, { agentId: "x", chatbotId: of.formId, page: 2, size: 2 }))).toEqual(second);
  });

  test("from the query of a POST, where its body does not give them", async () => {
    const { at, of, second } = await world();
    const send = (query: string, body?: unknown) =>
      at.send("POST", `${PATH}?${query}`, { token: of.agent.token, ...(body === undefined ? {} : { body }) });
    expect(await found(await send(`chatbotId=${of.formId}&page=2&size=2`))).toEqual(second);
    expect(await found(await send(`chatbotId=${of.formId}&page=9&size=9`, { page: 2, size: "2" }))).toEqual(second);
    expect(await found(await send(`page=2`, { chatbotId: of.formId, size: 2, page: null }))).toEqual(second);
  });

  test("as absent where they are empty", async () => {
    const { at, of } = await world();
    const empty = { startDate: "", endDate: "", page: "", size: "" };
    expect(await found(await get(at, of, { chatbotId: of.formId, ...empty }))).toEqual(await numbers());
    const none = { startDate: null, endDate: null, page: null, size: null };
    expect(await found(await post(at, of, { chatbotId: of.formId, ...none }))).toEqual(await numbers());
  });
});

const DATE = (name: string) => `${name} must be a date like 2023-07-10.`;
const SIZE = "size must be a whole number from 1 to 1000.";
const PAGE = "page must be a whole number from 1 on.";
const DEPTH = "Pages end at 10000 leads: startDate and endDate narrow what they begin with.";
const ORDER = "startDate must not be after endDate.";

describe("400", () => {
  test.each<[object, string]>([
    [{ chatbotId: "" }, "chatbotId is required."],
    [{ startDate: "2023-7-10" }, DATE("startDate")],
    [{ startDate: "2023-02-30" }, DATE("startDate")],
    [{ endDate: "2023-07-13T00:00:00Z" }, DATE("endDate")],
    [{ endDate: "1689200000" }, DATE("endDate")],
    [{ startDate: "x", endDate: "y" }, `${DATE("startDate")} ${DATE("endDate")}`],
    [{ startDate: "2023-07-14", endDate: "2023-07-13" }, ORDER],
    [{ page: "0" }, PAGE],
    [{ page: "-1" }, PAGE],
    [{ page: "1.5" }, PAGE],
    [{ page: "1e3" }, PAGE],
    [{ page: "two" }, PAGE],
    [{ page: "99999999999999999999" }, PAGE],
    [{ size: "0" }, SIZE],
    [{ size: "1001" }, SIZE],
    [{ size: " 5" }, SIZE],
    [{ page: "11", size: "1000" }, DEPTH],
    [{ page: "1001" }, DEPTH],
    [{ page: "999999999999999" }, DEPTH],
  ])("for %j, in a query and in a body: %s", async (parameters, message) => {
    const at = edge();
    const of = await chatTenant(at);
    const given = { chatbotId: of.formId, ...parameters };
    await refused(await get(at, of, given), 400, message);
    await refused(await post(at, of, given), 400, message);
  });

  test.each<[object, string]>([
    [{ chatbotId: 5 }, "chatbotId must be a text."],
    [{ chatbotId: {} }, "chatbotId must be a text."],
    [{ startDate: 20230710 }, DATE("startDate")],
    [{ endDate: ["2023-07-10"] }, DATE("endDate")],
    [{ page: 1.5 }, PAGE],
    [{ page: true }, PAGE],
    [{ page: [1] }, PAGE],
    [{ size: -1 }, SIZE],
    [{ size: 1e300 }, SIZE],
    [{ size: { $gt: 0 } }, SIZE],
    [{ page: 1e300 }, PAGE],
  ])("for a JSON body with %j: %s", async (parameters, message) => {
    const at = edge();
    const of = await chatTenant(at);
    await refused(await post(at, of, { chatbotId: of.formId, ...parameters }), 400, message);
  });

  test("where nothing is given at all", async () => {
    const at = edge();
    const of = await chatTenant(at);
    for (const response of [get(at, of, {}), post(at, of, undefined), post(at, of, {}), post(at, of, " ")]) {
      await refused(await response, 400, "chatbotId is required.");
    }
  });

  test("the deepest page is taken", async () => {
    const { at, of } = await world();
    for (const deepest of [
      { page: 10, size: 1_000 },
      { page: 1_000, size: 10 },
      { page: 10_000, size: 1 },
    ]) {
      expect(await found(await get(at, of, { chatbotId: of.formId, ...deepest }))).toEqual([]);
    }
  });
});

describe("a body", () => {
  const OBJECT = "The body must be a JSON object.";
  test.each(["[]", "null", '"x"', "5", "true"])("of %s is 400: it is no object", async (body) => {
    const at = edge();
    const of = await chatTenant(at);
    await refused(await post(at, of, body), 400, OBJECT);
  });

  test.each(["{", "not json", '{"chatbotId":', `${"[".repeat(40)}${"]".repeat(40)}`, "chatbotId=1"])(
    "of %j cannot be read: 400 in readable words",
    async (body) => {
      const at = edge();
      const of = await chatTenant(at);
      const response = await post(at, of, body);
      expect(response.status).toBe(400);
      const { message } = await response.json<{ message: string }>();
      expect(message).toMatch(/^The body cannot be read as JSON: .+/);
    },
  );

  test("that says it is a form and is none is 400", async () => {
    const at = edge();
    const of = await chatTenant(at);
    for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"]) {
      await refused(await post(at, of, "--y--", { "content-type": type }), 400, "The body cannot be read as a form.");
    }
    const file = new FormData();
    file.set("chatbotId", new Blob(["x"]), "x.txt");
    await refused(await post(at, of, file), 400, "chatbotId must be a text.");
  });

  test("of 1 MiB is taken, a byte more is 413, whether its length is declared or not", async () => {
    const { at, of } = await world();
    const most = 1024 * 1024;
    const body = JSON.stringify({ chatbotId: of.formId }).padEnd(most);
    expect(await found(await post(at, of, body))).toHaveLength(5);
    await refused(await post(at, of, `${body} `), 413, "At most 1 MiB is taken.");
    const declared = { "content-length": String(most + 1) };
    await refused(await post(at, of, `${body} `, declared), 413, "At most 1 MiB is taken.");
  });
});

describe("methods", () => {
  test.each(["PUT", "PATCH", "DELETE"])("%s is 405 and says what is allowed, to who is let in", async (method) => {
    const at = edge();
    const of: Tenant = await chatTenant(at);
    const response = await at.send(method, PATH, { token: of.agent.token });
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST");
    await refused(response, 405, `The method ${method} is not allowed here.`);
    expect((await at.send(method, PATH)).status).toBe(401);
  });

  test("HEAD is GET without its body, a slash at the end changes nothing, and nothing is kept on the way", async () => {
    const { at, of } = await world();
    const { token } = of.agent;
    const head = await at.send("HEAD", `${PATH}?chatbotId=${of.formId}`, { token });
    expect([head.status, await head.text()]).toEqual([202, ""]);
    const slash = await at.send("GET", `${PATH}/?chatbotId=${of.formId}`, { token });
    expect(slash.headers.get("cache-control")).toBe("no-store");
    expect(await found(slash)).toHaveLength(5);
  });

  test("no other address is taken", async () => {
    const at = edge();
    const of = await chatTenant(at);
    for (const path of ["/get-leads", `${PATH}/x`, `${PATH}s`, "/api/v1", "/api/v1/leads"]) {
      const response = await at.send("GET", path, { token: of.agent.token });
      expect([path, response.status]).toEqual([path, 404]);
      // Its own words are `{"message": …}`: this is a neighbour's answer.
      expect(await response.json()).not.toHaveProperty("message");
    }
  });
});
