/**
 * Two databases are as two deployments to whoever is in one of them: the same integer ids stand in both, and nobody sees,
 * changes or erases anything by them in the other. Whatever names a database that there is not is unknown, and no failure.
 */
import { beforeEach, expect, it } from "vitest";
import {
  type LoginTokens,
  opens,
  PASSWORD,
  refresh as refreshLogin,
  setUser,
  signedIn,
} from "../contract/crm/login.ts";
import { createLead, get as getV1, listed as listedV1, withKey } from "../contract/crm/v1.ts";
import { leads as chatLeads, get as getLeads } from "../contract/get-leads/get-leads.ts";
import { apiKey, ask as askSummary, expectNotFound, summary } from "../contract/lead-summary/summary.ts";
import { codeFor, connect, doors, OPEN, program, redeem, refresh, SHUT, tokensOf } from "../contract/oauth/client.ts";
import { ask, listed, signIn } from "../contract/operators/operators.ts";
import { listen } from "../contract/operators/sockets.ts";
import { get as getV4, list, nothing } from "../contract/unsorted/v4.ts";
import { orgLeads, patch } from "../support/asking.ts";
import { exchange, newToken, roomOf } from "../support/chat-visitor.ts";
import { admin, type Edge, form, lead, type Tenant } from "../support/edge.ts";
import { deliver, mailbox, message, waiting } from "../support/mail.ts";
import { eachWay, inDatabase, SECOND, twoDatabases } from "../support/shards.ts";

let at: Edge;
let zero: Tenant;
let one: Tenant;
beforeEach(async () => {
  ({ at, zero, one } = await twoDatabases());
});

const namesOf = async (of: Tenant) => (await orgLeads(at, of)).map(({ data }) => data.name);
const person = (name: string) => ({ data: { name, email: "same@person.test", message: `I am ${name}.` } });
const inSecond = async (sql: string) => (await SECOND.prepare(sql).all()).results;

it("what an organization is given carries its database's number, and of the first one is as it ever was", async () => {
  const givenTo = async (of: Tenant) => [
    of.id,
    of.formId,
    of.admin.token,
    (await program(at, of)).id,
    (await apiKey(at, of)).secret,
    (await mailbox(at, of.id)).split("@")[0],
  ];
  const formLike = (number: string) =>
    new RegExp(`^[\\da-f]{8}-[\\da-f]{4}-8[\\da-f]{3}-[89ab][\\da-f]{3}-[\\da-f]{8}${number}$`);
  const patterns = (number: number, organization: RegExp) => {
    const [id, secret] = [formLike(`000${number}`), new RegExp(`^foyer_${number}_\\w+$`)];
    return [organization, id, secret, id, secret, new RegExp(`^lead\\+\\w{26}000${number}$`)];
  };
  const v7 = /^[\da-f]{8}-[\da-f]{4}-7/;
  for (const [of, expected] of [
    [zero, patterns(0, v7)],
    [one, patterns(1, formLike("0001"))],
  ] as const) {
    expect(await givenTo(of)).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  }
  expect([zero.accountId, one.accountId]).toEqual([1, 1_000_001]);
  expect(await inSecond("SELECT id, uuid FROM organization")).toEqual([{ id: 1_000_001, uuid: one.id }]);
});

it("v5, v4 and lead-summary: the same integer ids are each one's own", async () => {
  const leads = new Map([
    [zero, await lead(at, zero.formId, person("Ann"))],
    [one, await lead(at, one.formId, person("Bob"))],
  ]);
  expect([await namesOf(zero), await namesOf(one)]).toEqual([["Ann"], ["Bob"]]);
  for (const [mine, theirs] of eachWay(zero, one)) {
    const { token } = mine.admin;
    const list = async (organization: string) => {
      const answer = await at.send("GET", `/api/v5/orgs/${organization}/leads`, { token });
      return [answer.status, await answer.text()];
    };
    expect(await list(theirs.id)).toEqual(await list(crypto.randomUUID()));
    expect((await patch(at, mine, leads.get(theirs) as string, { is_closed: true })).status).toBe(404);
  }
  const [[first], [second]] = [await list(at, zero), await list(at, one)];
  const number = first?._embedded.leads[0]?.id as number;
  expect(second?._embedded.leads[0]?.id).toBe(number);
  expect([first?.account_id, second?.account_id]).toEqual([zero.accountId, one.accountId]);
  await nothing(await getV4(at, `/api/v4/leads/unsorted/${first?.uid}`, one.admin));
  expect(JSON.stringify(await summary(at, zero, number))).toMatch(/Ann(?!.*Bob)/);
  expect(JSON.stringify(await summary(at, one, number))).toMatch(/Bob(?!.*Ann)/);
  await lead(at, one.formId, { data: { name: "Cyd", email: "cyd@person.test" } });
  await expectNotFound(await askSummary(at, number + 1, zero.admin.token));
  expect((await askSummary(at, number + 1, one.admin.token)).status).toBe(200);
});

