/** Signing in to the CRM with a user name and a password. */
import { beforeEach, describe, expect, test } from "vitest";
import { type Edge, START, tenant } from "../../support/edge.ts";
import { claimsOf } from "../oauth/client.ts";
import { ENCODINGS, encoded, sendBody } from "./bodies.ts";
import { login, PASSWORD, setUser, showing, signedIn, signInScene, WRONG } from "./login.ts";
import { hours } from "./makers-appointments.ts";
import { type CrmTenant, createLead, data, failed, post, refused, somebody, view, withKey } from "./v1.ts";

/** Dozens of passwords, each of which takes its time by design. */
const PATIENCE_MS = 60_000;
let at: Edge;
let of: CrmTenant;
beforeEach(async () => {
  ({ at, of } = await signInScene());
});

describe("a user name and a password", () => {
  test("give an access token of an hour and a refresh token of 14 days, which say whose they are", async () => {
    const response = await login(at, of, of.agent);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { access, refresh, expires_in } = await data<Record<string, string>>(response);
    expect(expires_in).toBe(3_600);
    const issued = START / 1000;
    for (const [token, seconds] of [[access as string, 3_600] as const, [refresh as string, 14 * 86_400] as const]) {
      expect(claimsOf(token, 0)).toMatchObject({ alg: "HS256", kid: "j1" });
      const claims = claimsOf(token);
      expect(claims).toMatchObject({ aud: "crm", iat: issued, exp: issued + seconds, scopes: ["crm"] });
      expect(claims).toMatchObject({ account_id: of.accountId, user_id: of.agent.user_id });
      expect(JSON.stringify(claims)).not.toContain(PASSWORD);
    }
  });

  test("travel in each encoding; spaces belong to a password, not to a name", async () => {
    const fields = { username: ` ${of.admin.username} `, password: PASSWORD };
    for (const encoding of ENCODINGS) await data(await sendBody(at, of, "/user/login/", encoded(encoding, fields)));
    await failed(await login(at, of, of.admin, `${PASSWORD} `), WRONG);
    await setUser(at, of, of.admin, { password: ` ${PASSWORD} ` });
    await data(await login(at, of, of.admin, ` ${PASSWORD} `));
  });

  test("are both needed, and bounded", async () => {
    const send = (fields: Record<string, unknown>) => sendBody(at, of, "/user/login", JSON.stringify(fields));
    const [required, blank] = [["This field is required."], ["This field may not be blank."]];
    expect(await refused(await send({}), 400)).toEqual({ username: required, password: required });
    expect(await refused(await send({ username: " ", password: "" }), 400)).toEqual({
      username: blank,
      password: blank,
    });
    const text = ["Not a valid string."];
    expect(await refused(await send({ username: [], password: {} }), 400)).toEqual({ username: text, password: text });
    const long = { username: "x".repeat(256), password: "x".repeat(2_001) };
    expect(Object.keys(await refused(await send(long), 400))).toEqual(["username", "password"]);
  });

  test("that do not fit are one answer, whoever it is and whyever", async () => {
    const other = await withKey(at, await tenant(at));
    await setUser(at, other, other.admin, { password: PASSWORD });
    await setUser(at, of, of.agent, { is_active: false });
    const answers = new Set<string>();
    for (const [who, password] of [
      [of.admin, "wrong"],
      [of.admin, PASSWORD.toUpperCase()],
      [{ username: "nobody.at.all" }, PASSWORD],
      [of.agent, PASSWORD],
      [of.otherAgent, PASSWORD],
      [other.admin, PASSWORD],
    ] as const) {
      const response = await login(at, of, who, password);
      // Every answer has an id of its own.
      response.headers.delete("x-request-id");
      answers.add(JSON.stringify([[...response.headers], await response.clone().text()]));
      await failed(response, WRONG);
    }
    expect(answers.size).toBe(1);
    await data(await login(at, other, other.admin));
  });

  test(
    "may be tried ten times in ten minutes, also of a user who is not there",
    async () => {
      for (const who of [of.agent, { username: "nobody.at.all" }]) {
        for (let attempt = 0; attempt < 10; attempt += 1) {
          const from = { "cf-connecting-ip": `192.0.2.${attempt}` };
          await failed(await login(at, of, who, "wrong", from), WRONG);
        }
        const response = await login(at, of, who);
        expect(response.headers.get("retry-after")).toBe("600");
        await failed(response, "Request was throttled. Expected available in 600 seconds.", 429);
      }
      await data(await login(at, of, of.admin));
      at.clock.now += 600_000;
      await data(await login(at, of, of.agent));
    },
    PATIENCE_MS,
  );

  test(
    "may be tried thirty times in ten minutes from one address, whoever's",
    async () => {
      const from = (address: string) => ({ "cf-connecting-ip": address });
      for (let attempt = 0; attempt < 30; attempt += 1) {
        await login(at, of, { username: `nobody.${attempt}` }, PASSWORD, from("2001:db8::1"));
      }
      expect((await login(at, of, of.agent, PASSWORD, from("2001:db8::2"))).status).toBe(429);
      await data(await login(at, of, of.agent, PASSWORD, from("2001:db8:1::1")));
    },
    PATIENCE_MS,
  );
});

test("who signed in does everything as that user, and no more", async () => {
  const [agent, admin] = [
    showing(of.agent, (await signedIn(at, of, of.agent)).access),
    showing(of.admin, (await signedIn(at, of, of.admin)).access),
  ];
  const { slug, owner } = await createLead(at, of, {}, agent);
  expect(owner).toBe(agent.username);
  const by = async <T>(path: string, fields: Record<string, unknown>) =>
    data<T>(await post(at, of, path, fields, agent));
  await by("/leads/update/lead/", somebody({ slug, first_name: "Joan" }));
  const { note_id } = await by<{ note_id: number }>("/leads/create/leadnote/", { slug, note: "Two doors" });
  const times = hours({ at }, 24);
  const { appointment_id } = await by<{ appointment_id: number }>("/leads/create/appointment/", { slug, ...times });
  await by("/leads/update/appointment/", { appointment_id, appointment_status: "confirmed" });
  const seen = await view(at, of, slug, agent);
  expect(seen).toMatchObject({ first_name: "Joan", notes: [{ author: agent.username }] });
  expect(seen.appointments).toMatchObject([{ user: agent.username, appointment_status: "confirmed" }]);
  expect((await view(at, of, slug, admin)).slug).toBe(slug);
  const theirs = await createLead(at, of, {}, admin);
  await failed(await post(at, of, "/leads/delete/lead/", { slug: theirs.slug }, agent), "You can't delete this lead.");
  await by("/leads/delete/appointment/", { appointment_id });
  await by("/leads/delete/leadnote/", { note_id });
  await by("/leads/delete/lead/", { slug });
});
