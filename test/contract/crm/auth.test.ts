/** The CRM's doors: an organization's key in `apikey`, and as Bearer a token of one of its users. */
import { beforeEach, describe, expect, test } from "vitest";
import { CACHE_TTL_MS } from "../../../shared/limits.ts";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { type AuthDialect, authCases, type Refusal } from "../auth.case.ts";
import { connect, program } from "../oauth/client.ts";
import { type CrmTenant, failed, PREFIX, withKey } from "./v1.ts";

const unauthenticated = (text: string): Refusal => ({
  status: 401,
  body: { status_code: 401, errors: { non_field_errors: [text] }, data: {} },
  headers: { "www-authenticate": "Bearer" },
});
const [NOT_PROVIDED, NOT_VALID, LAPSED] = [
  "Authentication credentials were not provided.",
  "Invalid authentication credentials.",
  "Your organization does not have an active subscription.",
];
const [NONE, INVALID] = [unauthenticated(NOT_PROVIDED), unauthenticated(NOT_VALID)];
const lapsed = { status: 403, body: { status_code: 403, errors: { non_field_errors: [LAPSED] }, data: {} } };

const crm = (method: string, path: string, ok: number): AuthDialect<CrmTenant> => ({
  name: `crm, ${method} ${path}`,
  world: async (at) => withKey(at, await tenant(at)),
  method,
  path: () => `${PREFIX}${path}`,
  ok,
  headers: (secret, of) => ({ apikey: of.apiKey, authorization: `Bearer ${secret}` }),
  malformed: (secret, of) =>
    [
      ...["", "Bearer", secret, `Token ${secret}`, `Basic ${btoa(`${of.apiKey}:${secret}`)}`, `Bearer ${secret} x`],
      ...[`Bearer:${secret}`, `Bearer ${"x".repeat(5_000)}`],
    ].map((authorization) => ({ apikey: of.apiKey, authorization })),
  refusals: {
    none: NONE,
    malformed: NONE,
    wrong: INVALID,
    expired: INVALID,
    revoked: INVALID,
    "deactivated user": INVALID,
    "another tenant's": INVALID,
    "api key": INVALID,
    "root token": INVALID,
    lapsed,
  },
});
authCases(crm("GET", "/leads/list/", 200));
authCases(crm("POST", "/leads/delete/lead/", 400));

describe("the organization's key", () => {
  let at: Edge;
  let of: CrmTenant;
  beforeEach(async () => {
    at = edge();
    of = await withKey(at, await tenant(at));
  });
  const knock = (apikey: string | null, token: string = of.admin.token, path = "/leads/list/") =>
    at.send("GET", `${PREFIX}${path}`, { token, scheme: "bearer", headers: apikey === null ? {} : { apikey } });
  const issue = (to: Tenant, credential: object) =>
    admin<{ id: string; secret: string }>(at, "POST", `/organizations/${to.id}/credentials`, credential);

  test("is needed beside the user's token, for every path", async () => {
    for (const path of ["/leads/list/", "/leads/view/lead/", "/create/lead", "/user/login/"]) {
      await failed(await knock(null, of.admin.token, path), NOT_PROVIDED);
      await failed(await knock("", of.admin.token, path), NOT_PROVIDED);
      await failed(await knock("foyer_0_x", of.admin.token, path), NOT_VALID);
    }
  });

  test("is an organization's key: no token of a user, of a program or of the deployment takes its place", async () => {
    const { access_token } = await connect(at, of, await program(at, of));
    const root = at.env.FOYER_ROOT_TOKEN as string;
    for (const other of [of.admin.token, of.agent.token, access_token, root, `Bearer ${of.apiKey}`]) {
      await failed(await knock(other), NOT_VALID);
    }
    for (const wrong of [`${of.apiKey}0`, of.apiKey.slice(0, -1), of.apiKey.toLowerCase(), "x".repeat(5_000)]) {
      await failed(await knock(wrong), NOT_VALID);
    }
  });

  test("is of the same organization as the user", async () => {
    const other = await withKey(at, await tenant(at));
    expect((await knock(of.apiKey)).status).toBe(200);
    expect((await knock(other.apiKey, other.agent.token)).status).toBe(200);
    await failed(await knock(other.apiKey), NOT_VALID);
    await failed(await knock(of.apiKey, other.admin.token), NOT_VALID);
  });

  test("stops where it is revoked or expires, also while it is warm; others go on", async () => {
    const expires = at.clock.now + 10_000;
    const [revoked, expiring] = await Promise.all([
      issue(of, { kind: "api_key" }),
      issue(of, { kind: "api_key", expires_at: new Date(expires).toISOString() }),
    ]);
    for (const { secret } of [revoked, expiring]) expect((await knock(secret)).status).toBe(200);
    await admin(at, "DELETE", `/organizations/${of.id}/credentials/${revoked.id}`);
    await failed(await knock(revoked.secret), NOT_VALID);
    at.clock.now = expires;
    await failed(await knock(expiring.secret), NOT_VALID);
    expect((await knock(of.apiKey)).status).toBe(200);
  });

  test("that was revoked elsewhere counts here within a minute", async () => {
    expect((await knock(of.apiKey)).status).toBe(200);
    await at.env.DB.prepare("UPDATE credential SET revoked_at = 1 WHERE kind = 'api_key'").run();
    at.clock.now += CACHE_TTL_MS - 1;
    expect((await knock(of.apiKey)).status).toBe(200);
    at.clock.now += 1;
    await failed(await knock(of.apiKey), NOT_VALID);
  });

  test("is not enough: no key, program's token or root token is a user's", async () => {
    const { access_token, refresh_token } = await connect(at, of, await program(at, of));
    const root = at.env.FOYER_ROOT_TOKEN as string;
    for (const token of [of.apiKey, access_token, refresh_token, root]) {
      await failed(await knock(of.apiKey, token), NOT_VALID);
    }
  });

  test("of an organization that no longer pays is 403, for sign-ins too", async () => {
    await admin(at, "PATCH", `/organizations/${of.id}`, { subscription_until: null });
    for (const path of ["/leads/list/", "/user/login/"]) {
      await failed(await knock(of.apiKey, of.admin.token, path), LAPSED, 403);
    }
  });

  test("costs no query when both are warm", async () => {
    const ask = async () => {
      at.resetUsage();
      await knock(of.apiKey, of.admin.token, "/leads/view/lead/");
      return at.usage.roundTrips;
    };
    expect([await ask(), await ask()]).toEqual([2, 0]);
  });
});
