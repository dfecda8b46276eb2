/** The harness itself: an answer that the API's description does not have makes the test that got it fail. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { edge } from "../../support/edge.ts";
import { checkAnswer, DOCUMENT } from "../../support/openapi.ts";

const ORIGIN = "https://foyer.test";
const LIST = `${ORIGIN}/api/v5/orgs/0197a1b2-0000-8000-8000-000000000000/leads`;
const PAGE = { next: null, previous: null, results: [] };
const v4 = (body: object) =>
  new Response(JSON.stringify(body), { status: 429, headers: { "content-type": "application/problem+json" } });
const PROBLEM = { title: "Too Many Requests", type: "https://httpstatus.es/429", status: 429, detail: "Too many." };

const held = (method: string, address: string, response: Response) => expect(checkAnswer(method, address, response));

afterEach(() => vi.restoreAllMocks());

describe("an answer is held against the API's description", () => {
  it("and passes where it fits, still to be read", async () => {
    const response = Response.json(PAGE);
    await held("GET", LIST, response).resolves.toBeUndefined();
    expect(await response.json()).toEqual(PAGE);
    await held("GET", `${LIST}/?cursor=x`, Response.json(PAGE)).resolves.toBeUndefined();
    await held("HEAD", LIST, Response.json(PAGE)).resolves.toBeUndefined();
    await held("GET", `${ORIGIN}/api/v4/account`, v4({ ...PROBLEM, retry_after: 10 })).resolves.toBeUndefined();
  });

  it.each([
    ["a key is missing", { next: null, results: [] }, "previous"],
    ["there is another key", { ...PAGE, total: 0 }, "total"],
    ["a value is of another type", { ...PAGE, next: 7 }, "next"],
    ["a text is of another format", { ...PAGE, next: "not an address" }, "uri"],
    ["something inside does not fit", { ...PAGE, results: [{ id: 1 }] }, "#/results/0"],
  ])("and fails where %s", async (_, body, words) => {
    await held("GET", LIST, Response.json(body)).rejects.toThrow(words);
  });

  it("in problem details, too", async () => {
    const { detail: _, ...rest } = PROBLEM;
    await held("GET", `${ORIGIN}/api/v4/account`, v4(rest)).rejects.toThrow("detail");
  });

  it("and fails where the status is not documented", async () => {
    await held("GET", LIST, Response.json(PAGE, { status: 418 })).rejects.toThrow(
      "418 is not in the API's description",
    );
    await held("HEAD", LIST, new Response(null, { status: 418 })).rejects.toThrow("418");
  });

  it("and fails where the media type is not, or there is a body where none is", async () => {
    await held("GET", LIST, new Response("<p>", { headers: { "content-type": "text/html" } })).rejects.toThrow(
      "text/html",
    );
    await held("GET", LIST, new Response(JSON.stringify(PAGE))).rejects.toThrow("text/plain");
    const form = `${ORIGIN}/v1/forms/1/leads`;
    await held("OPTIONS", form, new Response(null, { status: 204 })).resolves.toBeUndefined();
    await held("POST", form, Response.json({}, { status: 303 })).rejects.toThrow("has a body");
  });

  it("unless the path or the method is of no operation", async () => {
    const odd = () => Response.json({ odd: true }, { status: 418 });
    for (const path of ["/", "/api/v5", "/api/v4/leads/abc", "/api/v4/leads/1234567890123456", "/v1/forms"]) {
      await held("GET", `${ORIGIN}${path}`, odd()).resolves.toBeUndefined();
    }
    await held("DELETE", LIST, odd()).resolves.toBeUndefined();
    await held("GET", `${ORIGIN}/api/v4/leads/12`, odd()).rejects.toThrow("418");
  });

  it("whoever sends the request: `send` refuses what is not described", async () => {
    const at = edge();
    expect((await at.send("GET", "/healthz")).status).toBe(200);
    vi.spyOn(DOCUMENT.paths["/healthz"]?.get as { responses: object }, "responses", "get").mockReturnValue({});
    await expect(at.send("GET", "/healthz")).rejects.toThrow("GET /healthz: 200 is not in the API's description");
  });
});
