/**
 * Who is let in, at every operation of the API's description: only who holds one of the kinds of credentials that the
 * operation names, in force. All others are refused before anything else is looked at, and change nothing. What another tenant's ids are to those who are let in: see isolation.test.ts.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { PASSWORD, signedIn } from "../contract/crm/login.ts";
import { codeFor, connect, program } from "../contract/oauth/client.ts";
import { signedIn as operatorSession } from "../contract/operators/operators.ts";
import { admin, type Edge, edge, type SendOptions, type Tenant } from "../support/edge.ts";
import { dump } from "../support/rows.ts";
import { basic, examplesOf, OPERATIONS, type Operation, requestOf, shown } from "./asking.ts";
import { type House, house } from "./house.ts";

const GUARDED = OPERATIONS.filter((operation) => operation.callers.length > 0 && !examplesOf(operation)[0]?.isPublic);
const DIALECTS = [...new Set(GUARDED.map(({ dialect }) => dialect))];

/** What an organization without a subscription is told; of admin nothing, where it can be renewed. */
const LAPSED: Record<string, number | null> = {
  ...{ "org-user": 403, unsorted: 402, crm: 403, "lead-summary": 402, "get-leads": 401, operators: 403 },
  ...{ inbox: 403, admin: null },
};

let at: Edge;
let of: House;
beforeEach(async () => {
  at = edge();
  of = await house(at, "own");
});

async function knock(operation: Operation, headers: Record<string, string>): Promise<number> {
  const { path, options } = requestOf(operation, examplesOf(operation)[0] ?? {}, of.ids);
  const asked: SendOptions = { ...options, headers: { ...options.headers, ...headers } };
  return (await at.send(operation.method, path, asked)).status;
}

const issue = (to: Tenant, credential: object) =>
  admin<{ id: string; secret: string }>(at, "POST", `/organizations/${to.id}/credentials`, credential);

/** Secrets that are in force nowhere. */
async function dead(): Promise<Record<string, string>> {
  const expires_at = new Date(at.clock.now + 1_000).toISOString();
  const token = { kind: "user_token", user_id: of.admin.id };
  const [revoked, expired] = [await issue(of, token), await issue(of, { ...token, expires_at })];
  const gone = await admin<{ id: string }>(at, "POST", `/organizations/${of.id}/users`, {
    ...{ username: "gone", role: "admin", password: PASSWORD },
  });
  const left = await issue(of, { kind: "user_token", user_id: gone.id });
  const { cookie } = await operatorSession(at, of, { ...of.admin, id: gone.id, username: "gone" });
  await admin(at, "DELETE", `/organizations/${of.id}/credentials/${revoked.id}`);
  await admin(at, "PATCH", `/organizations/${of.id}/users/${gone.id}`, { is_active: false });
  at.clock.now += 1_000;
  const wrong = of.admin.token.slice(0, -1) + (of.admin.token.endsWith("0") ? "1" : "0");
  return {
    ...{
      wrong,
      revoked: revoked.secret,
      expired: expired.secret,
      left: left.secret,
      "session of who left": cookie.split("=")[1] as string,
    },
    ...{ forged: `${of.secrets.oauth.split(".").slice(0, 2).join(".")}.AAAA`, "another's": "foyer_0_0_0" },
    unsigned: `${btoa('{"alg":"none"}')}.${of.secrets.oauth.split(".")[1]}.`,
  };
}

/** All that is in force, by the kinds of the description; those that open no API have names of their own. */
async function alive(): Promise<Record<string, string>> {
  const sync = await program(at, of);
  const granted = await connect(at, of, sync);
  const login = await signedIn(at, of, of.admin);
  return {
    ...{ user_token: of.admin.token, oauth: of.secrets.oauth, login: login.access, api_key: of.apiKey },
    ...{ session: of.secrets.session.cookie.split("=")[1] as string, root: at.env.FOYER_ROOT_TOKEN as string },
    ...{ "refresh token": granted.refresh_token, "login's refresh token": login.refresh },
    ...{ "program's secret": sync.secret, code: await codeFor(at, of, sync) },
  };
}

/** How a secret is shown: as Bearer and Token, as both halves of Basic, in the cookie, beside the organization's key. */
function showings(secret: string): [how: string, headers: Record<string, string>][] {
  return [
    ["bearer", { authorization: `Bearer ${secret}` }],
    ["token", { authorization: `Token ${secret}` }],
    ["beside", { apikey: of.apiKey, authorization: `Bearer ${secret}` }],
    ["basic", basic(of.apiKey, secret)],
    ["cookie", { cookie: `__Host-foyer_session=${secret}`, origin: "https://foyer.test" }],
  ];
}
const MALFORMED = [
  "",
  "Bearer",
  "Token",
  "Bearer ",
  `Bearer ${"x".repeat(5_000)}`,
  "Basic !!!!",
  "Bearer a b",
  "Digest x",
  "\t",
];

