/** The doors of a lead's summary: a user's token by `Bearer` or `Token`, or an organization's key with one by `Basic`. */
import { describe, expect, test } from "vitest";
import { admin, edge } from "../../support/edge.ts";
import { type AuthDialect, authCases, refusedAlike } from "../auth.case.ts";
import { address, apiKey, basic, LAPSED, NOT_FOUND, UNAUTHENTICATED, type World, world } from "./summary.ts";

const dialect = (
  name: string,
  headers: (secret: string, of: World) => Record<string, string>,
  malformed: (secret: string, of: World) => string[],
  foreign: AuthDialect["refusals"]["another tenant's"],
): AuthDialect<World> => ({
  name: `lead-summary, sent as ${name}`,
  world,
  method: "GET",
  path: (of) => address(of.leadId),
  ok: 200,
  headers,
  malformed: (secret, of) => malformed(secret, of).map((authorization) => ({ authorization })),
  refusals: {
    ...refusedAlike(UNAUTHENTICATED),
    "another tenant's": foreign,
    "api key": UNAUTHENTICATED,
    lapsed: LAPSED,
  },
});

for (const scheme of ["Bearer", "Token"]) {
  authCases(
    dialect(
      scheme,
      (secret) => ({ authorization: `${scheme} ${secret}` }),
      (secret) => ["", scheme, secret, `${scheme} ${secret} x`, `${scheme}:${secret}`, `Digest ${secret}`],
      // Let in, and told what anybody is told of a lead that does not exist.
      { status: 404, body: NOT_FOUND },
    ),
  );
}

authCases(
  dialect(
    "Basic, the secret as the token",
    (secret, of) => ({ authorization: basic(of.key, secret) }),
    (secret, of) => [
      ...["Basic", "Basic ", "Basic :", `Basic ${of.key}:${secret}`, `Basic ${btoa(secret)}`, "Basic ////"],
      ...[basic("", secret), basic(of.key, ""), basic(of.key, `${secret}:`), basic(` ${of.key}`, secret)],
      ...[`${basic(of.key, secret)}!`, `Bearer ${btoa(`${of.key}:${secret}`)}`],
    ],
    UNAUTHENTICATED,
  ),
);

describe("the client id of Basic credentials", () => {
  const knock = (at: ReturnType<typeof edge>, of: World, user: string, password: string) =>
    at.send("GET", address(of.leadId), { headers: { authorization: basic(user, password) } });

  test("is a key of the organization in force, and nothing else", async () => {
    const at = edge();
    const [of, other] = [await world(at), await world(at)];
    const expired = await apiKey(at, of, { expires_at: new Date(at.clock.now + 1_000).toISOString() });
    const revoked = await apiKey(at, of);
    expect((await knock(at, of, expired.secret, of.agent.token)).status).toBe(200);
    expect((await knock(at, of, revoked.secret, of.agent.token)).status).toBe(200);
    at.clock.now += 1_000;
    await admin(at, "DELETE", `/organizations/${of.id}/credentials/${revoked.id}`);
    const { token } = of.agent;
    for (const [user, password] of [
      ...[[expired.secret, token] as const, [revoked.secret, token] as const, [`${of.key}0`, token] as const],
      // A user's token is no client id, a key no token, and the two are not to be turned round
      ...[[token, token] as const, [of.key, of.key] as const, [token, of.key] as const],
      ...[[at.env.FOYER_ROOT_TOKEN as string, token] as const],
      // Both in force, of two organizations
      ...[[other.key, token] as const, [of.key, other.agent.token] as const],
    ]) {
      const response = await knock(at, of, user, password);
      expect([response.status, await response.json()]).toEqual([401, UNAUTHENTICATED.body]);
      expect(response.headers.get("www-authenticate")).toBe(UNAUTHENTICATED.headers["www-authenticate"]);
    }
    expect((await knock(at, of, of.key, token)).status).toBe(200);
  });

  test("of another organization, with a token of it, sees nothing", async () => {
    const at = edge();
    const [of, other] = [await world(at), await world(at)];
    const response = await knock(at, of, other.key, other.admin.token);
    expect([response.status, await response.json()]).toEqual([404, NOT_FOUND]);
  });
});
