/** No answer and no log carries a password or a token that somebody sent. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Edge } from "../../support/edge.ts";
import { MULTIPART, part, parts, sendBody, URLENCODED } from "./bodies.ts";
import { login, PASSWORD, refresh, signedIn, signInScene } from "./login.ts";
import { type CrmTenant, get, PREFIX, post, somebody } from "./v1.ts";

/** Short enough to be quoted whole by whoever quotes a few characters. */
const SHORT = "hunter2";
let at: Edge;
let of: CrmTenant;
let said: string[];
beforeEach(async () => {
  ({ at, of } = await signInScene());
  said = [];
  for (const level of ["debug", "info", "log", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((...words) => void said.push(words.map(String).join(" ")));
  }
});
afterEach(() => vi.restoreAllMocks());

/** What goes wrong on the way in, with the secrets in all the wrong places. */
async function everyAttempt(secrets: { access: string; refresh: string }): Promise<Response[]> {
  const wrong = `${PASSWORD}!`;
  const send = (path: string, body: BodyInit, headers = {}) => sendBody(at, of, path, body, { headers });
  const knock = (apikey: string, authorization: string) =>
    at.send("GET", `${PREFIX}/leads/list/`, { headers: { apikey, authorization } });
  const answers: Response[] = [];
  for (const next of [
    () => login(at, of, of.admin, wrong),
    () => login(at, of, { username: "nobody" }),
    () => login(at, of, { username: PASSWORD }, of.admin.username),
    () => refresh(at, of, `${secrets.refresh}x`),
    () => refresh(at, of, secrets.access),
    () => send("/user/login/", `{"username":"ada","password":'${PASSWORD}'}`),
    () => send("/user/login/", `{"password":"${PASSWORD}`),
    () => send("/user/login/", `{"password":'${SHORT}'}`),
    () => send("/user/login/", `{"password":${SHORT}}`),
    () => send("/user/login/", `{"password":"${PASSWORD}"}`, { "content-type": "text/plain" }),
    () => send("/user/login/", `username=&password=${PASSWORD}`, URLENCODED),
    () => send("/user/login/", parts(part("password", PASSWORD)), MULTIPART),
    () => send("/user/token/refresh", `{"refresh":[${JSON.stringify(secrets.refresh)}]}`),
    () => send("/user/token/refresh", `{refresh:${secrets.refresh}}`),
    () => knock(of.admin.token, `Bearer ${of.admin.token}`),
    () => knock(of.apiKey, `Bearer ${secrets.refresh}`),
    () => knock(of.apiKey, `Basic ${secrets.access}`),
    () => knock(`${of.apiKey}0`, `Bearer ${secrets.access}`),
    () => get(at, of, "/leads/view/lead/?slug=x", { ...of.admin, token: secrets.access }),
    () => post(at, of, "/v1/leads/create/lead/", somebody({ email: "" }), { ...of.admin, token: secrets.access }),
  ]) {
    answers.push(await next());
  }
  return answers;
}

async function expectSilence(answers: Response[], secrets: string[]): Promise<void> {
  const texts = await Promise.all(answers.map(async (one) => JSON.stringify([...one.headers, await one.text()])));
  for (const text of [...texts, ...said]) {
    for (const secret of [...secrets, SHORT]) expect(text).not.toContain(secret);
  }
}

test("whatever is refused on the way in, and nothing is logged of it", async () => {
  const tokens = await signedIn(at, of, of.admin);
  const answers = await everyAttempt(tokens);
  expect(answers.map(({ status }) => status).filter((status) => status >= 500 || status < 400)).toEqual([]);
  const secrets = [PASSWORD, tokens.access, tokens.refresh, of.apiKey, of.admin.token];
  await expectSilence(answers, secrets);
  expect(said).toEqual([]);
});

test("nor where the database fails, which is logged", async () => {
  const tokens = await signedIn(at, of, of.admin);
  for (const table of ["user", "organization"])
    await env.DB.prepare(`ALTER TABLE ${table} RENAME TO gone_${table}`).run();
  at.clock.now += 3_600_000 - 1;
  const answers = await everyAttempt(tokens);
  expect(answers.some(({ status }) => status === 500)).toBe(true);
  expect(said.length).toBeGreaterThan(0);
  await expectSilence(answers, [PASSWORD, tokens.access, tokens.refresh, of.apiKey, of.admin.token]);
});

test("what a sign-in answers is the tokens, and no hash or key", async () => {
  const text = await (await login(at, of, of.admin)).text();
  const stored = await env.DB.prepare("SELECT password_hash FROM user WHERE id = ?")
    .bind(of.admin.user_id)
    .first<{ password_hash: string }>();
  for (const secret of [PASSWORD, stored?.password_hash ?? "?", of.apiKey]) expect(text).not.toContain(secret);
});
