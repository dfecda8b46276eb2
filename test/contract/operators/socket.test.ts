/** The operators' socket: who may have it, what it hears, and when it ends. */
import { beforeEach, describe, expect, it, test, vi } from "vitest";
import { CHAT_PROTOCOL, CLOSE_CODES, type InboxFrame } from "../../../shared/chat-frames.ts";
import { inboxName } from "../../../worker/services/live.ts";
import { expectProblem } from "../../support/asking.ts";
import { admin, type Edge, type Tenant, tenant } from "../../support/edge.ts";
import { PASSWORD } from "../crm/login.ts";
import { ask, keepRoom, roomId, SESSION, signedIn } from "./operators.ts";
import { knock, listen, listening, socketScene, withToken } from "./sockets.ts";

let at: Edge;
let of: Tenant;
beforeEach(async () => {
  ({ at, of } = await socketScene());
});

const inbox = (tenantOf = of) => at.env.INBOXES.getByName(inboxName(0, tenantOf.accountId));
const NEWS: InboxFrame = { t: "sorted", lead: "0197a1b2-0000-7000-8000-000000000001" };
const change = (who: { id: string }, body: object) =>
  admin(at, "PATCH", `/organizations/${of.id}/users/${who.id}`, body);

describe("who may have the socket", () => {
  it("is whoever offers a user's token second, and hears that the protocol is taken", async () => {
    const answer = await knock(at, withToken(of.agent.token));
    expect(answer.headers.get("sec-websocket-protocol")).toBe(CHAT_PROTOCOL);
    const [welcome] = await listening(answer).hear("welcome");
    expect(welcome).toEqual({ t: "welcome", user: of.agent.id, online: [of.agent.id] });
  });

  it("is a program that can send a header", async () => {
    expect((await knock(at, { authorization: `Bearer ${of.admin.token}` })).status).toBe(101);
  });

  it("is our own page with its session, and no other site that the browser sends its cookie along with", async () => {
    await change(of.agent, { password: PASSWORD });
    const { cookie } = await signedIn(at, of);
    const origins = [undefined, "null", "https://evil.example", "http://foyer.test", "https://foyer.test.evil.example"];
    for (const origin of origins) {
      const headers: Record<string, string> = origin === undefined ? { cookie } : { cookie, origin };
      await expectProblem(await knock(at, headers), 403, "forbidden");
    }
    const headers = { cookie, origin: "https://foyer.test", "sec-websocket-protocol": CHAT_PROTOCOL };
    await listening(await knock(at, headers)).hear("welcome");
  });

  it("is nobody else", async () => {
    const { secret } = await admin<{ secret: string }>(at, "POST", `/organizations/${of.id}/credentials`, {
      kind: "api_key",
    });
    for (const headers of [
      {},
      withToken("x"),
      withToken(secret),
      withToken(""),
      { cookie: "__Host-foyer_session=x" },
    ]) {
      await expectProblem(await knock(at, headers), 401, "unauthenticated");
    }
    await expectProblem(await knock(at, withToken(at.env.FOYER_ROOT_TOKEN as string)), 403, "forbidden");
    await admin(at, "PATCH", `/organizations/${of.id}`, { subscription_until: null });
    await expectProblem(await knock(at, withToken(of.agent.token)), 403, "forbidden");
  });

  it("never by a token in the address, nor without asking for a socket", async () => {
    const path = `/rooms/socket?token=${of.agent.token}`;
    const upgrade = { upgrade: "websocket" };
    await expectProblem(await at.send("GET", `/admin/v1${path}`, { headers: upgrade }), 401, "unauthenticated");
    await expectProblem(await ask(at, of.agent, "GET", "/rooms/socket"), 400, "malformed");
  });
});

