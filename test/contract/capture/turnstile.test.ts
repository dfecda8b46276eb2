/** A form with a site key of Turnstile, against a stand-in for Cloudflare's siteverify. */
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, orgLeads } from "../../support/asking.ts";
import { challenged, hasty, solve } from "../../support/challenge.ts";
import { admin, capture, type Edge, edge, form, type Tenant, tenant } from "../../support/edge.ts";
import { dump, row } from "../../support/rows.ts";
import { heldLeads } from "../../support/spam.ts";

const SITE_KEY = "0x4AAAAAAA-site";
const SECRET = "0x4AAAAAAA-secret";
const SECRETS = { FOYER_TURNSTILE_SECRETS: `0xother:0xother-secret, ${SITE_KEY}:${SECRET}` };
const HERE = { "cf-connecting-ip": "203.0.113.9" };

interface Asked {
  url: string;
  body: { secret: string; response: string; idempotency_key: string; remoteip?: string };
}
let asked: Asked[];
let redeemed: Map<string, string>;
let answer: (asked: Asked) => Response | Promise<Response>;

/** Redeems a token once, and again for the same key alone, as Cloudflare says. */
function redeem({ body }: Asked): Response {
  if (body.secret !== SECRET) return refusal("invalid-input-secret");
  if (!body.response.startsWith("good")) return refusal("invalid-input-response");
  const first = redeemed.get(body.response) ?? body.idempotency_key;
  redeemed.set(body.response, first);
  return first === body.idempotency_key ? Response.json({ success: true }) : refusal("timeout-or-duplicate");
}
const refusal = (code: string) => Response.json({ success: false, "error-codes": [code] });

const siteverify: typeof fetch = async (input, init) => {
  const one: Asked = { url: `${input}`, body: JSON.parse(`${init?.body}`) };
  asked.push(one);
  // Whatever is asked of others may take for ever.
  expect(init?.signal).toBeInstanceOf(AbortSignal);
  return answer(one);
};

let at: Edge;
let to: Tenant;
let id: string;
beforeEach(async () => {
  asked = [];
  redeemed = new Map();
  answer = redeem;
  at = edge(SECRETS, siteverify);
  to = await tenant(at);
  id = await form(at, to.id, { turnstile_site_key: SITE_KEY });
});

const leads = async (): Promise<number> => (await orgLeads(at, to)).length;
const held = async (): Promise<string[][]> => (await heldLeads(at, to)).map(({ reasons }) => reasons);
const send = (body: Record<string, unknown>, more: object = {}) => capture(at, id, { ...body, ...more }, HERE);
const token = (turnstile: string) => ({ solution: { turnstile } });

describe("a suspected submission to a form with a site key", () => {
  it("is asked for Turnstile, and for no work; nothing is stored, and nobody else asked", async () => {
    const before = await dump();
    expect(await challenged(at, id, hasty())).toEqual({
      turnstile: {
        site_key: SITE_KEY,
        script: "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit",
      },
    });
    expect([await dump(), asked]).toEqual([before, []]);
  });

  it("is an ordinary lead once Turnstile knows its token", async () => {
    const body = hasty();
    expect((await send(body, token("good"))).status).toBe(201);
    expect(asked).toEqual([
      {
        url: "https://challenges.cloudflare.com/turnstile/v0/siteverify",
        body: {
          secret: SECRET,
          response: "good",
          idempotency_key: body.submission_id,
          remoteip: "203.0.113.9",
        },
      },
    ]);
    expect([await leads(), await held()]).toEqual([1, []]);
    expect((await row("SELECT spam FROM lead")).spam).toBe('["too-fast","turnstile-passed"]');
  });

  it("is one lead however often it is sent with its token, and the token opens no other", async () => {
    const body = hasty();
    const first = await (await send(body, token("good"))).text();
    const again = await send(body, token("good"));
    expect([again.status, again.headers.get("idempotent-replayed"), await again.text()]).toEqual([201, "true", first]);
    expect((await send(hasty(), token("good"))).status).toBe(201);
    expect([await leads(), await held()]).toEqual([1, [["too-fast", "turnstile-failed"]]]);
  });

  it.each([
    ["Turnstile refuses its token", "bad"],
    ["Turnstile did not run in the page", ""],
  ])("is held with the reason where %s", async (_what, turnstile) => {
    expect((await send(hasty(), token(turnstile))).status).toBe(201);
    expect([await leads(), await held()]).toEqual([0, [["too-fast", "turnstile-failed"]]]);
    expect(asked).toHaveLength(turnstile === "" ? 0 : 1);
  });

  it("cannot choose the work instead", async () => {
    const withoutSecret = edge({ FOYER_TURNSTILE_SECRETS: undefined });
    const body = hasty();
    const { proof } = solve(await challenged(withoutSecret, id, body));
    expect(Object.keys(await challenged(at, id, { ...body, solution: { proof } }))).toEqual(["turnstile"]);
    expect(await leads()).toBe(0);
  });

  it("does not tell an address that the organization does not keep whole", async () => {
    await admin(at, "PATCH", `/organizations/${to.id}`, { ip_policy: "truncated" });
    await send(hasty(), token("good"));
    expect(asked.map(({ body }) => body.remoteip)).toEqual([undefined]);
  });
});

