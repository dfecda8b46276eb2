/** Every way in which the document spells an address, and the method that goes with it. */
import { beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../../worker/index.ts";
import { type Edge, edge, START, tenant } from "../../support/edge.ts";
import {
  type CrmLead,
  type CrmTenant,
  createLead,
  data,
  failed,
  get,
  PREFIX,
  post,
  refused,
  v1,
  withKey,
} from "./v1.ts";

/** What each operation says to an empty request of the administrator, or that it lists. */
const REQUIRED = ["This field is required."];
const IDS = { appointment_id: REQUIRED };
const OPERATIONS = [
  { method: "GET", heading: "/leads/overview/", says: ["LeadsData", "TotalLeads", "appointments"] },
  { method: "GET", heading: "/leads/list/", says: ["results", "count", "previous", "next"] },
  {
    method: "GET",
    heading: "/leads/appointments/list/",
    samples: "/appointments/list/",
    says: ["results", "count", "previous", "next"],
  },
  {
    method: "GET",
    heading: "/leads/view/lead/",
    samples: "/view/lead/",
    says: { slug: ["This field is required and this may not be blank."] },
  },
  {
    method: "POST",
    heading: "/leads/create/appointment/",
    samples: "/create/appointment/",
    says: { slug: REQUIRED, appointment_date: REQUIRED, appointment_to: REQUIRED },
  },
  { method: "POST", heading: "/leads/update/appointment/", samples: "/update/appointment/", says: IDS },
  { method: "POST", heading: "/leads/delete/appointment/", samples: "/delete/appointment/", says: IDS },
  {
    method: "POST",
    heading: "/v1/leads/create/lead/",
    samples: "/v1/create/lead/",
    more: ["/leads/create/lead/", "/create/lead/"],
    says: { first_name: REQUIRED, last_name: REQUIRED, email: REQUIRED, phone: REQUIRED },
  },
  {
    method: "POST",
    heading: "/leads/update/lead/",
    samples: "/update/lead/",
    says: { slug: REQUIRED, first_name: REQUIRED, last_name: REQUIRED, email: REQUIRED, phone: REQUIRED },
  },
  { method: "POST", heading: "/leads/delete/lead/", samples: "/delete/lead/", says: { slug: REQUIRED } },
  {
    method: "POST",
    heading: "/leads/create/leadnote/",
    samples: "/create/leadnote/",
    says: { slug: REQUIRED, note: REQUIRED },
  },
  { method: "POST", heading: "/leads/delete/leadnote/", samples: "/delete/leadnote/", says: { note_id: REQUIRED } },
  { method: "POST", heading: "/user/login/", says: { username: REQUIRED, password: REQUIRED } },
  { method: "POST", heading: "/user/token/refresh/", says: { refresh: REQUIRED } },
] as const;

const SPELLINGS = OPERATIONS.flatMap((operation) => {
  const paths = [operation.heading, ...("samples" in operation ? [operation.samples] : [])];
  const all: string[] = [...paths, ...("more" in operation ? operation.more : [])];
  return all.flatMap((path) => [path, path.slice(0, -1)].map((path) => ({ ...operation, path })));
});

let at: Edge;
let of: CrmTenant;
beforeEach(async () => {
  at = edge();
  of = await withKey(at, await tenant(at));
});

describe.each(SPELLINGS)("$method $path", ({ method, path, says }) => {
  test("is its operation, whatever is not its method is 405", async () => {
    // A field that none has: an empty body has an answer of its own.
    const response = await (method === "GET" ? get(at, of, path) : post(at, of, path, { x: "y" }));
    if (Array.isArray(says)) expect(Object.keys(await data(response))).toEqual(says);
    else expect(await refused(response, 400)).toEqual(says);
    const others = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].filter((other) => other !== method);
    for (const other of others) {
      const answer = await at.send(other, `${PREFIX}${path}`, {
        token: of.admin.token,
        scheme: "Bearer",
        headers: { apikey: of.apiKey },
      });
      expect(answer.headers.get("allow")).toBe(method === "GET" ? "GET, HEAD" : "POST");
      await failed(answer, `Method "${other}" not allowed.`, 405);
    }
  });

  test("HEAD has the status and headers of GET, and no body", async () => {
    const headers = { apikey: of.apiKey, authorization: `Bearer ${of.admin.token}` };
    const head = await at.send("HEAD", `${PREFIX}${path}`, { headers });
    const get = await at.send("GET", `${PREFIX}${path}`, { headers });
    expect([head.status, await head.text()]).toEqual([get.status, ""]);
    for (const name of ["content-type", "cache-control", "allow"]) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
    expect((await at.send("HEAD", `${PREFIX}${path}`)).status).toBe(401);
  });
});

test("paths that no operation has are 404 in the envelope, by any method", async () => {
  const paths = [
    "",
    "/",
    "/leads",
    "/leads/list/1",
    "/leads/view/lead/slug",
    "/overview",
    "/list",
    "/leads/create/room",
  ];
  for (const path of [...paths, "/leads/user/login", "/v1/leads/update/lead", "/LEADS/LIST", "/leads//list"]) {
    await failed(await get(at, of, path), "Not found.", 404);
    await failed(await v1(at, of, "POST", path, of.admin, { x: "y" }), "Not found.", 404);
  }
});

describe("a prefix of the deployment's own", () => {
  const app = (crmPrefix: string) => createApp({ now: () => START, newId: () => crypto.randomUUID(), crmPrefix });
  const ask = (crmPrefix: string, path: string) => {
    const headers = { apikey: of.apiKey, authorization: `Bearer ${of.admin.token}` };
    return app(crmPrefix).fetch(new Request(`https://foyer.test${path}`, { headers }), at.env);
  };

  test.each(["/crm/v2", "/crm/v2/", "/x"])("%s is where the CRM stands, and its links lead there", async (prefix) => {
    const path = prefix.replace(/\/$/, "");
    await createLead(at, of);
    await createLead(at, of);
    const page = await data<{ results: CrmLead[]; next: string }>(await ask(prefix, `${path}/leads/list?limit=1`));
    expect(page.next).toContain(`https://foyer.test${path}/leads/list?`);
    await data(await ask(prefix, page.next.slice("https://foyer.test".length)));
    expect((await ask(prefix, `${PREFIX}/leads/list`)).status).toBe(404);
    expect((await ask(prefix, "/healthz")).status).toBe(200);
  });

  test("an empty one is none", async () => {
    await data(await ask("", `${PREFIX}/leads/list`));
    expect((await ask("", "/healthz")).status).toBe(200);
  });

  test.each(["/", "crm", "//", "/crm//v2", "/:crm", "/*", "https://x.example/", "/crm v2", "/crm?x"])(
    "%s is none: the Worker does not start",
    (prefix) => {
      expect(() => app(prefix)).toThrow("FOYER_CRM_PREFIX must be a path such as /api/v1");
    },
  );
});