describe("everybody of the organization", () => {
  it("hears what the inbox is told, in its order, and no other organization does", async () => {
    const other = await tenant(at);
    const [bob, ada, stranger] = [
      await listen(at, of.agent.token),
      await listen(at, of.admin.token),
      await listen(at, other.agent.token),
    ];
    const told = ["a", "b", "c"].map((lead) => ({ ...NEWS, lead }));
    for (const frame of told) await inbox().tell([frame]);
    for (const one of [bob, ada]) expect(await one.hear("sorted", 3)).toEqual(told);
    await inbox(other).tell([{ t: "sorted", lead: "theirs" }]);
    expect(await stranger.hear("sorted")).toEqual([{ t: "sorted", lead: "theirs" }]);
  });

  it("hears who has come and who is gone, once however many pages they have", async () => {
    const ada = await listen(at, of.admin.token);
    const [first, second] = [await listen(at, of.agent.token), await listen(at, of.agent.token)];
    const both = [of.admin.id, of.agent.id].sort();
    expect(await second.hear("welcome")).toMatchObject([{ online: both }]);
    first.close();
    second.close();
    expect(await ada.hear("online", 2)).toEqual([
      { t: "online", users: both },
      { t: "online", users: [of.admin.id] },
    ]);
  });
});

describe("a frame", () => {
  it("that is none is answered, and the socket goes on", async () => {
    const bob = await listen(at, of.agent.token);
    for (const text of ["", "{", "7", '{"t":"wave"}', '{"t":"join","id":"a"}', '{"t":"read","room":"x","seq":-1}'])
      bob.say(text);
    bob.say(`"${"x".repeat(70_000)}"`);
    const errors = await bob.hear("error", 7);
    expect(errors.map(({ code }) => code)).toEqual([...Array(6).fill("malformed"), "too-large"]);
    bob.say("ping");
    bob.say({ t: "join", id: "j", room: roomId() });
    expect((await bob.hear("error", 8)).at(-1)).toEqual({ t: "error", id: "j", code: "not-found" });
  });

  it("to a room that has ended says so, and one to a stranger finds nobody", async () => {
    const bob = await listen(at, of.agent.token);
    const ended = await keepRoom(of, { status: "closed", closed_at: 2_000 });
    bob.say({ t: "say", id: "s", room: ended, text: "Hi" });
    bob.say({ t: "hand-over", id: "h", room: roomId(), to: crypto.randomUUID() });
    expect(await bob.hear("error", 2)).toEqual([
      { t: "error", id: "s", code: "closed" },
      { t: "error", id: "h", code: "not-found" },
    ]);
  });

  it("too many at once are refused, and whoever does not stop is cut off", async () => {
    const bob = await listen(at, of.agent.token);
    for (let n = 0; n < 120; n += 1) bob.say("{");
    await vi.waitFor(() => expect(bob.closed).toEqual([CLOSE_CODES.rateLimited]));
    expect(bob.heard.filter((frame) => frame.t === "error" && frame.code === "rate-limited").length).toBeGreaterThan(
      30,
    );
  });
});

describe("a socket ends", () => {
  it.each([
    ["leaves", { is_active: false }],
    ["has a new password", { password: PASSWORD }],
  ])("at once when its user %s; others' stay", async (_what, body) => {
    const [bob, ada] = [await listen(at, of.agent.token), await listen(at, of.admin.token)];
    await change(of.agent, body);
    await vi.waitFor(() => expect(bob.closed).toEqual([CLOSE_CODES.unauthenticated]));
    await inbox().tell([NEWS]);
    await ada.hear("sorted");
    expect([ada.closed, bob.heard.filter(({ t }) => t === "sorted")]).toEqual([[], []]);
  });

  it("at once when its session is signed out; the user's other sessions and programs stay", async () => {
    await change(of.agent, { password: PASSWORD });
    const [first, second] = [await signedIn(at, of), await signedIn(at, of)];
    const open = async ({ cookie }: { cookie: string }) =>
      listening(await knock(at, { cookie, origin: "https://foyer.test" }));
    const [ended, other, program] = [await open(first), await open(second), await listen(at, of.agent.token)];
    const headers = { cookie: first.cookie, "x-csrf-token": first.csrf };
    expect((await at.send("DELETE", SESSION, { headers })).status).toBe(204);
    await vi.waitFor(() => expect(ended.closed).toEqual([CLOSE_CODES.unauthenticated]));
    await inbox().tell([NEWS]);
    for (const one of [other, program]) await one.hear("sorted");
    expect([other.closed, program.closed]).toEqual([[], []]);
    expect(ended.heard.filter(({ t }) => t === "sorted")).toEqual([]);
  });

  test("that its user's name or role is new ends nothing", async () => {
    const bob = await listen(at, of.agent.token);
    await change(of.agent, { first_name: "Bobby", role: "admin" });
    await inbox().tell([NEWS]);
    await bob.hear("sorted");
    expect(bob.closed).toEqual([]);
  });
});
