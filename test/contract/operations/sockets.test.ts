/** Sockets live in objects of their own, past their requests: each tells when it is opened, refused and closed. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ChatRoom, Inbox } from "../../../worker/chat/objects.ts";
import type { Env } from "../../../worker/env.ts";
import { inboxName } from "../../../worker/services/live.ts";
import { leaveAll, newToken, roomStub, socket } from "../../support/chat-visitor.ts";
import { form } from "../../support/edge.ts";
import { listen, socketScene } from "../operators/sockets.ts";

let lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, "info").mockImplementation((text: string) => void lines.push(JSON.parse(text)));
});
afterEach(() => {
  leaveAll();
  vi.restoreAllMocks();
});

/** An object whose deployment wants every line. */
const talkative = <T extends Rpc.DurableObjectBranded | undefined>(stub: DurableObjectStub<T>) =>
  runInDurableObject(stub as DurableObjectStub, (object: object) => {
    Object.assign((object as ChatRoom | Inbox).inner, { env: { ...env, FOYER_LOG: "all" } satisfies Env });
  });
const told = (object: string) => lines.filter((line) => line.object === object);

it("a visitor's: opened and closed, with the close code, and nothing of who it is", async () => {
  const { at, of } = await socketScene();
  const formId = await form(at, of.id, { mode: "chat" });
  const token = newToken();
  await talkative(await roomStub(formId, token));
  const page = await socket(formId, token);
  expect(told("ChatRoom")).toEqual([{ level: "info", object: "ChatRoom", socket: "open" }]);
  page.socket.close(1000);
  await vi.waitFor(() => expect(told("ChatRoom").at(-1)).toMatchObject({ socket: "close", code: 1000 }));
  expect(JSON.stringify(lines)).not.toContain(token);
});

it("an operator's: opened and closed, with the organization's number", async () => {
  const { at, of } = await socketScene();
  await talkative(env.INBOXES.getByName(inboxName(0, of.accountId)));
  const operator = await listen(at, of.agent.token);
  expect(told("Inbox")).toEqual([{ level: "info", object: "Inbox", socket: "open", organization: of.accountId }]);
  operator.close();
  await vi.waitFor(() => expect(told("Inbox").at(-1)).toMatchObject({ socket: "close", code: 1000 }));
  expect(JSON.stringify(lines)).not.toContain(of.agent.id);
});
