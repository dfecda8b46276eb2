/** Rotation: RFC 6749, section 6, and RFC 9700, section 4.14. */
import { beforeEach, describe, expect, it } from "vitest";
import { configOf } from "../../../worker/env.ts";
import { runDailyPurge } from "../../../worker/services/purge-leads.ts";
import { admin, type Edge, edge, firstDatabase, START, type Tenant, tenant } from "../../support/edge.ts";
import {
  codeFor,
  connect,
  doors,
  OPEN,
  type Program,
  program,
  redeem,
  refresh,
  SHUT,
  type Tokens,
  tokensOf,
} from "./client.ts";

const DAY_MS = 86_400_000;

let at: Edge;
let to: Tenant;
let by: Program;
let first: Tokens;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  by = await program(at, to);
  first = await connect(at, to, by);
});

const hintOf = async (response: Response): Promise<string> =>
  response.status === 400 ? (await response.json<{ hint: string }>()).hint : `no refusal: ${response.status}`;
const rotate = async (token: string): Promise<Tokens> => tokensOf(await refresh(at, by, token));
const later = (ms: number): void => {
  at.clock.now += ms;
};

describe("rotation", () => {
  it("gives a new pair, for the same user and grant", async () => {
    later(60_000);
    const second = await rotate(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.server_time).toBe(START / 1000 + 60);
    expect(await doors(at, to, first.access_token)).toEqual(OPEN);
    expect(await doors(at, to, second.access_token)).toEqual(OPEN);
  });

  it("goes on as long as somebody comes within ninety days, and not longer", async () => {
    let token = first.refresh_token;
    for (let round = 0; round < 3; round += 1) {
      later(90 * DAY_MS - 1);
      token = (await rotate(token)).refresh_token;
    }
    later(90 * DAY_MS);
    expect(await hintOf(await refresh(at, by, token))).toBe("Token has expired");
  });

  it("is for the program that the token was given to", async () => {
    const other = await program(at, to);
    expect(await hintOf(await refresh(at, other, first.refresh_token))).toMatch(/revoked/);
    expect(await hintOf(await refresh(at, { ...by, secret: "x" }, first.refresh_token))).toMatch(/Client/);
    for (const forged of ["x", `${first.refresh_token}x`, first.refresh_token.slice(0, -1)]) {
      expect(await hintOf(await refresh(at, by, forged))).toMatch(/revoked/);
    }
    await rotate(first.refresh_token);
  });

  it("survives a new key of the deployment, also between a request and its repetition", async () => {
    const old = at.env.FOYER_HMAC_KEYS;
    const fresh = edge({
      FOYER_HMAC_KEYS: `k2:${btoa("a key of 32 bytes and a bit more").replaceAll("=", "")},${old}`,
    });
    const second = await rotate(first.refresh_token);
    expect((await tokensOf(await refresh(fresh, by, first.refresh_token))).refresh_token).toBe(second.refresh_token);
    const third = await tokensOf(await refresh(fresh, by, second.refresh_token));
    await tokensOf(await refresh(fresh, by, third.refresh_token));
  });
});

describe("a lost response is not theft", () => {
  it("for thirty seconds the predecessor is answered again, with the same successor", async () => {
    const second = await rotate(first.refresh_token);
    later(30_000);
    const again = await rotate(first.refresh_token);
    expect(again.refresh_token).toBe(second.refresh_token);
    expect(again.access_token).not.toBe(second.access_token);
    await rotate(second.refresh_token);
  });

  it("a hundred that refresh at once all hold the one successor, which then works", async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => rotate(first.refresh_token)));
    const tokens = new Set(answers.map((answer) => answer.refresh_token));
    expect(tokens.size).toBe(1);
    const rows = await at.env.DB.prepare("SELECT generation FROM oauth_refresh_token ORDER BY generation").all();
    expect(rows.results).toEqual([{ generation: 1 }, { generation: 2 }]);
    await rotate([...tokens][0] as string);
  });
});

describe("reuse", () => {
  const isRevoked = async (...tokens: Tokens[]) => {
    for (const { access_token: access, refresh_token: token } of tokens) {
      expect(await doors(at, to, access)).toEqual(SHUT);
      expect(await hintOf(await refresh(at, by, token))).toMatch(/revoked/);
    }
  };

  it("after thirty seconds revokes the family", async () => {
    const second = await rotate(first.refresh_token);
    later(30_001);
    expect(await doors(at, to, second.access_token)).toEqual(OPEN);
    expect(await hintOf(await refresh(at, by, first.refresh_token))).toMatch(/revoked/);
    await isRevoked(first, second);
  });

  it("once the successor was used revokes the family, however soon", async () => {
    const second = await rotate(first.refresh_token);
    const third = await rotate(second.refresh_token);
    expect(await hintOf(await refresh(at, by, first.refresh_token))).toMatch(/revoked/);
    await isRevoked(first, second, third);
  });

  it("leaves other families of the program and user alone", async () => {
    const other = await connect(at, to, by);
    await rotate(first.refresh_token);
    later(30_001);
    await refresh(at, by, first.refresh_token);
    expect(await doors(at, to, other.access_token)).toEqual(OPEN);
    await rotate(other.refresh_token);
  });

  it("by whoever is not the program harms nobody", async () => {
    const second = await rotate(first.refresh_token);
    later(30_001);
    await refresh(at, await program(at, to), first.refresh_token);
    await refresh(at, { ...by, secret: "x" }, first.refresh_token);
    await rotate(second.refresh_token);
  });

  it("together with the rightful use leaves nobody with a working token", async () => {
    const second = await rotate(first.refresh_token);
    later(30_001);
    const answers = await Promise.all([first, second, first, second].map((one) => refresh(at, by, one.refresh_token)));
    const won = await Promise.all(answers.filter(({ status }) => status === 200).map(tokensOf));
    await isRevoked(first, second, ...won);
  });
});

describe("a user who is deactivated", () => {
  it("is not acted for", async () => {
    const theirs = await connect(at, to, by, to.agent);
    await admin(at, "PATCH", `/organizations/${to.id}/users/${to.agent.id}`, { is_active: false });
    expect(await hintOf(await refresh(at, by, theirs.refresh_token))).toMatch(/revoked/);
    await rotate(first.refresh_token);
  });
});

describe("the daily run", () => {
  const clear = () => {
    const { keys, live } = configOf(at.env);
    const [now, newId] = [at.clock.now, () => crypto.randomUUID()];
    return runDailyPurge({ db: firstDatabase(at), keys, live, actor: { kind: "system" }, now, newId });
  };
  const counts = async () =>
    (
      await at.env.DB.prepare(`SELECT (SELECT count(*) FROM oauth_code) AS codes,
        (SELECT count(*) FROM oauth_refresh_token) AS tokens, (SELECT count(*) FROM oauth_family) AS families`).all()
    ).results[0];

  it("forgets what has expired, and nothing that works", async () => {
    const code = await codeFor(at, to, by);
    await clear();
    expect(await counts()).toEqual({ codes: 2, tokens: 1, families: 1 });
    await tokensOf(await redeem(at, by, code));
    later(60 * DAY_MS);
    const second = await rotate(first.refresh_token);
    later(30 * DAY_MS + 1);
    await clear();
    expect(await counts()).toEqual({ codes: 0, tokens: 1, families: 1 });
    const third = await rotate(second.refresh_token);
    expect(await doors(at, to, third.access_token)).toEqual(OPEN);
    later(91 * DAY_MS);
    await clear();
    expect(await counts()).toEqual({ codes: 0, tokens: 0, families: 0 });
  });
});
