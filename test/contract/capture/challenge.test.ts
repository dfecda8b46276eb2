/** A sender that can is asked for a proof of work where it is suspected: solved, it is a lead like any other. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Solution } from "../../../shared/capture-api.ts";
import { CHALLENGE_TTL_MS } from "../../../shared/limits.ts";
import { expectProblem, orgLeads } from "../../support/asking.ts";
import { challenged, hasty, solve, solved } from "../../support/challenge.ts";
import { capture, type Edge, edge, form, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { dump, row } from "../../support/rows.ts";
import { heldLeads } from "../../support/spam.ts";

const NEW_KEY = `k2:${btoa("n".repeat(32)).replace(/=+$/, "")}`;
let at: Edge;
let to: Tenant;
let id: string;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  id = await form(at, to.id);
});

const leads = async (): Promise<number> => (await orgLeads(at, to)).length;
const held = async (): Promise<string[][]> => (await heldLeads(at, to)).map(({ reasons }) => reasons);
const LINKS = "https://a.test https://b.test https://c.test https://d.test";

describe("a suspected submission of the widget", () => {
  it("is asked for a proof of work, and nothing of it is stored or counted", async () => {
    const limited = await form(at, to.id, { rate_limit_per_minute: 1, address_rate_limit_per_minute: 1 });
    const before = await dump();
    at.resetUsage();
    const asked = await capture(at, limited, hasty(), { "cf-connecting-ip": "203.0.113.1" });
    expect(asked.headers.get("cache-control")).toBe("no-store");
    const { challenge } = await expectProblem(asked, 428, "challenge-required");
    expect(Object.keys(challenge ?? {})).toEqual(["proof"]);
    for (let times = 0; times < 3; times += 1) await challenged(at, limited, hasty());
    expect(await dump()).toEqual(before);
    expect((await capture(at, limited, {}, { "cf-connecting-ip": "203.0.113.1" })).status).toBe(201);
  });

  it.each([
    ["too-fast", { elapsed_ms: 10 }],
    ["links", { elapsed_ms: 9_000, data: { ...somebody(), message: LINKS } }],
    ["repeats", { elapsed_ms: 9_000, data: { ...somebody(), message: "buy ".repeat(8) } }],
  ])("for %s is an ordinary lead once it is solved, and says what it was suspected of", async (reason, body) => {
    const answer = await solved(at, id, hasty(body));
    expect(answer.status).toBe(201);
    expect(Object.keys(await answer.json<object>()).sort()).toEqual(["created_at", "id"]);
    expect([await leads(), await held()]).toEqual([1, []]);
    expect(await row("SELECT state, spam FROM lead")).toEqual({
      state: "incoming",
      spam: JSON.stringify([reason, "proof-solved"]),
    });
  });

  it("that fills in what people do not see is held, and asked nothing", async () => {
    const body = hasty({ data: { ...somebody(), homepage: "x" } });
    expect((await capture(at, id, body)).status).toBe(201);
    expect(await held()).toEqual([["honeypot", "too-fast"]]);
  });

  it("says first what is wrong with its answers", async () => {
    await expectProblem(await capture(at, id, hasty({ data: {} })), 422, "invalid-fields");
  });

  it("is held as ever by a form that wants no challenges, and by one of before there were any", async () => {
    await capture(at, await form(at, to.id, { challenge: "off" }), hasty());
    await env.DB.prepare("UPDATE form SET settings = json_remove(settings, '$.challenge') WHERE id = ?").bind(id).run();
    await capture(at, id, hasty());
    expect(await held()).toEqual([["too-fast"], ["too-fast"]]);
    await at.send("PATCH", `/admin/v1/organizations/${to.id}/forms/${id}`, {
      token: env.FOYER_ROOT_TOKEN,
      body: { name: "Renamed" },
    });
    await capture(at, id, hasty());
    expect(await held()).toHaveLength(3);
  });

  it("of a sender who knows no challenges is held as ever", async () => {
    const { solution: _, ...old } = hasty();
    expect((await capture(at, id, old)).status).toBe(201);
    expect(await held()).toEqual([["too-fast"]]);
  });

  it("may be given up: the same without a solution is held, and the solution then changes nothing", async () => {
    const body = hasty();
    const challenge = await challenged(at, id, body);
    const { solution: _, ...plain } = body;
    const first = await capture(at, id, plain);
    const late = await capture(at, id, { ...body, solution: solve(challenge) });
    expect([first.status, late.status, late.headers.get("idempotent-replayed")]).toEqual([201, 201, "true"]);
    expect(await late.text()).toBe(await first.text());
    expect([await leads(), await held()]).toEqual([0, [["too-fast"]]]);
  });
});

describe("a solution", () => {
  it("sent again is answered as it was, and makes no second lead", async () => {
    const body = hasty();
    const same = { ...body, solution: solve(await challenged(at, id, body)) };
    const first = await capture(at, id, same);
    at.clock.now += 60_000;
    const again = await capture(at, id, same);
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect(await again.text()).toBe(await first.text());
    expect(await leads()).toBe(1);
  });

  it("sent twenty times at once makes one lead", async () => {
    const body = hasty();
    const same = { ...body, solution: solve(await challenged(at, id, body)) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => capture(at, id, same)));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect([new Set(answers.map(({ status }) => status)), new Set(texts).size]).toEqual([new Set([201]), 1]);
    expect(await leads()).toBe(1);
  });

  it("does not open another submission, other answers, another form or another tenant's", async () => {
    const body = hasty();
    const solution = solve(await challenged(at, id, body));
    const other = await tenant(at);
    const tries: [string, object][] = [
      [id, { submission_id: crypto.randomUUID() }],
      [id, { data: { ...body.data, message: "Something else." } }],
      [id, { consent: { version: "1", given: true } }],
      [await form(at, to.id), {}],
      [other.formId, {}],
    ];
    for (const [formId, change] of tries) await challenged(at, formId, { ...body, ...change, solution });
    expect([await leads(), (await orgLeads(at, other)).length]).toEqual([0, 0]);
    expect((await capture(at, id, { ...body, solution })).status).toBe(201);
  });

  it("that comes too late is asked for anew, and the new one opens", async () => {
    const body = hasty();
    const solution = solve(await challenged(at, id, body));
    at.clock.now += CHALLENGE_TTL_MS;
    const anew = await challenged(at, id, { ...body, solution });
    expect((await capture(at, id, { ...body, solution: solve(anew) })).status).toBe(201);
    expect(await leads()).toBe(1);
  });

  it("opens to the last millisecond", async () => {
    const body = hasty();
    const solution = solve(await challenged(at, id, body));
    at.clock.now += CHALLENGE_TTL_MS - 1;
    expect((await capture(at, id, { ...body, solution })).status).toBe(201);
  });

  it("that waited for a full minute of the form's opens after it", async () => {
    const limited = await form(at, to.id, { rate_limit_per_minute: 1 });
    const body = hasty();
    const solution = solve(await challenged(at, limited, body));
    await capture(at, limited);
    expect((await capture(at, limited, { ...body, solution })).status).toBe(429);
    // A full form is said to be full, and nobody is set to work.
    expect((await capture(at, limited, hasty())).status).toBe(429);
    at.clock.now += 60_000;
    expect((await capture(at, limited, { ...body, solution })).status).toBe(201);
  });

  it("to a challenge of the key before opens after a new key was put in front, and not once it is gone", async () => {
    const [one, two] = [hasty(), hasty()];
    const solutions = [solve(await challenged(at, id, one)), solve(await challenged(at, id, two))];
    const after = edge({ FOYER_HMAC_KEYS: `${NEW_KEY},${env.FOYER_HMAC_KEYS}` });
    expect((await capture(after, id, { ...one, solution: solutions[0] })).status).toBe(201);
    const gone = edge({ FOYER_HMAC_KEYS: NEW_KEY });
    await challenged(gone, id, { ...two, solution: solutions[1] });
  });

  it("is not needed, and not looked at, where nothing is suspected", async () => {
    expect((await capture(at, id, { solution: null })).status).toBe(201);
    expect((await capture(at, id, { solution: { turnstile: "x" } })).status).toBe(201);
  });
});

describe("a forged solution", () => {
  type Proof = NonNullable<Solution["proof"]>;
  const FORGERIES: [what: string, forge: (proof: Proof) => unknown][] = [
    ["a wrong number", (proof) => ({ ...proof, solution: { ...proof.solution, counter: 0 } })],
    ["a number that is none", (proof) => ({ ...proof, solution: { ...proof.solution, counter: 1.5 } })],
    [
      "a hash that begins right",
      (p) => ({ ...p, solution: { ...p.solution, derivedKey: p.challenge.parameters.keyPrefix } }),
    ],
    ["another signature", (p) => ({ ...p, challenge: { ...p.challenge, signature: "0".repeat(64) } })],
    ["no signature", (p) => ({ ...p, challenge: { ...p.challenge, signature: "" } })],
    ["an easier task", (p) => withParameters(p, { keyPrefix: "00" })],
    ["more time", (p) => withParameters(p, { data: { expires_at: 9e15, note: null } })],
    ["a note of its own", (p) => withParameters(p, { data: { expires_at: 9e15, note: "turnstile-unreachable" } })],
    ["no parameters", (p) => ({ ...p, challenge: { ...p.challenge, parameters: {} } })],
    ["strange parameters", (p) => withParameters(p, { nonce: { a: [] }, salt: null, cost: "x", algorithm: "MD5" })],
  ];
  const withParameters = (proof: Proof, change: object) => ({
    ...proof,
    challenge: { ...proof.challenge, parameters: { ...proof.challenge.parameters, ...change } },
  });

  it.each(FORGERIES)("with %s opens nothing, and gets a new challenge", async (_what, forge) => {
    const body = hasty();
    const { proof } = solve(await challenged(at, id, body));
    await challenged(at, id, { ...body, solution: { proof: forge(proof as Proof) } });
    expect([await leads(), await held()]).toEqual([0, []]);
  });

  it.each([
    ["of no kind", {}],
    ["of another kind", { turnstile: "a token" }],
  ])("%s gets a new challenge", async (_what, solution) => {
    await challenged(at, id, hasty({ solution }));
  });

  it.each([
    ["text", "x"],
    ["a list", []],
    ["half a proof", { proof: { challenge: {} } }],
    ["a token without end", { turnstile: "x".repeat(2_049) }],
  ])("that is %s cannot be read", async (_what, solution) => {
    await expectProblem(await capture(at, id, hasty({ solution })), 400, "malformed");
  });
});
