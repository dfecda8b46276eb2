/**
 * What every answer tells browsers, over all operations of the API's description: pages stand in nobody's frame, run
 * nothing of strangers and tell nobody where they were; nothing is sniffed; https stays https; and what is personal is
 * kept by nobody between. What the platform serves by itself is asked in a browser's scenarios: see 27-static.
 */
import { beforeEach, expect, test } from "vitest";
import { REDIRECT_URI } from "../contract/oauth/client.ts";
import { type Edge, edge } from "../support/edge.ts";
import { ask, examplesOf, OPERATIONS, requestOf, shown } from "./asking.ts";
import { type House, house } from "./house.ts";

let at: Edge;
let of: House;
beforeEach(async () => {
  at = edge();
  of = await house(at, "own");
});

const isPage = (response: Response) => /^text\/html/.test(response.headers.get("content-type") ?? "");
/** Described with the refusals that all of capture shares: pages only where a form is posted. */
const NO_PAGE = /^preflight|^getPublicForm$|^openChatSocket$|^exchangeChatFrames$/;
/** Every operation that may answer with a page. */
const PAGES = OPERATIONS.filter(
  ({ id, object }) =>
    !NO_PAGE.test(id) &&
    Object.values(object.responses).some(({ content }) => content !== undefined && "text/html" in content),
);

const html = (path: string, fields: Record<string, string>) =>
  at.send("POST", path, { body: new URLSearchParams(fields) });
/** A success and a refusal of each, as a browser without script meets it. */
const asBrowser: Record<string, () => Promise<Response>[]> = {
  captureLead: () => [html(`/v1/forms/${of.formId}/leads`, { name: "x" }), html("/v1/forms/none/leads", {})],
  getThanks: () => [at.send("GET", `/v1/forms/${of.formId}/thanks`)],
  askConsent: () => [
    at.send("GET", `/oauth2/authorize?client_id=${of.program.id}&response_type=code`),
    at.send("GET", `/oauth2/authorize?client_id=none&redirect_uri=${encodeURIComponent(REDIRECT_URI)}`),
  ],
  giveConsent: () => [html("/oauth2/authorize", { client_id: of.program.id, response_type: "code", csrf: "x" })],
  getDemoPage: () => [at.send("GET", `/demo?popup=${of.formId}&inline=${of.formId}`), at.send("GET", "/demo")],
  getChatPage: () => [at.send("GET", `/demo/chat?chat=${of.formId}`), at.send("GET", "/demo/chat")],
  getThemingPage: () => [
    at.send("GET", `/demo/theming?popup=${of.formId}&inline=${of.formId}`),
    at.send("GET", "/demo/theming"),
  ],
};

test("every page has a policy that runs and frames nothing of strangers, and goes into no cache", async () => {
  expect(Object.keys(asBrowser).sort()).toEqual(PAGES.map(({ id }) => id).sort());
  for (const [id, asks] of Object.entries(asBrowser)) {
    const answers = await Promise.all(asks());
    expect([id, answers.map(isPage)]).toEqual([id, answers.map(() => true)]);
    for (const { headers } of answers) {
      const policy = headers.get("content-security-policy") ?? "";
      for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]) {
        expect([id, policy]).toEqual([id, expect.stringContaining(part)]);
      }
      // A consent leads to the program's own address.
      const sources = policy.replace(/form-action [^;]*/, "");
      expect([id, sources]).not.toEqual([id, expect.stringMatching(/unsafe|\*|https?:/)]);
      expect([id, headers.get("referrer-policy")]).toEqual([id, "same-origin"]);
      expect([id, headers.get("cache-control")]).toEqual([id, "no-store"]);
    }
  }
});

test("whatever is answered is not sniffed, and https stays https", async () => {
  for (const operation of OPERATIONS.filter(({ id }) => !/Socket$/.test(id))) {
    for (const headers of [{}, shown(operation.callers[0]?.filter((caller) => caller !== "root") ?? [], of)]) {
      const response = await ask(at, operation, requestOf(operation, examplesOf(operation)[0] ?? {}, of.ids), headers);
      const said = ["x-content-type-options", "strict-transport-security"].map((name) => response.headers.get(name));
      expect([operation.id, ...said]).toEqual([operation.id, "nosniff", "max-age=31536000"]);
    }
  }
  const unknown = await at.send("GET", "/nowhere");
  expect(unknown.headers.get("x-content-type-options")).toBe("nosniff");
});

test("what only some may read is kept by nobody between, whoever they are", async () => {
  const guarded = OPERATIONS.filter(
    ({ id, method, callers }) => method === "GET" && callers.length > 0 && !/Socket$/.test(id),
  );
  expect(guarded.length).toBeGreaterThan(40);
  for (const operation of guarded) {
    for (const callers of operation.callers.filter((one) => !one.includes("root"))) {
      const asked = requestOf(operation, examplesOf(operation)[0] ?? {}, of.ids);
      const response = await ask(at, operation, asked, shown(callers, of));
      expect([operation.id, response.status < 300, response.headers.get("cache-control")]).toEqual([
        ...[operation.id, true, "no-store"],
      ]);
    }
  }
});
