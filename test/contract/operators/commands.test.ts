/** What operators do in rooms: what reaches the room, and how its answers are told. */
import { beforeEach, describe, expect, it } from "vitest";
import type { ChatErrorCode } from "../../../shared/chat-frames.ts";
import { fail, ok, type Result } from "../../../worker/domain/result.ts";
import type { Operator, RoomCommand, RoomDoor, RoomView } from "../../../worker/services/live.ts";
import { expectProblem } from "../../support/asking.ts";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { ask, roomId } from "./operators.ts";

interface Asked {
  room: string;
  organizationId: number;
  by: Operator;
  command: RoomCommand;
}
let asked: Asked[];
let answer: () => Result<RoomView, ChatErrorCode>;
let at: Edge;
let of: Tenant;
let room: string;

/** Rooms that write down what they are asked. */
const ROOMS = {
  getByName: (name: string): RoomDoor => ({
    look: async () => answer(),
    command: async (organizationId, by, command) => {
      asked.push({ room: name, organizationId, by, command });
      return answer();
    },
    erase: async () => {},
  }),
} as unknown as Edge["env"]["ROOMS"];

const view = (): RoomView => ({
  room: {
    ...{ room, form: of.formId, status: "talking", operator: { id: of.agent.id, name: "bob Doe" }, opened_at: 1_000 },
    ...{ form_name: "Contact", waiting_since: null, closed_at: null, lead: null, name: null, email: null, phone: null },
  },
  status: "talking",
  messages: [{ seq: 3, at: 2_000, by: "operator", name: "bob Doe", id: "m1", text: "For us", isPrivate: true }],
  isVisitorThere: true,
  read: { visitor: 1, operator: 3 },
});

beforeEach(async () => {
  at = edge({ ROOMS });
  of = await tenant(at);
  room = roomId();
  asked = [];
  answer = () => ok(view());
});

const send = (path: string, body?: object, who = of.agent) => ask(at, who, "POST", `/rooms/${room}${path}`, { body });
const agent = (): Operator => ({
  id: of.agent.user_id,
  uuid: of.agent.id,
  name: "bob Doe",
  isAdministrator: false,
});

describe("a command", () => {
  const commands = (): [path: string, body: object | undefined, command: object][] => [
    ["/join", undefined, { kind: "join", id: expect.any(String) }],
    ["/leave", undefined, { kind: "leave", id: expect.any(String) }],
    ["/close", undefined, { kind: "close", id: expect.any(String) }],
    ["/hand-over", {}, { kind: "hand-over", id: expect.any(String), to: null }],
    ["/messages", { id: "m1", text: "Hi" }, { kind: "say", id: "m1", text: "Hi", isPrivate: false }],
    ["/messages", { id: "m1", text: "Hi", is_private: true }, { kind: "say", id: "m1", text: "Hi", isPrivate: true }],
  ];

  it("reaches its room as the operator's, and is answered with the room after it", async () => {
    for (const [path, body, command] of commands()) {
      asked = [];
      const response = await send(path, body);
      expect([path, response.status]).toEqual([path, 200]);
      expect(asked).toEqual([{ room, organizationId: of.accountId, by: agent(), command }]);
      const { messages, is_visitor_there, read } = await response.json<Record<string, unknown>>();
      expect({ messages, is_visitor_there, read }).toEqual({
        messages: [{ seq: 3, at: 2_000, by: "operator", name: "bob Doe", id: "m1", text: "For us", is_private: true }],
        is_visitor_there: true,
        read: { visitor: 1, operator: 3 },
      });
    }
  });

  it.each([
    ["/read", { seq: 3 }, { kind: "read", seq: 3 }],
    ["/typing", undefined, { kind: "typing" }],
  ])("%s is done without a word", async (path, body, command) => {
    expect((await send(path, body)).status).toBe(204);
    expect(asked).toMatchObject([{ command }]);
  });

  it("hands over to an active user of the organization, and to nobody else", async () => {
    expect((await send("/hand-over", { user_id: of.admin.id.toUpperCase() })).status).toBe(200);
    const to = { id: of.admin.user_id, uuid: of.admin.id, name: "ada Doe", isAdministrator: true };
    expect(asked).toMatchObject([{ command: { kind: "hand-over", to } }]);
    await admin(at, "PATCH", `/organizations/${of.id}/users/${of.otherAgent.id}`, { is_active: false });
    const other = await tenant(at);
    for (const user_id of [of.otherAgent.id, other.admin.id, crypto.randomUUID()]) {
      const errors = await expectProblem(await send("/hand-over", { user_id }), 422, "invalid-fields");
      expect(errors).toMatchObject({ errors: [{ field: "user_id", code: "unknown" }] });
    }
    expect(asked.length).toBe(1);
  });

  it.each([
    ["malformed", 400, "malformed"],
    ["too-large", 413, "payload-too-large"],
    ["rate-limited", 429, "rate-limited"],
    ["closed", 410, "gone"],
    ["not-found", 404, "not-found"],
    ["conflict", 409, "conflict"],
    ["unavailable", 503, "unavailable"],
  ] as const)("that the room refuses as %s is %i", async (code, status, kind) => {
    answer = () => fail(code);
    const response = await send("/messages", { id: "m1", text: "Hi" });
    expect(response.headers.has("retry-after")).toBe([429, 503].includes(status));
    await expectProblem(response, status, kind);
  });

  it("to a room that does not answer can be tried again", async () => {
    answer = () => {
      throw new Error("Network connection lost.");
    };
    for (const response of [await send("/join"), await ask(at, of.agent, "GET", `/rooms/${room}`)]) {
      expect(response.headers.get("retry-after")).toBe("2");
      await expectProblem(response, 503, "unavailable");
    }
  });

  it("that is not one reaches nobody", async () => {
    const bad: [string, object | string, number][] = [
      ["/messages", "{", 400],
      ["/messages", {}, 422],
      ["/messages", { id: "", text: "Hi" }, 422],
      ["/messages", { id: "m", text: "" }, 422],
      ["/messages", { id: "m", text: "x".repeat(4_001) }, 422],
      ["/messages", { id: "m".repeat(65), text: "x" }, 422],
      ["/messages", { id: "m", text: "x", isPrivate: true }, 422],
      ["/read", { seq: -1 }, 422],
      ["/hand-over", { user_id: "bob" }, 422],
    ];
    for (const [path, body, status] of bad) {
      const response = await ask(at, of.agent, "POST", `/rooms/${room}${path}`, { body });
      expect([path, body, response.status]).toEqual([path, body, status]);
    }
    expect((await send("/wave")).status).toBe(404);
    expect(asked).toEqual([]);
  });
});
