/** A user who is deactivated is out, everywhere and at once, and leaves no work behind. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CLOSE_CODES } from "../../../shared/chat-frames.ts";
import { pick } from "../../support/asking.ts";
import { type Edge, lead } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";
import { login, opens, refresh as refreshLogin, setUser, signedIn, signInScene } from "../crm/login.ts";
import { type CrmTenant, withKey } from "../crm/v1.ts";
import { codeFor, connect, doors, OPEN, program, redeem, refresh, SHUT } from "../oauth/client.ts";
import { ask, SESSION, signedIn as session } from "../operators/operators.ts";
import { knock, type Listening, listen, listening } from "../operators/sockets.ts";

let at: Edge;
let of: CrmTenant;
let sockets: Listening[] = [];
beforeEach(async () => {
  ({ at, of } = await signInScene());
});
afterEach(() => {
  for (const socket of sockets) socket.close();
  sockets = [];
});

const deactivate = () => setUser(at, of, of.agent, { is_active: false });

it("tokens, logins, sessions, programs' grants and codes of theirs end; those of others stand", async () => {
  const by = await program(at, of);
  const code = await codeFor(at, of, by, of.agent);
  const [mine, others] = [await connect(at, of, by, of.agent), await connect(at, of, by, of.admin)];
  const [signed, page] = [await signedIn(at, of, of.agent), await session(at, of)];
  const inbox = async () => (await at.send("GET", SESSION, { headers: { cookie: page.cookie } })).status;
  const mineOpen = async () => ({
    token: (await ask(at, of.agent, "GET", "/rooms")).status,
    login: await opens(at, of, signed.access),
    inbox: await inbox(),
    program: await doors(at, of, mine.access_token),
  });
  expect(await mineOpen()).toMatchObject({ token: 200, login: true, inbox: 200, program: OPEN });

  await deactivate();
  expect(await mineOpen()).toEqual({ token: 401, login: false, inbox: 401, program: SHUT });
  expect((await refresh(at, by, mine.refresh_token)).ok).toBe(false);
  expect((await redeem(at, by, code)).ok).toBe(false);
  expect((await refreshLogin(at, of, signed.refresh)).status).toBe(401);
  expect((await login(at, of, of.agent)).status).toBe(401);
  expect(await doors(at, of, others.access_token)).toEqual(OPEN);
  expect((await refresh(at, by, others.refresh_token)).status).toBe(200);
});

it("their open leads are everyone's again, and theirs alone", async () => {
  const [theirs, others] = [await lead(at, of.formId), await lead(at, of.formId)];
  await pick(at, of, theirs);
  await pick(at, { ...of, agent: of.otherAgent }, others);
  await deactivate();
  const state = "SELECT state, owner_id FROM lead WHERE uuid = ?";
  expect(await row(state, theirs)).toEqual({ state: "pending", owner_id: null });
  expect(await row(state, others)).toEqual({ state: "assigned", owner_id: of.otherAgent.user_id });
});

it("their sockets are closed, by token and by session, and open no more", async () => {
  at.clock.now = Date.now();
  of = await withKey(at, of);
  const { cookie } = await session(at, of);
  const withCookie = { cookie, origin: "https://foyer.test" };
  sockets = [
    await listen(at, of.agent.token),
    listening(await knock(at, withCookie)),
    await listen(at, of.otherAgent.token),
  ];
  for (const socket of sockets) await socket.hear("welcome");
  await deactivate();
  await vi.waitFor(() => {
    expect(sockets.map(({ closed }) => closed)).toEqual([
      [CLOSE_CODES.unauthenticated],
      [CLOSE_CODES.unauthenticated],
      [],
    ]);
  });
  expect((await knock(at, withCookie)).status).toBe(401);
});
