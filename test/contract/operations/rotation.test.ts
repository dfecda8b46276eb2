/** New keys in front of both rings end nothing; once the old ones are taken away, what they made is worth nothing. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type Edge, edge } from "../../support/edge.ts";
import { deliver, mailbox, message, waiting } from "../../support/mail.ts";
import { count } from "../../support/rows.ts";
import { login, opens, refresh as refreshLogin, signedIn, signInScene } from "../crm/login.ts";
import { type CrmTenant, withKey } from "../crm/v1.ts";
import { codeFor, connect, doors, OPEN, type Program, program, redeem, refresh, SHUT } from "../oauth/client.ts";
import { ask, SESSION, signedIn as session } from "../operators/operators.ts";
import { v4 } from "../unsorted/v4.ts";

const NEW = {
  hmac: `k2:${btoa("n".repeat(32)).replace(/=+$/, "")}`,
  jwt: `j2:${btoa("m".repeat(32)).replace(/=+$/, "")}`,
};
/** Longer than anything is believed without being looked up. */
const CACHED_MS = 120_000;

let before: Edge;
let after: Edge;
let gone: Edge;
let of: CrmTenant;
let by: Program;

beforeEach(async () => {
  ({ at: before, of } = await signInScene());
  after = edge({
    FOYER_HMAC_KEYS: `${NEW.hmac},${env.FOYER_HMAC_KEYS}`,
    FOYER_JWT_KEYS: `${NEW.jwt},${env.FOYER_JWT_KEYS}`,
  });
  gone = edge({ FOYER_HMAC_KEYS: NEW.hmac, FOYER_JWT_KEYS: NEW.jwt });
  for (const at of [after, gone]) at.clock.now = before.clock.now + CACHED_MS;
  by = await program(before, of);
});

const inbox = async (at: Edge, cookie: string) => (await at.send("GET", SESSION, { headers: { cookie } })).status;
const v5 = async (at: Edge, token: string) => (await at.send("GET", `/api/v5/orgs/${of.id}/leads`, { token })).status;

describe("after new keys were put in front", () => {
  it("a program's tokens, code and secret still work, and so does what they are exchanged for", async () => {
    const code = await codeFor(before, of, by);
    const held = await connect(before, of, by);
    expect(await doors(after, of, held.access_token)).toEqual(OPEN);
    const next = await refresh(after, by, held.refresh_token);
    expect(next.status).toBe(200);
    expect((await redeem(after, by, code)).status).toBe(200);
    const { access_token } = await next.json<{ access_token: string }>();
    expect(await doors(gone, of, access_token)).toEqual(OPEN);
  });

  it("a refresh token whose answer was lost in the middle of it gets the same successor", async () => {
    const held = await connect(before, of, by);
    const [first, again] = [
      await refresh(before, by, held.refresh_token),
      await refresh(before, by, held.refresh_token),
    ];
    const third = edge({ FOYER_HMAC_KEYS: after.env.FOYER_HMAC_KEYS, FOYER_JWT_KEYS: after.env.FOYER_JWT_KEYS });
    const tokens = await Promise.all(
      [first, again, await refresh(third, by, held.refresh_token)].map((one) => one.json<{ refresh_token: string }>()),
    );
    expect(new Set(tokens.map((one) => one.refresh_token)).size).toBe(1);
  });

  it("whoever signed in stays signed in", async () => {
    const held = await signedIn(before, of, of.agent);
    const { cookie } = await session(before, of);
    expect(await opens(after, of, held.access)).toBe(true);
    expect((await refreshLogin(after, of, held.refresh)).status).toBe(200);
    expect(await inbox(after, cookie)).toBe(200);
  });

  it("users' tokens and organizations' keys open the doors that they opened", async () => {
    expect(await v5(after, of.agent.token)).toBe(200);
    expect((await login(after, of, of.agent)).status).toBe(200);
  });

  it("a message whose delivery is repeated makes no second lead, though it was sorted meanwhile", async () => {
    const address = await mailbox(before, of.id);
    const raw = message();
    await deliver(before, address, raw);
    const [first] = await waiting(before, of.agent.token);
    await v4(before, "DELETE", `/api/v4/leads/unsorted/${first?.uid}/decline`, of.agent, { body: {} });
    expect(await deliver(after, address, raw)).toBeNull();
    expect(await count("lead")).toBe(1);
    // And the other way round, while the deployment changes over.
    const next = message();
    await deliver(after, address, next);
    const [second] = await waiting(before, of.agent.token);
    await v4(before, "DELETE", `/api/v4/leads/unsorted/${second?.uid}/decline`, of.agent, { body: {} });
    for (const at of [before, gone, after]) expect(await deliver(at, address, next)).toBeNull();
    expect(await count("lead")).toBe(2);
  });

  it("an answer to an older message joins its thread", async () => {
    const address = await mailbox(before, of.id);
    await deliver(before, address, message({ headers: { "Message-ID": "<one@sender.test>" } }));
    await deliver(after, address, message({ headers: { "In-Reply-To": "<one@sender.test>" } }));
    const threads = (await waiting(before, of.agent.token)).map(({ metadata }) => metadata.thread_id);
    expect(new Set(threads).size).toBe(1);
  });
});

describe("after the old keys were taken away", () => {
  it("what was made under them opens nothing", async () => {
    const code = await codeFor(before, of, by);
    const [program_, person, page] = [
      await connect(before, of, by),
      await signedIn(before, of, of.agent),
      await session(before, of),
    ];
    const anew = await withKey(gone, of);
    expect(await doors(gone, of, program_.access_token)).toEqual(SHUT);
    expect((await refresh(gone, by, program_.refresh_token)).ok).toBe(false);
    expect((await redeem(gone, by, code)).ok).toBe(false);
    expect(await opens(gone, anew, person.access)).toBe(false);
    expect(await inbox(gone, page.cookie)).toBe(401);
    expect(await v5(gone, of.agent.token)).toBe(401);
    expect((await ask(gone, of.agent, "GET", "/rooms")).status).toBe(401);
  });

  it("passwords are what they were, and whoever signs in anew is in", async () => {
    const anew = await withKey(gone, of);
    const held = await signedIn(gone, anew, of.agent);
    expect(await opens(gone, anew, held.access)).toBe(true);
    expect(await inbox(gone, (await session(gone, of)).cookie)).toBe(200);
  });
});
