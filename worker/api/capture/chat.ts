/**
 * The visitor's way into a chat: a socket, and for pages that get none an exchange that does all the same. Whoever has a
 * room's token is its visitor. It never stands in an address, where logs and histories keep it: a socket offers it as
 * the second subprotocol, an exchange has it in the body.
 */
import type { Context } from "hono";
import { CHAT_PROTOCOL, type RoomFrame, type VisitorFrame } from "../../../shared/chat-frames.ts";
import { checkVisitorFrame, type FrameRefusal } from "../../../shared/frame-checks.ts";
import { CHAT_EXCHANGE_FRAMES_LIMIT } from "../../../shared/limits.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { roomIdOf } from "../../services/room-token.ts";
import { type Hello, type Visiting, visitingHeader } from "../../services/visitor-door.ts";
import { parseJson } from "../http/json.ts";
import { problem } from "../http/problem.ts";
import type { CaptureEnv } from "./found.ts";
import { visitOf } from "./visit.ts";

type C = Context<CaptureEnv>;

/** What an exchange answers. */
export interface ChatAnswer {
  frames: RoomFrame[];
}

const NO_TOKEN = "The token is 43 characters of base64url.";

export async function openSocket(c: C): Promise<Response> {
  if (!isChat(c)) return noChat();
  const upgrade = c.req.header("upgrade")?.toLowerCase();
  if (upgrade !== "websocket") return problem("malformed", { detail: "This address takes WebSockets only." });
  const [protocol, token = ""] = (c.req.header("sec-websocket-protocol") ?? "").split(",").map((one) => one.trim());
  if (protocol !== CHAT_PROTOCOL) {
    return problem("malformed", {
      detail: `Offer ${CHAT_PROTOCOL} as the first subprotocol, and the token as the second.`,
    });
  }
  const visiting = await visitingOf(c, token);
  if (visiting === null) return problem("malformed", { detail: NO_TOKEN });
  const room = c.env.ROOMS.getByName(visiting.roomId);
  const answer = await room.fetch("https://room/", { headers: { upgrade: "websocket", ...visitingHeader(visiting) } });
  if (answer.webSocket === null) return problem("rate-limited", { headers: { "retry-after": "10" } });
  const headers = { "sec-websocket-protocol": CHAT_PROTOCOL };
  return new Response(null, { status: 101, webSocket: answer.webSocket, headers });
}

export async function exchangeFrames(c: C): Promise<Response> {
  if (!isChat(c)) return noChat();
  const read = readExchange(await c.req.text());
  if (!read.ok) return problem("malformed", { detail: read.failure });
  const { token, hello, frames } = read.value;
  const visiting = await visitingOf(c, token);
  if (visiting === null) return problem("malformed", { detail: NO_TOKEN });
  const heard = await c.env.ROOMS.getByName(visiting.roomId).exchange(visiting, hello, frames);
  c.header("cache-control", "no-store");
  return c.json({ frames: heard } satisfies ChatAnswer);
}

const isChat = (c: C): boolean => c.var.loaded.form.settings.mode === "chat";
const noChat = (): Response => problem("not-found", { detail: "The form has no chat." });

async function visitingOf(c: C, token: string): Promise<Visiting | null> {
  const formId = c.var.loaded.form.id;
  const roomId = await roomIdOf(formId, token);
  return roomId === null ? null : { roomId, formId, visit: visitOf(c.req.raw, null), languages: c.var.wanted };
}

interface Exchange {
  token: string;
  hello: Hello;
  frames: (VisitorFrame | FrameRefusal)[];
}

/** A frame that is none is the room's to answer; anything else that is wrong is the request's. */
function readExchange(text: string): Result<Exchange, string> {
  const json = parseJson(text);
  if (!json.ok) return json;
  if (typeof json.value !== "object" || json.value === null) return fail("body: not an object");
  const { token, hello, frames = [] } = json.value as { token?: unknown; hello?: unknown; frames?: unknown };
  if (typeof token !== "string") return fail("token: missing");
  const said = checkVisitorFrame(typeof hello === "object" ? { ...hello, t: "hello" } : null);
  if (typeof said === "string" || said.t !== "hello") return fail("hello: not valid");
  if (!Array.isArray(frames)) return fail("frames: not a list");
  if (frames.length > CHAT_EXCHANGE_FRAMES_LIMIT) return fail(`frames: more than ${CHAT_EXCHANGE_FRAMES_LIMIT}`);
  return ok({ token, hello: said, frames: frames.map(checkVisitorFrame) });
}
