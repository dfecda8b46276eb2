/** An inbox over time: who may still listen, and what is left of it after a sleep. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { CLOSE_CODES } from "../../../../shared/chat-frames.ts";
import type { Inbox } from "../../../../worker/chat/objects.ts";
import { inboxName } from "../../../../worker/services/live.ts";
import { PASSWORD } from "../../../contract/crm/login.ts";
import { signedIn } from "../../../contract/operators/operators.ts";
import { knock, listen, listening, socketScene } from "../../../contract/operators/sockets.ts";
import { admin, type Edge, type Tenant } from "../../../support/edge.ts";
import { rows } from "../../../support/rows.ts";

let at: Edge;
let of: Tenant;
beforeEach(async () => {
  ({ at, of } = await socketScene());
});

const inbox = () => at.env.INBOXES.getByName(inboxName(0, of.accountId));
/** The inbox's clock from now on. */
const later = (ms: number) =>
  runInDurableObject<Inbox, void>(inbox(), ({ inner }) => {
    const now = inner.now() + ms;
    inner.now = () => now;
  });
const tell = (lead: string) => inbox().tell([{ t: "sorted", lead }]);
/** What the database says of the user or the credential from now on; nobody tells the inbox. */
const ENDS: [what: string, sql: string][] = [
  ["the token is revoked", "UPDATE credential SET revoked_at = 1 WHERE user_id = ?1"],
  ["the token has expired", "UPDATE credential SET expires_at = 1 WHERE user_id = ?1"],
  ["the user has left", "UPDATE user SET is_active = 0 WHERE id = ?1"],
  [
    "the subscription is over",
    "UPDATE organization SET subscription_until = 1 WHERE id = (SELECT organization_id FROM user WHERE id = ?1)",
  ],
];

describe("a minute after", () => {
  it.each(ENDS)("%s, the next broadcast is not heard any more", async (_what, sql) => {
    const bob = await listen(at, of.agent.token);
    await rows(sql, of.agent.user_id);
    await tell("known");
    await bob.hear("sorted");
    await later(60_000);
    await tell("unheard");
    await vi.waitFor(() => expect(bob.closed).toEqual([CLOSE_CODES.unauthenticated]));
    expect(bob.heard.filter(({ t }) => t === "sorted")).toEqual([{ t: "sorted", lead: "known" }]);
  });

  it.each(ENDS)("%s, the next frame is not obeyed", async (_what, sql) => {
    const bob = await listen(at, of.agent.token);
    await rows(sql, of.agent.user_id);
    await later(60_000);
    bob.say({ t: "join", id: "j", room: crypto.randomUUID() });
    await vi.waitFor(() => expect(bob.closed).toEqual([CLOSE_CODES.unauthenticated]));
    expect(bob.heard.map(({ t }) => t)).toEqual(["welcome"]);
  });

  it("the password is new, a session's socket ends", async () => {
    await admin(at, "PATCH", `/organizations/${of.id}/users/${of.agent.id}`, { password: PASSWORD });
    const { cookie } = await signedIn(at, of);
    const page = listening(await knock(at, { cookie, origin: "https://foyer.test" }));
    await later(60_000);
    await tell("heard");
    await page.hear("sorted");
    await rows("UPDATE user SET password_hash = 'another' WHERE id = ?", of.agent.user_id);
    await later(60_000);
    await tell("unheard");
    await vi.waitFor(() => expect(page.closed).toEqual([CLOSE_CODES.unauthenticated]));
  });

  it("a session's hours are over, its socket ends", async () => {
    await admin(at, "PATCH", `/organizations/${of.id}/users/${of.agent.id}`, { password: PASSWORD });
    const { cookie } = await signedIn(at, of);
    const page = listening(await knock(at, { cookie, origin: "https://foyer.test" }));
    await later(12 * 3_600_000);
    await tell("unheard");
    await vi.waitFor(() => expect(page.closed).toEqual([CLOSE_CODES.unauthenticated]));
  });
});

describe("an inbox that slept", () => {
  it("knows its listeners again, and still looks them up", async () => {
    const bob = await listen(at, of.agent.token);
    await evictDurableObject(inbox());
    await tell("after");
    expect(await bob.hear("sorted")).toEqual([{ t: "sorted", lead: "after" }]);
    await rows("UPDATE credential SET revoked_at = 1 WHERE user_id = ?", of.agent.user_id);
    await evictDurableObject(inbox());
    await later(60_000);
    await tell("unheard");
    await vi.waitFor(() => expect(bob.closed).toEqual([CLOSE_CODES.unauthenticated]));
  });

  it("keeps nothing of the secrets that it was opened with", async () => {
    const { token } = of.agent;
    await listen(at, token);
    await runInDurableObject(inbox(), (_instance, state) => {
      const kept = JSON.stringify(state.getWebSockets().map((socket) => socket.deserializeAttachment()));
      expect(kept).toContain(of.agent.id);
      expect(kept).not.toContain(token.slice(-40));
    });
  });
});

describe("while the database does not answer", () => {
  it("listeners are believed, and looked up the next time", async () => {
    const bob = await listen(at, of.agent.token);
    await rows("UPDATE credential SET revoked_at = 1 WHERE user_id = ?", of.agent.user_id);
    await rows("ALTER TABLE credential RENAME TO credential_away");
    await later(60_000);
    await tell("believed");
    expect(await bob.hear("sorted")).toEqual([{ t: "sorted", lead: "believed" }]);
    await rows("ALTER TABLE credential_away RENAME TO credential");
    await tell("unheard");
    await vi.waitFor(() => expect(bob.closed).toEqual([CLOSE_CODES.unauthenticated]));
  });
});