/** Whether the description lets this kind in, shown so. */
function isMeant({ callers }: Operation, how: string, kind: string): boolean {
  const names = callers.flat();
  if (how === "cookie") return kind === "session" && names.includes("session");
  if (how === "basic") return kind === "user_token" && names.includes("key_and_token");
  // The CRM asks for the organization's key beside it; for a login it is enough.
  if (callers.some((caller) => caller.length === 1 && caller[0] === "organization_key")) return how === "beside";
  if (names.includes("organization_key")) return how === "beside" && names.includes(kind);
  return kind !== "session" && names.includes(kind);
}

/** Who is somebody there, and may not: root is no operator, and an administrator is not root. */
function isKnown({ dialect, callers }: Operation, how: string, kind: string): boolean {
  if (!/bearer|token|beside/.test(how)) return false;
  if (dialect === "operators" || dialect === "inbox") return kind === "root";
  return dialect === "admin" && kind === "user_token" && !callers.flat().includes(kind);
}

async function refusedBy(operation: Operation, secrets: Record<string, string>): Promise<string[]> {
  const wrong: string[] = [];
  for (const [kind, secret] of Object.entries(secrets)) {
    for (const [how, headers] of showings(secret)) {
      const meant = isMeant(operation, how, kind);
      // What it does for those whom it lets in is told elsewhere.
      if (meant && operation.method !== "GET") continue;
      const status = await knock(operation, headers);
      const expected = meant ? status !== 401 : status === (isKnown(operation, how, kind) ? 403 : 401);
      if (!expected) wrong.push(`${operation.id}, ${kind} by ${how}: ${status}`);
    }
  }
  return wrong;
}

describe.each(DIALECTS)("%s", (dialect) => {
  const operations = GUARDED.filter((operation) => operation.dialect === dialect);

  test("lets in the kinds that are described, in force, and nobody else", async () => {
    const secrets = { ...(await alive()), ...(await dead()) };
    const before = await dump();
    const wrong: string[] = [];
    for (const operation of operations) {
      for (const headers of [{}, ...MALFORMED.map((authorization) => ({ authorization }))]) {
        const status = await knock(operation, headers);
        if (status !== 401) wrong.push(`${operation.id}, ${JSON.stringify(headers).slice(0, 60)}: ${status}`);
      }
      wrong.push(...(await refusedBy(operation, secrets)));
    }
    expect(wrong, wrong.join("\n")).toEqual([]);
    expect(await dump()).toEqual(before);
  });

  test("tells the users of an organization without a subscription so, whatever they hold", async () => {
    const status = LAPSED[dialect];
    if (status === null) return;
    const before = await dump();
    await admin(at, "PATCH", `/organizations/${of.id}`, { subscription_until: null });
    const wrong: string[] = [];
    for (const operation of operations) {
      for (const callers of operation.callers) {
        const told = await knock(operation, shown(callers, of));
        if (told !== status) wrong.push(`${operation.id} by ${callers}: ${told}`);
      }
    }
    expect(wrong, wrong.join("\n")).toEqual([]);
    expect({ ...(await dump()), organization: [] }).toEqual({ ...before, organization: [] });
  });
});

test("agents administer nothing, on any route of an organization", async () => {
  const routes = GUARDED.filter(({ dialect, callers }) => dialect === "admin" && callers.flat().includes("user_token"));
  const before = await dump();
  for (const operation of routes) {
    expect([operation.id, await knock(operation, { authorization: `Bearer ${of.agent.token}` })]).toEqual([
      operation.id,
      403,
    ]);
  }
  expect(await dump()).toEqual(before);
});

test("a session writes nothing without its own CSRF token, or for another site", async () => {
  const writes = GUARDED.filter(({ method, callers }) => method !== "GET" && callers.flat().includes("session"));
  expect(writes.length).toBeGreaterThan(9);
  const before = await dump();
  const whole = shown(["session"], of);
  const changes: Record<string, string>[] = [
    { "x-csrf-token": "" },
    { "x-csrf-token": "0".repeat(64) },
    { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" },
  ];
  for (const change of changes) {
    for (const operation of writes) {
      expect([operation.id, change, await knock(operation, { ...whole, ...change })]).toEqual([
        operation.id,
        change,
        403,
      ]);
    }
  }
  expect(await dump()).toEqual(before);
});
