/**
 * Who is let in, and what the others are told: one case file for every dialect. A dialect says where to knock, how its
 * callers send what they hold, and what each refusal looks like; `skip` needs its reason.
 */
import { describe, expect, test } from "vitest";
import { CACHE_TTL_MS } from "../../shared/limits.ts";
import { admin, type Edge, edge, type Tenant, tenant } from "../support/edge.ts";

export interface Refusal {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

export const REFUSALS = [
  "none",
  "malformed",
  "wrong",
  "expired",
  "revoked",
  "deactivated user",
  "another tenant's",
  "api key",
  "root token",
  "lapsed",
] as const;
export type RefusedCase = (typeof REFUSALS)[number];

export interface AuthDialect<T extends Tenant = Tenant> {
  name: string;
  /** The tenant with whatever the address needs besides. */
  world?: (at: Edge) => Promise<T>;
  /** An address that answers its tenant's agent with `ok`. */
  method: string;
  path: (of: T) => string;
  ok: number;
  /** The headers in which a caller sends a secret to this tenant. */
  headers: (secret: string, of: T) => Record<string, string>;
  /** Header values that hold no credential at all, or none that can be read. */
  malformed: (secret: string, of: T) => Record<string, string>[];
  /** `accepted`: what other dialects refuse opens this one's door, as its document says. */
  refusals: Record<RefusedCase, Refusal | { skip: string } | { accepted: string }>;
}

interface Issued {
  id: string;
  secret: string;
}
const issue = (at: Edge, of: Tenant, credential: object): Promise<Issued> =>
  admin(at, "POST", `/organizations/${of.id}/credentials`, credential);

const agentToken = (at: Edge, of: Tenant, more: object = {}): Promise<Issued> =>
  issue(at, of, { kind: "user_token", user_id: of.agent.id, ...more });

/** One answer to all who are nobody here: what most dialects give. */
export const refusedAlike = (refusal: Refusal) => ({
  none: refusal,
  malformed: refusal,
  wrong: refusal,
  expired: refusal,
  revoked: refusal,
  "deactivated user": refusal,
  "root token": refusal,
});

/** Headers of a scheme that hold nothing, or nothing that can be read. */
export const malformedOf = (scheme: string) => (secret: string) =>
  [
    ...["", scheme, secret, `Basic ${btoa(`x:${secret}`)}`, `${scheme} ${secret} x`, `${scheme}:${secret}`],
    `${scheme} ${"x".repeat(5_000)}`,
  ].map((authorization) => ({ authorization }));

/** Secrets that look right and are not: changed in one place, of another length, of a database that does not exist. */
function wrongSecrets(secret: string): string[] {
  const flipped = secret.slice(0, -1) + (secret.endsWith("0") ? "1" : "0");
  const [name, shard, id, random] = secret.split("_") as [string, string, string, string];
  const swapped = `${name}_${shard}_${id.split("").reverse().join("")}_${random}`;
  return [flipped, `${secret}0`, secret.slice(0, -1), swapped, secret.replace("_0_", "_7_"), "x", secret.toUpperCase()];
}

export function authCases<T extends Tenant = Tenant>(dialect: AuthDialect<T>): void {
  const world = dialect.world ?? (tenant as (at: Edge) => Promise<T>);
  const knock = (at: Edge, of: T, headers: Record<string, string>) =>
    at.send(dialect.method, dialect.path(of), { headers });

  async function expectRefusal(response: Response, refusal: Refusal): Promise<void> {
    expect([response.status, await response.json()]).toEqual([refusal.status, refusal.body]);
    for (const [name, value] of Object.entries(refusal.headers ?? {})) expect(response.headers.get(name)).toBe(value);
  }

  /** One refusal: `run` gets a tenant whose agent's token is let in, and knocks as that case does. */
  function refuses(which: RefusedCase, title: string, run: (at: Edge, of: T) => Promise<Response[]>): void {
    const refusal = dialect.refusals[which];
    if ("skip" in refusal) {
      // The dialect has no such case, and its adapter says why: the title carries the reason into the report.
      test.skip(`${which}: ${title} (${refusal.skip})`);
      return;
    }
    test("accepted" in refusal ? `${which}: is let in, ${refusal.accepted}` : `${which}: ${title}`, async () => {
      const at = edge();
      const of = await world(at);
      expect((await knock(at, of, dialect.headers(of.agent.token, of))).status).toBe(dialect.ok);
      const responses = await run(at, of);
      expect(responses.length).toBeGreaterThan(0);
      for (const response of responses) {
        if ("accepted" in refusal) expect(response.status).toBe(dialect.ok);
        else await expectRefusal(response, refusal);
      }
    });
  }

  const one = async (response: Promise<Response>): Promise<Response[]> => [await response];
  const knockAll = async (at: Edge, of: T, all: Record<string, string>[]): Promise<Response[]> => {
    const responses: Response[] = [];
    for (const headers of all) responses.push(await knock(at, of, headers));
    return responses;
  };

  describe(`credentials of ${dialect.name}`, () => {
    refuses("none", "no credential is refused", (at, of) => one(knock(at, of, {})));
    refuses("malformed", "a header that cannot be read is refused as if there were none", (at, of) =>
      knockAll(at, of, dialect.malformed(of.agent.token, of)),
    );
    refuses("wrong", "nearly right secrets are refused", (at, of) =>
      knockAll(
        at,
        of,
        wrongSecrets(of.agent.token).map((secret) => dialect.headers(secret, of)),
      ),
    );
    refuses(
      "expired",
      "a secret is refused from the moment it expires on, though it was just let in",
      async (at, of) => {
        const expires = at.clock.now + 10_000;
        const { secret } = await agentToken(at, of, { expires_at: new Date(expires).toISOString() });
        at.clock.now = expires - 1;
        expect((await knock(at, of, dialect.headers(secret, of))).status).toBe(dialect.ok);
        at.clock.now = expires;
        const first = await knock(at, of, dialect.headers(secret, of));
        at.clock.now += CACHE_TTL_MS;
        return [first, await knock(at, of, dialect.headers(secret, of))];
      },
    );
    refuses(
      "revoked",
      "a revoked secret is refused at once in the same process, its siblings are not",
      async (at, of) => {
        const { id, secret } = await agentToken(at, of);
        expect((await knock(at, of, dialect.headers(secret, of))).status).toBe(dialect.ok);
        await admin(at, "DELETE", `/organizations/${of.id}/credentials/${id}`);
        expect((await knock(at, of, dialect.headers(of.agent.token, of))).status).toBe(dialect.ok);
        return one(knock(at, of, dialect.headers(secret, of)));
      },
    );
    refuses("deactivated user", "the secrets of a user who left are refused at once", async (at, of) => {
      await admin(at, "PATCH", `/organizations/${of.id}/users/${of.agent.id}`, { is_active: false });
      return one(knock(at, of, dialect.headers(of.agent.token, of)));
    });
    refuses("another tenant's", "another tenant's administrator is refused", async (at, of) => {
      const other = await tenant(at);
      return one(knock(at, of, dialect.headers(other.admin.token, of)));
    });
    refuses("api key", "an organization's own key is refused", async (at, of) => {
      const { secret } = await issue(at, of, { kind: "api_key" });
      return one(knock(at, of, dialect.headers(secret, of)));
    });
    refuses("root token", "the deployment's root token opens admin only", (at, of) =>
      one(knock(at, of, dialect.headers(at.env.FOYER_ROOT_TOKEN, of))),
    );
    refuses("lapsed", "a subscription ends at its moment, though the credential was just let in", async (at, of) => {
      const until = at.clock.now + 10_000;
      const body = { subscription_until: new Date(until).toISOString() };
      await admin(at, "PATCH", `/organizations/${of.id}`, body);
      at.clock.now = until - 1;
      expect((await knock(at, of, dialect.headers(of.agent.token, of))).status).toBe(dialect.ok);
      at.clock.now = until;
      return one(knock(at, of, dialect.headers(of.agent.token, of)));
    });
  });
}