describe("where siteverify", () => {
  const FAILURES: [what: string, fail: typeof answer][] = [
    ["cannot be reached", () => Promise.reject(new TypeError("Network connection lost."))],
    ["takes too long", () => Promise.reject(new DOMException("The operation timed out.", "TimeoutError"))],
    ["answers a page", () => new Response("<h1>502</h1>", { status: 502 })],
    ["answers something else", () => Response.json([])],
    ["fails by its own account", () => refusal("internal-error")],
    ["does not know our secret", () => refusal("invalid-input-secret")],
  ];

  it.each(FAILURES)("%s, a proof of work opens instead, and the lead says why", async (_what, fail) => {
    answer = fail;
    const body = hasty();
    const challenge = await challenged(at, id, { ...body, ...token("good") });
    expect(Object.keys(challenge)).toEqual(["proof"]);
    expect((await send(body, { solution: solve(challenge) })).status).toBe(201);
    expect([await leads(), await held()]).toEqual([1, []]);
    expect((await row("SELECT spam FROM lead")).spam).toBe('["too-fast","turnstile-unreachable","proof-solved"]');
  });
});

describe("the secret", () => {
  it("is in no answer, whoever asks", async () => {
    const token = at.env.FOYER_ROOT_TOKEN as string;
    const path = `/admin/v1/organizations/${to.id}/forms`;
    const answers = [
      await at.send("GET", `${path}/${id}`, { token }),
      await at.send("GET", path, { token }),
      await at.send("GET", `/v1/forms/${id}`),
      await send(hasty()),
    ];
    const texts = await Promise.all(answers.map((one) => one.text()));
    expect(texts.join()).not.toContain(SECRET);
    expect(JSON.stringify(await dump())).not.toContain(SECRET);
    expect(texts[0]).toContain(SITE_KEY);
    expect(texts[2]).not.toContain(SITE_KEY);
  });

  it("that the deployment does not have makes no form, and is said", async () => {
    const refused = await at.send("POST", `/admin/v1/organizations/${to.id}/forms`, {
      token: at.env.FOYER_ROOT_TOKEN as string,
      body: { name: "F", fields: [{ name: "a", type: "text", label: "A" }], turnstile_site_key: "unknown" },
    });
    const { errors } = await expectProblem(refused, 422, "invalid-fields");
    expect(errors).toMatchObject([{ field: "turnstile_site_key", code: "unknown" }]);
  });

  it("that the deployment has lost leaves the proof of work", async () => {
    const without = edge({ FOYER_TURNSTILE_SECRETS: undefined }, siteverify);
    const body = hasty();
    const challenge = await challenged(without, id, body);
    expect((await capture(without, id, { ...body, solution: solve(challenge) })).status).toBe(201);
    expect(asked).toEqual([]);
  });

  it("that is not one stops the server, and is not in the error", async () => {
    const broken = edge({ FOYER_TURNSTILE_SECRETS: `${SITE_KEY}:${SECRET},${SECRET}` });
    const response = await broken.send("GET", `/v1/forms/${id}`);
    expect([response.status, (await response.text()).includes(SECRET)]).toEqual([500, false]);
  });
});