it("v1: a key with its own users alone, and logins carry the database", async () => {
  const [keyed, other] = [await withKey(at, zero), await withKey(at, one)];
  for (const of of [keyed, other]) {
    await setUser(at, of, of.admin, { username: "same.name", password: PASSWORD });
    of.admin.username = "same.name";
  }
  const logins = new Map([
    [keyed, await signedIn(at, keyed, keyed.admin)],
    [other, await signedIn(at, other, other.admin)],
  ]);
  for (const [mine, theirs] of eachWay(keyed, other)) {
    const { slug } = await createLead(at, mine);
    expect((await listedV1(at, mine)).results.map((each) => each.slug)).toEqual([slug]);
    expect((await getV1(at, mine, "/leads/list/", theirs.admin)).status).toBe(401);
    const [own, foreign] = [logins.get(mine), logins.get(theirs)] as [LoginTokens, LoginTokens];
    expect([await opens(at, mine, own.access), await opens(at, mine, foreign.access)]).toEqual([true, false]);
    expect((await refreshLogin(at, mine, own.refresh)).status).toBe(200);
    expect((await refreshLogin(at, mine, foreign.refresh)).status).toBe(401);
  }
});

it("OAuth: codes, access and refresh tokens are of their program's database", async () => {
  const [first, second] = [
    { of: zero, by: await program(at, zero) },
    { of: one, by: await program(at, one) },
  ];
  for (const [mine, theirs] of eachWay(first, second)) {
    const { access_token, refresh_token } = await connect(at, mine.of, mine.by);
    expect(await doors(at, mine.of, access_token)).toEqual(OPEN);
    expect((await doors(at, theirs.of, access_token))[1]).toBe(403);
    expect((await refresh(at, theirs.by, refresh_token)).status).toBe(400);
    expect((await redeem(at, theirs.by, await codeFor(at, mine.of, mine.by))).status).toBe(400);
    const again = await tokensOf(await refresh(at, mine.by, refresh_token));
    expect(await doors(at, mine.of, again.access_token)).toEqual(OPEN);
    await admin(at, "DELETE", `/organizations/${mine.of.id}/integrations/${mine.by.id}`);
    expect(await doors(at, mine.of, again.access_token)).toEqual(SHUT);
  }
});

it("mail comes to the organization that its address names", async () => {
  await mailbox(at, zero.id);
  const address = await mailbox(at, one.id);
  expect(await deliver(at, address, message())).toBeNull();
  expect(await waiting(at, zero.agent.token)).toEqual([]);
  expect(await waiting(at, one.agent.token)).toHaveLength(1);
  expect(await deliver(at, address.replace("0001@", "0000@"), message())).toBe("There is no such recipient here.");
});

it("chats are heard, seen and taken by the operators of their own organization", async () => {
  // Rooms and inboxes have clocks of their own.
  at.clock.now = Date.now();
  for (const [mine, theirs] of eachWay(zero, one)) {
    const [own, others] = [await listen(at, mine.agent.token), await listen(at, theirs.agent.token)];
    const [chat, token] = [await form(at, mine.id, { mode: "chat" }), newToken()];
    await exchange(at, chat, token, [
      { t: "say", id: "m1", text: "Hello" },
      { t: "answer", id: "m2", field: "name", value: "Ann" },
      { t: "call", id: "m3" },
    ]);
    const room = await roomOf(chat, token);
    expect((await own.hear("room"))[0]?.room.room).toBe(room);
    expect((await own.hear("lead"))[0]?.lead).toMatchObject({ category: "chats", name: "Ann" });
    expect(others.heard.filter(({ t }) => t === "room" || t === "lead")).toEqual([]);
    const rooms = async (of: Tenant) => (await listed(ask(at, of.agent, "GET", "/rooms?status=waiting"))).results;
    expect([(await rooms(mine)).map((each) => each.room), await rooms(theirs)]).toEqual([[room], []]);
    const join = async (of: Tenant) => (await ask(at, of.agent, "POST", `/rooms/${room}/join`)).status;
    expect([await join(theirs), await join(mine)]).toEqual([404, 200]);
    expect((await chatLeads(at, { ...mine, formId: chat })).map(({ name }) => name)).toEqual(["Ann"]);
    expect((await getLeads(at, theirs, { chatbotId: chat })).status).toBe(404);
    for (const listening of [own, others]) listening.close();
  }
});

it("operators sign in by account id and by UUID, each at their own organization", async () => {
  for (const of of [zero, one]) {
    await setUser(at, await withKey(at, of), of.agent, { username: "same", password: PASSWORD });
  }
  const session = (organization: string | number) => signIn(at, { organization, username: "same", password: PASSWORD });
  for (const of of [zero, one]) {
    for (const name of [of.accountId, of.id.toUpperCase()]) {
      const answer = await session(name);
      expect(await answer.json()).toMatchObject({ user: { id: of.agent.id }, organization: { id: of.id } });
      const cookie = (answer.headers.get("set-cookie") as string).split(";")[0] as string;
      const me = await at.send("GET", "/inbox/session", { headers: { cookie } });
      expect(await me.json()).toMatchObject({ organization: { account_id: of.accountId } });
    }
  }
  for (const nobody of [2_000_001, inDatabase(one.id, 2)]) {
    expect((await session(nobody)).status, String(nobody)).toBe(401);
  }
});
